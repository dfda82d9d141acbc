"""The bodies that the API of reviews reads and answers (API.md: reviews/, notices/)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from parties.models import User
from reviews import points
from reviews.models import Answer, Notice, NoticeCopy, Round, Verdict
from reviews.services import AnswerInput
from reviews.sight import Sight, sight_of
from reviews.verifying import broken_answers, broken_words, mark_broken
from workflow.inputs import PlainDate, PlainText, StrictSerializer

REMARK = "_remark"


# --- what is read -----------------------------------------------------------------------------------------------------
class PlainBoolean(serializers.BooleanField):
    """true 或 false，别的写法都不认。"""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise serializers.ValidationError(_("要写 true 或 false"))
        return data


class ReviewRoundShape(StrictSerializer):
    """组织一轮评审；集中式要写会议时间与地点，attendees 是另请的人（账号）；short 是翻单的短评审。"""

    form = serializers.ChoiceField(choices=Round.Form.choices)
    short = PlainBoolean(required=False)
    reason = PlainText(several_lines=True, required=False, allow_blank=True)
    time = serializers.DateTimeField(required=False, allow_null=True)
    place = PlainText(max_length=100, required=False, allow_blank=True)
    agenda = PlainText(several_lines=True, required=False, allow_blank=True)
    attendees = serializers.ListField(child=PlainText(max_length=150), required=False, max_length=60)


class PointsShape(StrictSerializer):
    """六项评审（第十八条）：每项 true 或 false，各可附一句说明 `<point>_remark`；种类要求的还有 cost 和它自己的。"""

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for code in points.EVERY_CODE:
            fields[code] = PlainBoolean(required=False)
            fields[f"{code}_remark"] = PlainText(required=False, allow_blank=True)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """A kind's own points have the codes of the round; the service knows which it asks."""
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        own = {key: value for key, value in data.items() if key not in self.fields}
        said = super().to_internal_value({key: value for key, value in data.items() if key in self.fields})
        errors: dict[str, Any] = {}
        for key, value in own.items():
            shape: Any = PlainText(allow_blank=True) if key.endswith(REMARK) else PlainBoolean()
            try:
                said[key] = shape.run_validation(value)
            except serializers.ValidationError as error:
                errors[key] = error.detail
        if errors:
            raise serializers.ValidationError(errors)
        return said


class ReviewAnswerShape(StrictSerializer):
    """起草的答复，可以没有写完。"""

    verdict = serializers.ChoiceField(choices=Verdict.choices, required=False, allow_blank=True)
    planned_date = PlainDate(required=False, allow_null=True)
    points = PointsShape(required=False)
    comment = PlainText(several_lines=True, required=False, allow_blank=True)


class SignedReviewAnswerShape(ReviewAnswerShape):
    """签字时交的答复。"""

    verdict = serializers.ChoiceField(choices=Verdict.choices)
    planned_date = PlainDate()


class BalanceShape(StrictSerializer):
    """平衡：各部门（代码）的计划日期。"""

    def get_fields(self) -> dict[str, Any]:
        return {"planned_dates": serializers.DictField(child=PlainDate(), allow_empty=False)}


class MeetingShape(StrictSerializer):
    """转为集中：理由，会议时间、地点、议题与另请的人；时间、地点可以随后再定。"""

    reason = PlainText(several_lines=True)
    time = serializers.DateTimeField(required=False, allow_null=True)
    place = PlainText(max_length=100, required=False, allow_blank=True)
    agenda = PlainText(several_lines=True, required=False, allow_blank=True)
    attendees = serializers.ListField(child=PlainText(max_length=150), required=False, max_length=60)


class OutcomeShape(StrictSerializer):
    """结论；通过时可定交期，没有给就是最晚的计划日期加种类的余量。"""

    outcome = serializers.ChoiceField(choices=["pass", "negotiate", "reject"])
    delivery_date = PlainDate(required=False, allow_null=True)
    note = PlainText(several_lines=True, required=False, allow_blank=True)


class PassShape(StrictSerializer):
    """评审通过。"""

    delivery_date = PlainDate(required=False, allow_null=True)
    note = PlainText(several_lines=True, required=False, allow_blank=True)


class NoteShape(StrictSerializer):
    """结论说明。"""

    note = PlainText(several_lines=True, required=False, allow_blank=True)


def answer_input(given: Mapping[str, Any]) -> AnswerInput:
    """The body as the services take it."""
    said = given.get("points") or {}
    remarks = {key.removesuffix(REMARK): words for key, words in said.items() if key.endswith(REMARK) and words}
    return AnswerInput(
        verdict=given.get("verdict", ""),
        planned_date=given.get("planned_date"),
        points={code: value for code, value in said.items() if not code.endswith(REMARK)},
        remarks=remarks,
        comment=given.get("comment", ""),
    )


# --- what is answered -------------------------------------------------------------------------------------------------
def moment(value: dt.datetime | None) -> str | None:
    """ISO 8601 with the company's offset."""
    return timezone.localtime(value).isoformat() if value else None


def _user(user: Any) -> str | None:
    return user.username if user else None


def round_body(review: Round, user: User) -> dict[str, Any]:
    """一轮评审，连同各部门的答复；别的部门的只有进度、计划日期与签下的条件。"""
    return round_bodies([review], user)[0]


def round_bodies(reviews: Sequence[Round], user: User) -> list[dict[str, Any]]:
    """Many rounds: who reads what and which signatures are broken is asked once."""
    mark_broken(*reviews)
    sight = sight_of(user)
    return [_round(review, sight) for review in reviews]


def _round(review: Round, sight: Sight) -> dict[str, Any]:
    return {
        "id": review.pk,
        "order": review.order.number,
        "round": review.number,
        "state": review.state,
        "state_display": review.get_state_display(),
        "version": review.revision,
        "order_version": review.order_version,
        "change": review.change_id,
        "form": review.form,
        "reason": review.reason,
        "short": review.short,
        "time": moment(review.meeting_at),
        "place": review.meeting_place,
        "answer_due": moment(review.answer_due),
        "opened_by": _user(review.opened_by),
        "opened_at": moment(review.opened_at),
        "meeting_requested": review.meeting_wanted,
        "balancing": review.is_balancing,
        "delivery_date": review.delivery_date,
        "note": review.note,
        "told_at": moment(review.told_at),
        "concluded_at": moment(review.concluded_at),
        "answers": [_answer(answer, sight) for answer in review.answers_now],
    }


def answer_body(answer: Answer, user: User, *, just_signed: bool = False) -> dict[str, Any]:
    """一个部门的答复；别的部门看到的，六项与指纹都空着，意见只有签下的条件（第六条、第十九条）。"""
    if not just_signed:  # else its signature is of this very content
        answer.broken = broken_words(broken_answers([answer]).get(answer.pk, ""))
    return _answer(answer, sight_of(user))


def _answer(answer: Answer, sight: Sight) -> dict[str, Any]:
    full = sight.full(answer)
    return {
        "review": answer.round_id,
        "department": answer.department.code,
        "department_name": answer.department.name,
        "state": answer.state,
        "state_display": answer.get_state_display(),
        "version": answer.revision,
        "verdict": answer.verdict,
        "planned_date": answer.planned_date,
        "points": _said(answer) if full else dict.fromkeys(points.codes_of(answer.round)),
        "comment": answer.comment if full or sight.heard(answer) else "",
        "content_sha256": answer.sha256 if full else "",
        "signed": answer.is_signed,
        "signature_broken": answer.broken,
        "signed_by": _user(answer.signed_by),
        "signed_at": moment(answer.signed_at),
        "is_proxy": answer.is_proxy,
        "countersigned_by": _user(answer.countersigned_by),
        "countersigned_at": moment(answer.countersigned_at),
    }


def _said(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for code in points.codes_of(answer.round):
        said[code] = answer.points.get(code)
        if answer.remarks.get(code):
            said[f"{code}_remark"] = answer.remarks[code]
    return said


def notice_body(notice: Notice, copies: Iterable[dict[str, Any]], verify_url: str | None) -> dict[str, Any]:
    """一张业务通知单；签发以后才有正式单号与核验地址。"""
    return {
        "id": notice.pk,
        "number": notice.number,
        "order": notice.order.number,
        "state": notice.state,
        "state_display": notice.get_state_display(),
        "version": notice.version,
        "revision": notice.revision,
        "order_version": notice.order_version,
        "review": notice.round_id,
        "change_of": notice.change_of.number if notice.change_of else None,
        "change": notice.change_id,
        "delivery_date": notice.content["delivery_date"],
        "content_sha256": notice.sha256,
        "made_by": _user(notice.made_by),
        "made_at": moment(notice.made_at),
        "signed_by": _user(notice.signed_by),
        "signature_broken": notice.broken,
        "signed_at": moment(notice.signed_at),
        "issued_at": moment(notice.issued_at),
        "voided_at": moment(notice.voided_at),
        "refused_reason": notice.refused_reason,
        "void_reason": notice.void_reason,
        "verify_url": verify_url,
        "copies": list(copies),
        "lines": [
            {key: line[key] for key in ("no", "product_code", "name", "unit", "ordered", "spare", "production")}
            for line in notice.content["lines"]
        ],
    }


def copy_body(copy: NoticeCopy) -> dict[str, Any]:
    """一份的去向。"""
    return {
        "number": copy.number,
        "department": copy.department.code,
        "department_name": copy.department.name,
        "state": copy.state,
        "state_display": copy.get_state_display(),
        "handed_at": moment(copy.handed_at),
        "acknowledged_by": _user(copy.acknowledged_by),
        "acknowledged_at": moment(copy.acknowledged_at),
        "returned_at": moment(copy.returned_at),
        "lost_reason": copy.lost_reason,
        "lost_at": moment(copy.lost_at),
    }


def planned_copy(row: Mapping[str, Any]) -> dict[str, Any]:
    """还没有发出的一份：将发给谁。"""
    return {
        "number": row["no"],
        "department": row["code"],
        "department_name": row["department"],
        "state": "planned",
        "state_display": _("待发放"),
        "handed_at": None,
        "acknowledged_by": None,
        "acknowledged_at": None,
        "returned_at": None,
        "lost_reason": "",
        "lost_at": None,
    }
