"""What becomes known after issue and is printed without entering the fingerprint."""

from typing import NotRequired, TypedDict

from papers.shapes.frame import Day, Moment


class CopyFacts(TypedDict):
    """一份的签收：谁、何时、是否代领、旧单收回。"""

    received_by: str
    received_at: NotRequired[Moment]
    proxy: NotRequired[bool]
    old_copy: NotRequired[str]


class Facts(TypedDict):
    """打印时才知道的事实，不入指纹：各份签收（键为份号文本）、各节点、各部门答复的实际完成（与单据同序）、失效的签字。"""

    copies: NotRequired[dict[str, CopyFacts]]
    milestones: NotRequired[list[Day]]
    answers: NotRequired[list[Day]]
    broken: NotRequired[list[str]]
