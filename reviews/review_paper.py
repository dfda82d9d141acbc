"""附件二《客户订单评审表》写些什么（第十五条至第二十一条）。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Order
from papers import shapes
from reviews import points
from reviews.minutes import informed, meeting_block, negotiated
from reviews.models import Answer, Notice, Round, Signature, Verdict
from reviews.papers import aspect, checked, frame, signed

OUTCOMES: dict[str, Any] = {"passed": "met", "unmet": "negotiate", "rejected": "unable"}
SHORT = 3


def review_snapshot(notice: Notice, signature: Signature) -> shapes.ReviewSnapshot:
    """附件二：一轮评审的全部答复、平衡与签署（第十五条至第二十一条）。"""
    order, review, content = notice.order, notice.round, notice.content
    answers = review.answers_now
    taken = {key: content[key] for key in ("company", "customer", "order_date", "business_kind")}
    snapshot = {
        **taken,
        **frame("review", review.form_number, notice.version),
        "prepared_by": str(review.opened_by),
        "prepared_at": review.opened_at,
        "signatures": _review_signatures(notice, signature),
        "urgent": order.rush,
        "round": review.number,
        "review_form": review.form,
        "form_reason": review.reason,
        "short_of": order.copied_from.number if review.short and order.copied_from else "",
        "order_number": order.number,
        "customer_po": order.customer_po,
        "requested_date": order.requested_date,
        "product": _products(content["lines"]),
        "quantity": _quantities(content["lines"]),
        "currency": order.currency,
        "amount": order.amount,
        "convened_by": str(review.opened_by),
        "convened_at": review.opened_at,
        "answer_due": review.answer_due,
        "departments": [answer.department.name for answer in answers],
        "points": _points(review),
        "answers": [_answer(answer, review, order) for answer in answers],
        "balance": _balance(notice),
    }
    if review.meeting_at:
        snapshot["meeting"] = meeting_block(review, review.meeting_at)
    return cast(shapes.ReviewSnapshot, snapshot)


def _points(review: Round) -> list[shapes.Point]:
    return [
        shapes.Point(
            title=str(point.title),
            hint=str(point.hint),
            results=[_result(answer, point.code) for answer in review.answers_now],
        )
        for point in points.of(review)
    ]


def _result(answer: Answer, code: str) -> Any:
    said = answer.points.get(code)
    if said is None:
        return ""
    if said:
        return "met"
    return "conditional" if answer.verdict == Verdict.CONDITIONAL else "unmet"


def _answer(answer: Answer, review: Round, order: Order) -> shapes.Answer:
    remarks = [
        f"{point.title}：{answer.remarks[point.code]}" for point in points.of(review) if answer.remarks.get(point.code)
    ]
    conditional = answer.verdict == Verdict.CONDITIONAL
    opinion = remarks if conditional else [*([answer.comment] if answer.comment else []), *remarks]
    row = shapes.Answer(
        department=answer.department.name,
        aspect=str(aspect(answer.department, order)),
        opinion="；".join(opinion),
        verdict=answer.verdict,  # type: ignore[typeddict-item]
        planned=answer.planned_date or "",
        signed_by=str(answer.signed_by or ""),
    )
    if conditional and answer.comment:
        row["condition"] = answer.comment
    if answer.signed_at:
        row["signed_at"] = answer.signed_at
    if answer.planned_date:
        row["days"] = max((answer.planned_date - timezone.localdate(review.opened_at)).days, 0)
    return _with_proxy(row, answer)


def _with_proxy(row: shapes.Answer, answer: Answer) -> shapes.Answer:
    if answer.is_proxy:
        row["proxy"] = True
        if answer.countersigned_at:
            row["countersign"] = shapes.Countersign(
                done=True, name=str(answer.countersigned_by), at=answer.countersigned_at
            )
        else:
            row["countersign"] = shapes.Countersign(done=False, name=str(answer.department.head or ""))
    return row


def _balance(notice: Notice) -> shapes.Balance:
    review, order = notice.round, notice.order
    return shapes.Balance(
        delivery_date=review.delivery_date or order.delivery_date,
        negotiated=negotiated(order),
        differences=review.note,
        conclusion=OUTCOMES.get(review.state, ""),
        informed=informed(review),
    )


def _review_signatures(notice: Notice, signature: Signature) -> list[shapes.Signature]:
    review = notice.round
    balanced = shapes.Signature(act=_("平衡"), role="", name=str(review.balanced_by or notice.made_by))
    balanced["at"] = review.balanced_at or notice.made_at
    return [balanced, checked(review), signed(_("批准"), signature)]


def _products(lines: Sequence[dict[str, Any]]) -> str:
    names = "、".join(line["name"] for line in lines[:SHORT])
    return names if len(lines) <= SHORT else _("%(names)s 等 %(n)s 行") % {"names": names, "n": len(lines)}


def _quantities(lines: Sequence[dict[str, Any]]) -> str:
    return "、".join(f"{line['ordered']} {line['unit']}" for line in lines[:SHORT])
