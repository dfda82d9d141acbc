"""作废：业务通知单被更改取代，或业务单取消（第二十二条）。"""

from __future__ import annotations

from papers.models import Paper
from papers.services import void_paper
from parties.models import User
from reviews.events import NoticeVoided
from reviews.models import Notice
from workflow.events import announce
from workflow.machine import perform, together


@together
def void_notice(notice: Notice, reason: str, *, actor: User, successor: str = "") -> Notice:
    """作废：处处盖作废章，各份收回，照它报的工不再收（第二十二条）。"""
    notice = perform(notice, "void", actor=actor, reason=reason, words=reason.strip())
    tell_void(notice, reason, actor=actor, successor=successor)
    return notice


@together
def tell_void(notice: Notice, reason: str, *, actor: User, successor: str = "") -> None:
    """作废章盖到每一张纸，写明由哪一张取代；告知后续各章（第二十二条）。"""
    if not notice.formal_number:
        return
    abouts = [notice.about, *(copy.about for copy in notice.copies.all())]
    for paper in Paper.objects.filter(about__in=abouts).select_related("voiding").current():
        void_paper(paper, reason=reason[:300], actor=actor, successor=successor)
    announce(NoticeVoided(notice.pk, notice.order_id, notice.number, reason, successor, actor))
