"""签字还算不算数：把存着的内容按当时的写法再算一遍指纹，和签字的那一行比（I19、第二十条）。

Only standing signatures are judged. One whose answer was changed by the rules, and lost its signature with that, is
history; one whose content was changed behind the machine's back is broken, and every page that shows it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from papers.canonical import fingerprint_as
from reviews.models import Answer, Notice, Round, Signature

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of one signature: it holds, or why it does not."""

    signature: Signature
    broken: str = ""

    @property
    def holds(self) -> bool:
        return not self.broken


def verify(signature: Signature) -> Verification:
    """这个签字还算不算数（I19）：内容、指纹的写法、业务单的版本，一样不对就失效。"""
    content, version = _signed(signature)
    found = fingerprint_as(signature.hash_version, content)
    if found is None:
        return Verification(signature, _("指纹的写法认不出来"))
    if found != signature.sha256:
        return Verification(signature, _("内容和签字时的不一样"))
    if version != signature.order_version:
        return Verification(signature, _("签的不是业务单的这一版"))
    return Verification(signature)


def _signed(signature: Signature) -> tuple[dict[str, Any], int]:
    """What was signed as it is stored now, and of which version of the order."""
    if signature.answer is not None:
        return signature.answer.content, signature.answer.round.order_version
    notice: Any = signature.notice  # one of the two, by the constraint signature_is_of_one_document
    return notice.content, notice.order_version


def broken_answers(answers: Iterable[Answer]) -> dict[int, str]:
    """失效的签字，按答复：一次查询；签着却没有签字记录的也算。"""
    signed = {one.pk: one for one in answers if one.state in Answer.SIGNED_STATES}
    rows = Signature.objects.filter(answer__in=list(signed)).order_by("pk") if signed else ()
    standing = {(row.answer_id, row.act): row for row in rows}  # the last of each act stands
    found = {}
    for pk, answer in signed.items():
        if words := _broken(answer, standing):
            found[pk] = words
    return found


def _broken(answer: Answer, standing: dict[tuple[int, str], Signature]) -> str:
    acts = [Signature.Act.SIGN]
    if answer.state == Answer.State.COUNTERSIGNED:
        acts.append(Signature.Act.COUNTERSIGN)
    for act in acts:
        signature = standing.get((answer.pk, act))
        if signature is None:
            return _("没有签字的记录")
        signature.answer = answer
        if words := verify(signature).broken:
            return words
    return _("内容和签字时的不一样") if answer.is_torn else ""


def mark_broken(*reviews: Round) -> None:
    """Let the answers at hand say which of their signatures are broken: one query for many rounds."""
    answers = [answer for review in reviews for answer in review.answers_now]
    found = broken_answers(answers)
    for answer in answers:
        answer.broken = broken_words(found.get(answer.pk, ""))


def broken_words(why: str) -> str:
    """签字失效：内容和签字时的不一样。"""
    return _("签字失效：%(why)s") % {"why": why} if why else ""


def broken_notice(notice: Notice, signature: Signature | None) -> str:
    """签过的通知单，签字失效的原因；没有失效就是空的。"""
    if notice.signed_at is None:
        return ""
    if signature is None:
        return _("没有签字的记录")
    signature.notice = notice
    return verify(signature).broken


def mark_broken_notices(notices: Iterable[Notice]) -> None:
    """Let many notices say whether their signature is broken: one query."""
    signed = {notice.pk: notice for notice in notices if notice.signed_at is not None}
    rows = Signature.objects.filter(notice__in=list(signed)).order_by("pk") if signed else ()
    standing = {row.notice_id: row for row in rows}
    for pk, notice in signed.items():
        notice.broken = broken_words(broken_notice(notice, standing.get(pk)))


def every_broken() -> Iterator[str]:
    """全部签字核对一遍，失效的逐一说出是哪一份（I19）。"""
    answers = Answer.objects.filter(state__in=Answer.SIGNED_STATES).select_related("round__order", "department")
    batch: list[Answer] = []
    for answer in answers.order_by("pk").iterator(chunk_size=CHUNK):
        batch.append(answer)
        if len(batch) == CHUNK:
            yield from _told(batch)
            batch = []
    yield from _told(batch)
    yield from _told_of_notices()


def _told_of_notices() -> Iterator[str]:
    rows = Signature.objects.filter(notice__isnull=False).select_related("notice").order_by("notice_id")
    for signature in rows.iterator(chunk_size=CHUNK):
        if words := verify(signature).broken:
            yield _("业务通知单 %(number)s：%(why)s") % {"number": signature.notice.number, "why": words}
    for notice in Notice.objects.filter(signed_at__isnull=False, signatures__isnull=True).order_by("pk"):
        yield _("业务通知单 %(number)s：%(why)s") % {"number": notice.number, "why": _("没有签字的记录")}


def _told(answers: list[Answer]) -> Iterator[str]:
    by_pk = {answer.pk: answer for answer in answers}
    for pk, words in broken_answers(answers).items():
        answer = by_pk[pk]
        yield _("%(order)s 第 %(round)s 轮%(department)s的答复：%(why)s") % {
            "order": answer.round.order.number,
            "round": answer.round.number,
            "department": answer.department.name,
            "why": words,
        }
