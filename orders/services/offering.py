"""一张报价单的一生：送出、接受、未接受、过期、作废（B1；DESIGN §5）。"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.models import Inquiry, Quotation
from orders.papers import file_quotation
from orders.services.inquiry import answer_inquiry
from papers.models import Paper
from papers.services import void_paper
from parties.models import User
from parties.services import the_system
from workflow import clock
from workflow.machine import locked, perform, together


@together
def send_quotation(quotation: Quotation, *, to: str, how: str, actor: User) -> Quotation:
    """送给客户：取号、归档 PDF，旧版作废，询盘答复（B类 询报价）。"""
    _said(to=(to, _("请填送给谁")), how=(how, _("请填怎么送的")))
    quotation = perform(quotation, "send", actor=actor, to=to.strip(), how=how.strip(), data={"to": to, "how": how})
    file_quotation(quotation, actor=actor)
    for older in quotation.versions_now:
        if older.state == Quotation.State.SENT and older.pk != quotation.pk:
            perform(older, "supersede", actor=actor, data={"by": quotation.number})
            _void(older, actor, _("出了新版"), successor=quotation.number)
    if quotation.inquiry is not None and quotation.inquiry.state == Inquiry.State.OPEN:
        answer_inquiry(quotation.inquiry, quotation.number, actor=actor)
    return quotation


def accept_quotation(quotation: Quotation, answer: str = "", *, actor: User) -> Quotation:
    """客户接受，记下谁、怎么说的（B类 询报价）。"""
    return perform(quotation, "accept", actor=actor, reason=answer, answer=answer.strip())


@together
def decline_quotation(quotation: Quotation, reason: str, *, actor: User) -> Quotation:
    """客户没有接受，写明原因；这张报价不再有效（B类 询报价）。"""
    quotation = perform(quotation, "decline", actor=actor, reason=reason, words=reason.strip())
    _void(quotation, actor, _("客户未接受"))
    return quotation


def discard_quotation(quotation: Quotation, *, actor: User) -> Quotation:
    """草稿作废（B类 询报价）。"""
    return perform(quotation, "discard", actor=actor)


def expire_quotations() -> int:
    """过了有效期还没有答复的，系统标明已过期（B类 询报价）；标了几张。"""
    over = Quotation.objects.filter(state=Quotation.State.SENT, valid_until__lt=clock.today())
    return sum(_expire(quotation) for quotation in over.order_by("pk").iterator(chunk_size=500))


@together
def _expire(quotation: Quotation) -> bool:
    quotation = locked(quotation)
    if quotation.state != Quotation.State.SENT:
        return False
    house = the_system()
    perform(quotation, "expire", actor=house)
    _void(quotation, house, _("过了有效期"))
    return True


def _void(quotation: Quotation, actor: User, reason: str, successor: str = "") -> None:
    for paper in Paper.objects.of(quotation.about).current():
        void_paper(paper, reason=reason, actor=actor, successor=successor)


def _said(**given: tuple[str, str]) -> None:
    if errors := {name: words for name, (value, words) in given.items() if not value.strip()}:
        raise ValidationError(errors)
