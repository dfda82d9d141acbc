"""答复：部门答自己的部分，签字、代签、补签；平衡日期（第十七条至第二十条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import Authorisation, User
from parties.reauth import Proof
from reviews import points
from reviews.models import Answer, Round, Signature, Verdict
from reviews.models.answer import AnswerInput
from reviews.rights import balances, heads, review_authorisation
from workflow import clock
from workflow.guards import Stale, WrongState
from workflow.machine import locked, perform, record, together

FURTHEST = dt.timedelta(days=365 * 5)


@together
def save_answer(answer: Answer, given: AnswerInput, *, actor: User, expected: str = "") -> Answer:
    """保存答复，不签字；内容变了，原来的签字即失效（第十七条、第二十条）。"""
    _check(given, answer.round)
    # somebody who answered or signed since it was read is not run over
    answer.expected_revision = answer.revision
    if answer.state != Answer.State.BLANK or expected:
        answer = locked(answer)
        _still(answer, expected)
        if answer.state != Answer.State.BLANK and not (answer.is_torn or answer.differs_from(given)):
            return answer
    before, after = said(answer), said(given)
    data = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    return perform(answer, "answer", actor=actor, data=data, given=given)


@together
def sign_answer(
    answer: Answer,
    given: AnswerInput | None = None,
    *,
    actor: User,
    expected: str = "",
    proof: Proof | None = None,
) -> Answer:
    """部门签字：第一负责人签；别人凭有效授权书代签，事后补签（第十九条）。

    `given` 是随签字一起交的答复；`expected` 是签字人看到的内容的指纹，内容已变就不签（I21）。
    """
    if given is not None:
        answer = save_answer(answer, given, actor=actor, expected=expected)
        expected = ""
    authorisation = None if heads(answer, actor) else review_authorisation(answer, actor)
    answer = perform(answer, "sign_as_delegate" if authorisation else "sign", actor=actor)
    _still(answer, expected)
    _keep(answer, Signature.Act.SIGN, actor, proof, authorisation)
    return answer


@together
def countersign(answer: Answer, *, actor: User, expected: str = "", proof: Proof | None = None) -> Answer:
    """补签：此时的部门第一负责人认下代签的内容；内容在打开以后改过就不签（第十九条）。"""
    answer = perform(answer, "countersign", actor=actor)
    _still(answer, expected)
    _keep(answer, Signature.Act.COUNTERSIGN, actor, proof, None)
    return answer


@together
def countersign_all(chosen: Iterable[tuple[Answer, str]], *, actor: User, proof: Proof | None = None) -> list[Answer]:
    """一次补签几份：都签成，或者一份也不签；每份带着负责人看到的内容的指纹（第十九条）。"""
    ordered = sorted(chosen, key=lambda one: (one[0].round.order_id, one[0].pk))
    return [countersign(answer, actor=actor, expected=seen, proof=proof) for answer, seen in ordered]


@together
def balance(review: Round, dates: Mapping[str, dt.date], *, actor: User) -> Round:
    """平衡：分散式由跟单员、集中式在会上由主任定各部门的日期；改了日期的部门要重签（第二十条）。"""
    review = locked(review)
    if not (actor.may("reviews.balance") and balances(review, actor)):
        raise PermissionDenied(_who_balances(review))
    if review.state != Round.State.OPEN:
        raise WrongState(_("这一轮评审现在是「%(state)s」") % {"state": review.get_state_display()})
    answers = {answer.department.code: answer for answer in review.answers_now}
    _check_dates(answers, dates)
    changed = {code: day for code, day in dates.items() if answers[code].planned_date != day}
    for code, day in changed.items():
        data = {"planned_date": [answers[code].planned_date, day]}
        perform(answers[code], "balance", actor=actor, data=data, planned_date=day)
    review.__dict__.pop("answers_now")
    review.balanced_by, review.balanced_at = actor, clock.now()
    return record(
        review, "balance", actor=actor, label=_("平衡日期"), article="第二十条", rule="A20.1", data=dict(changed)
    )


@together
def settle_in_meeting(
    review: Round, answers: Mapping[str, AnswerInput], dates: Mapping[str, dt.date], *, actor: User
) -> Round:
    """会上定的：没有答的部门记下它说的，答过的定日期；都由第一负责人事后签字（第十九条、第二十条）。"""
    review = locked(review)
    blank = {one.department.code for one in review.answers_now if one.state == Answer.State.BLANK}
    said = {code: AnswerInput(planned_date=day) for code, day in dates.items() if code in blank}
    for code, given in answers.items():
        said[code] = given if given.planned_date else replace(given, planned_date=dates.get(code))
    if said:
        review = _record_said(review, said, actor)
    rest = {code: day for code, day in dates.items() if code not in said}
    return balance(review, rest, actor=actor) if rest else review


def _record_said(review: Round, answers: Mapping[str, AnswerInput], actor: User) -> Round:
    if not (actor.may("reviews.balance") and balances(review, actor)):
        raise PermissionDenied(_who_balances(review))
    rows = {one.department.code: one for one in review.answers_now}
    if errors := {code: wrong for code in answers if (wrong := _wrong_place(code, rows.get(code)))}:
        raise ValidationError(errors)
    for code, given in answers.items():
        _check(given, review)
        after = said(given)
        perform(
            rows[code], "answer_in_meeting", actor=actor, data={key: ["", after[key]] for key in after}, given=given
        )
    review.__dict__.pop("answers_now")
    return review


def _wrong_place(code: str, answer: Answer | None) -> str:
    if answer is None:
        return _("这一轮评审没有「%(code)s」这个部门") % {"code": code[:40]}
    words = _("%(name)s自己答过了，会上只定日期；别的由它改了再签")
    return "" if answer.state == Answer.State.BLANK else words % {"name": answer.department.name}


def _who_balances(review: Round) -> str:
    if review.form == Round.Form.MEETING:
        return _("集中评审的日期由组织评审的主任在会上定")
    return _("分散评审的日期由这张单的跟单员平衡")


def _keep(answer: Answer, act: str, actor: User, proof: Proof | None, authorisation: Authorisation | None) -> None:
    Signature.objects.create(
        act=act,
        answer=answer,
        signer=actor,
        signer_name=str(actor),
        is_proxy=authorisation is not None,
        authorisation=authorisation,
        sha256=answer.signed_sha256,
        order_version=answer.round.order_version,
        auth_time=proof.at if proof else None,
        auth_means=proof.means if proof else "",
    )


def _still(answer: Answer, expected: str) -> None:
    """The content must still be the one that was on the signer's page (I21)."""
    if expected and answer.sha256 != expected:
        raise Stale(_("%(name)s的答复在您打开以后改过，请看过新内容再签") % {"name": answer.department.name})


def _check(given: AnswerInput, review: Round) -> None:
    errors: dict[str, str] = {}
    if given.verdict and given.verdict not in Verdict.values:
        errors["verdict"] = _("结论是同意、有条件同意或不同意")
    if given.planned_date is not None and (wrong := _date_error(given.planned_date)):
        errors["planned_date"] = wrong
    if unknown := sorted((set(given.points) | set(given.remarks)) - set(points.codes_of(review))):
        errors[f"points.{unknown[0][:40]}"] = _("没有「%(point)s」这一项") % {"point": unknown[0][:40]}
    if errors:
        raise ValidationError(errors)


def _check_dates(answers: Mapping[str, Answer], dates: Mapping[str, dt.date]) -> None:
    errors: dict[str, str] = {}
    for code, day in dates.items():
        if code not in answers:
            errors[code] = _("这一轮评审没有「%(code)s」这个部门") % {"code": code[:40]}
        elif answers[code].state == Answer.State.BLANK:
            errors[code] = _("%(name)s还没有答复，不能先平衡它的日期") % {"name": answers[code].department.name}
        elif wrong := _date_error(day):
            errors[code] = wrong
    if errors:
        raise ValidationError(errors)


def _date_error(day: dt.date) -> str:
    today = clock.today()
    if day < today:
        return _("计划完成日期不能早于今天")
    return _("计划完成日期 %(day)s 不像是真的") % {"day": day} if day > today + FURTHEST else ""


def said(one: Answer | AnswerInput) -> dict[str, object]:
    """What an answer says, for the log's old and new values."""
    return {
        "verdict": one.verdict,
        "planned_date": one.planned_date,
        "points": dict(one.points),
        "remarks": dict(one.remarks),
        "comment": one.comment,
    }
