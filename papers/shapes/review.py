"""附件2 《客户订单评审表》 (第十五条至第二十一条)."""

from typing import Literal, NotRequired, TypedDict

from papers.shapes.frame import Countersign, Customer, Day, Frame, Moment, Number

Verdict = Literal["agree", "conditional", "disagree", ""]
PointResult = Literal["met", "conditional", "unmet", "not_applicable", ""]


class Point(TypedDict):
    """六项评审之一（第十八条）；results 与 departments 同序。"""

    title: str
    hint: NotRequired[str]
    results: list[PointResult]


class Answer(TypedDict):
    """一个部门的答复（第十七条、第十九条）。"""

    department: str
    aspect: str
    opinion: str
    condition: NotRequired[str]
    verdict: Verdict
    days: NotRequired[Number]
    planned: Day
    signed_by: str
    signed_at: NotRequired[Moment]
    proxy: NotRequired[bool]
    countersign: NotRequired[Countersign]


class Balance(TypedDict):
    """综合平衡（第二十条）：交期、与客户协商、不一致处理、结论、结果告知。"""

    delivery_date: Day
    negotiated: str
    differences: str
    conclusion: Literal["met", "negotiate", "unable", ""]
    informed: str


class Meeting(TypedDict):
    """集中式评审的会议（第十九条）。"""

    time: Moment
    place: str
    attendees: NotRequired[str]


class ReviewSnapshot(Frame):
    """附件2 《客户订单评审表》（第十五条至第二十一条）。"""

    urgent: bool
    round: int
    review_form: Literal["distributed", "meeting"]
    form_reason: str
    part_of: NotRequired[str]  # the one department whose part this is
    short_of: NotRequired[str]  # the order that a short review repeats
    meeting: NotRequired[Meeting | None]
    customer: Customer
    order_number: str
    customer_po: str
    order_date: Day
    requested_date: Day
    product: str
    quantity: NotRequired[str]
    currency: NotRequired[str]  # CNY unless said otherwise
    amount: Number
    sample_state: NotRequired[Literal["none", "proofing", "approved", "exempt", ""]]
    business_kind: str
    convened_by: str
    convened_at: Moment
    answer_due: NotRequired[Moment]
    departments: list[str]
    points: list[Point]
    answers: list[Answer]
    balance: Balance
