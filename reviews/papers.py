"""附件一《业务通知单》写些什么，以及它与附件二共有的栏目（第六条、第二十条）。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.guards import REQUIREMENT_NAMES
from orders.models import Order, OrderLine
from papers import shapes
from papers.canonical import plain
from papers.kinds import KINDS
from papers.services import company_block
from parties.models import Department, User
from parties.roles import Function
from reviews import points
from reviews.models import Answer, Notice, Round, Signature
from reviews.selectors import answers_in_force, kinds_of
from workflow import clock

DETAILS = (
    ("specification", _("规格")),
    ("printing", _("印刷")),
    ("material", _("材料")),
    ("finishing", _("后道")),
    ("sample", _("样品")),
    ("packing", _("包装")),
)


def notice_content(order: Order, review: Round, *, prepared_by: User, copies: Sequence[Department]) -> dict[str, Any]:
    """通知单的内容，签发时签的就是它（I19）：号、签字、下单日期在签发时才有，不在其中。"""
    answers = {answer.department.code: answer for answer in answers_in_force(review)}
    content: dict[str, Any] = plain(
        {
            "company": company_block(),
            "prepared_by": str(prepared_by),
            "prepared_at": clock.now(),
            "urgent": order.rush,
            "customer": _customer(order),
            "order_number": order.number,
            "customer_po": order.customer_po,
            "business_kind": " + ".join(kind.name for kind in kinds_of(order)),
            "order_date": timezone.localdate(order.received_at),
            "original": _original(order),
            "requested_date": order.requested_date,
            "delivery_date": order.delivery_date,
            "salesperson": _person(order.salesperson),
            "coordinator": _person(order.coordinator),
            "lines": [_line(line) for line in order.goods_now],
            "milestones_basis": _("依评审表 %(form)s 第 %(n)s 轮各部门签认日期")
            % {"form": review.form_number, "n": review.number},
            "milestones": _milestones(order, answers),
            "requirements": _requirements(order.requirements),
            "copies": [{"no": n, "code": each.code, "department": each.name} for n, each in enumerate(copies, start=1)],
        }
    )
    return content


def notice_snapshot(notice: Notice, signature: Signature) -> shapes.NoticeSnapshot:
    """附件一：签发的内容，加上号、版本、签署（第二十条）。"""
    content = {key: value for key, value in notice.content.items() if key != "requested_date"}
    snapshot = content | {
        "copies": [{"no": copy["no"], "department": copy["department"]} for copy in content["copies"]],
        **frame("notice", notice.number, notice.version),
        "signatures": [
            shapes.Signature(act=_("编制"), role="", name=str(notice.made_by), at=notice.made_at),
            checked(notice.round),
            signed(_("签发"), signature),
        ],
        "issue_date": timezone.localdate(signature.at),
    }
    return cast(shapes.NoticeSnapshot, snapshot)


def _line(line: OrderLine) -> dict[str, Any]:
    said = {key: getattr(line, key, "") or line.requirements.get(key, "") for key, _label in DETAILS}
    details = [{"label": str(label), "text": str(said[key])} for key, label in DETAILS if said[key]]
    row = {
        "no": line.position,
        "product_code": line.product_code,
        "name": line.product_name,
        "unit": line.unit,
        "ordered": line.quantity,
        "spare": line.spare_quantity,
        "production": line.production_quantity,
        "over_percent": line.over_percent,
        "under_percent": line.under_percent,
        "requested": line.requested_date,
        "promised": line.promised_date or line.requested_date,
        "details": details,
    }
    if line.breakdown:
        details.append({"label": str(_("颜色尺码")), "text": breakdown_words(line.breakdown)})
    rest = [str(value) for key, value in line.requirements.items() if key not in said and value]
    if line.closed:
        row["closed"] = True
        rest.insert(0, str(_("本行已关闭，不再生产、不再发货")))
    return row | ({"remark": "；".join(rest)} if rest else {})


def breakdown_words(cells: Iterable[dict[str, str]]) -> str:
    """红 S 100、红 M 200（C6）。"""
    return "、".join(" ".join(filter(None, (cell["colour"], cell["size"], cell["quantity"]))) for cell in cells)


def _milestones(order: Order, answers: dict[str, Answer]) -> list[dict[str, Any]]:
    """种类的节点，日期是部门签下的；没有列节点的评审部门也各占一行（第二十一条）。"""
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    for kind in kinds_of(order):
        for stone in kind.milestones:
            answer = answers.get(stone["department"])
            if answer is not None and answer.planned_date:
                seen.add(stone["department"])
                rows.append(_milestone(answer, stone["name"]))
    for code, answer in answers.items():
        if code not in seen and answer.planned_date:
            rows.append(_milestone(answer, str(aspect(answer.department, order))))
    return rows


def _milestone(answer: Answer, name: str) -> dict[str, Any]:
    return {"department": answer.department.name, "name": name, "planned": answer.planned_date}


def _requirements(said: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"label": str(_(REQUIREMENT_NAMES.get(key, key))), "text": str(value)} for key, value in said.items() if value
    ]


def _original(order: Order) -> str:
    if order.original_pending:
        return str(_("原件待补"))
    return str(_("原件已收")) if order.basis != "none" else ""


# --- of both annexes -------------------------------------------------------------------------------------------------
def aspect(department: Department, order: Order) -> Any:
    """一个部门在评审里答什么（第十七条）。"""
    kinds = [order.kind] if department.code in order.kind.departments else order.kinds
    if said := [words for kind in kinds if (words := kind.aspects.get(department.code))]:
        return said[0]
    return points.ASPECTS.get(Function(department.function), points.OTHER_ASPECT)


def frame(kind: str, number: str, version: int) -> dict[str, Any]:
    """What every paper of a review is headed with."""
    return {"number": number, "version": version, "form": KINDS[kind].form, "layout": KINDS[kind].layout}


def checked(review: Round) -> shapes.Signature:
    """主任平衡、下结论，就是审核（第二十条）。"""
    row = shapes.Signature(act=_("审核"), role=_("跟单主任"), name=str(review.concluded_by or ""))
    if review.concluded_at:
        row["at"] = review.concluded_at
    return row


def signed(act: str, signature: Signature) -> shapes.Signature:
    """总经理或凭授权书代签的一栏（第二十条）。"""
    row = shapes.Signature(
        act=act, role=_("总经理"), name=signature.signer_name, at=signature.at, hash=signature.sha256
    )
    if signature.authorisation is not None:
        row["proxy"] = True
        row["holder"] = str(signature.authorisation.grantor)
        row["authorisation"] = signature.authorisation.number
    return row


def _customer(order: Order) -> shapes.Customer:
    customer = shapes.Customer(name=order.customer_name, code=order.customer.code)
    if order.customer.grade:
        customer["grade"] = order.customer.grade
    return customer


def _person(user: User | None) -> shapes.Person:
    person = shapes.Person(name=str(user or ""))
    if user and user.phone:
        person["phone"] = user.phone
    return person
