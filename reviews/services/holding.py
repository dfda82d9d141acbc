"""各份通知单在谁手里：批量签收、原件归档、随单交出标样（第六条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from reviews.models import ArchivedOriginal, Notice, NoticeCopy
from reviews.rights import works
from reviews.services.copies import acknowledge_copy
from samples import services as samples
from samples.models import Loan, Sample
from samples.services import LoanInput
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import locked, record, together

ARTICLE = "第六条"
FILED = (Notice.State.SIGNED, Notice.State.ISSUED, Notice.State.VOID)


@together
def acknowledge_copies(copies: Iterable[NoticeCopy], *, actor: User) -> list[NoticeCopy]:
    """批量签收：都签收，或者一份也不签收（第六条）；先锁单号小的。"""
    chosen = sorted(copies, key=lambda copy: (copy.notice.order_id, copy.pk))
    if not chosen:
        raise ValidationError({"copy": _("还没有勾选要签收的")})
    return [acknowledge_copy(copy, actor=actor) for copy in chosen]


@together
def archive_original(notice: Notice, place: str, *, actor: User) -> ArchivedOriginal:
    """签字的原件归档营销中心：归在哪里（第六条）。"""
    notice = locked(notice)
    if not (actor.may("reviews.issue_notice") and works(notice, actor)):
        raise PermissionDenied(_("这张单不是您的，原件由办这张单的人归档"))
    if notice.state not in FILED:
        raise WrongState(_("通知单现在是「%(state)s」，签了字才有原件") % {"state": notice.get_state_display()})
    if not place.strip():
        raise ValidationError({"place": _("请填归在哪里")})
    filed: ArchivedOriginal = ArchivedOriginal.objects.create(notice=notice, place=place.strip(), by=actor)
    record(
        notice, "archive_original", actor=actor, label=_("原件归档"), article=ARTICLE, rule="A6.3b", reason=filed.place
    )
    return filed


@together
def hand_out_standard(copy: NoticeCopy, sample: Sample, due_back: dt.date, *, actor: User) -> Loan:
    """随这一份通知单把标样交给领用的部门，几时还；通知单交回时一起回来，没有回来就一直催（第六条）。"""
    copy = locked(copy)
    order = copy.notice.order
    if sample.order_id != order.pk:
        raise ValidationError({"sample": _("%(number)s 不是这张业务单的样品") % {"number": sample.number}})
    if sample.kind not in {Sample.Kind.STANDARD, Sample.Kind.SHEET}:
        raise ValidationError({"sample": _("随通知单交出的是标样、样张")})
    if copy.notice.state != Notice.State.ISSUED or copy.state not in NoticeCopy.OUT:
        words = _("这一份现在是「%(state)s」，标样只随现行的通知单交出") % {"state": copy.get_state_display()}
        raise Blocked([Refusal(words, ARTICLE, "A6.3c")])
    words = _("%(number)s 第 %(n)s 份") % {"number": copy.notice.number, "n": copy.number}
    given = LoanInput(
        department=copy.department, why=_("照通知单生产、检验"), due_back=due_back, basis=copy.about, basis_words=words
    )
    return samples.lend_sample(sample, given, actor=actor)
