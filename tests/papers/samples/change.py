"""附件1：业务通知单（更改），第 2 版改了数量、交期与专色。"""

from typing import Any

from papers.shapes import Change, Difference, NoticeSnapshot, Was
from tests.papers.samples.frame import day
from tests.papers.samples.notice import notice

DIFFERENCES = [
    Difference(ref=ref, lines="1", item=item, old=old, new=new, reason=reason)
    for ref, item, old, new, reason in (
        ("改1", "数量", "20,000 个", "24,000 个", "客户追加；补购面纸 4 令"),
        ("改2", "承诺交期", "2026-12-11", "2026-12-15", "客户 11-18 书面同意"),
        ("改3", "专色", "PANTONE 3435 C", "PANTONE 3425 C", "客户改色；未开印"),
    )
]


def change_notice() -> NoticeSnapshot:
    """第 2 版：数量、交期、专色更改（第二十二条）。"""
    content: Any = notice()
    content.update(
        number="TZ26-000203", version=2, delivery_date=day("12-15"), delivery_was=Was(ref="改2", old="2026-12-11")
    )
    changes = [
        ("改1", "ordered", 24000),
        ("改1", "spare", 240),
        ("改1", "production", 24720),
        ("改2", "promised", day("12-15")),
    ]
    first = content["lines"][0]
    first["changes"] = {field: Was(ref=ref, old=str(first[field])) for ref, field, _ in changes}
    first.update({field: value for _, field, value in changes})
    print_detail = first["details"][1]
    print_detail["was"] = Was(ref="改3", old=print_detail["text"])
    print_detail["text"] = print_detail["text"].replace("3435", "3425")
    content["milestones"][0].update(
        planned=day("11-20"), remark="重出专色版 1 块", was=Was(ref="改3", old="2026-11-18")
    )
    content["change"] = Change(
        of="TZ26-000187",
        request="GG26-000058",
        basis="2026-11-17 更改函（原件已收）",
        differences=DIFFERENCES,
    )
    changed: NoticeSnapshot = content
    return changed
