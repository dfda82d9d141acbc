"""依据：请示与答复、补登原件（第六条）。"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Instruction, Order, State
from orders.models.states import PROVISIONAL_BASES
from orders.rights import works
from orders.services.life import reject_order
from papers.models import Attachment
from parties.models import User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, locked, perform, record, together


@together
def ask_instruction(order: Order, question: str, *, actor: User) -> Instruction:
    """请示：没有书面订单，写明事由请主任答复（第六条）。"""
    order = locked(order)
    if not (actor.may("orders.ask_instruction") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能请示"))
    if order.state != State.DRAFT:
        raise WrongState(_("只有草稿才要请示，现在是「%(state)s」") % {"state": order.get_state_display()})
    if not question.strip():
        raise ValidationError({"question": _("请写明请示事由")})
    if order.instructions.filter(state=Instruction.State.ASKED).exists():
        raise WrongState(_("已经有一份请示在等答复"))
    instruction = Instruction(order=order, question=question.strip(), asked_by=actor)
    return begin(instruction, actor=actor, label=_("请示"), article="第六条", rule="A6.1c", reason=question.strip())


@together
def grant_instruction(instruction: Instruction, answer: str, *, actor: User) -> Instruction:
    """同意请示：答复留在业务单上，可以提交了（第六条）。"""
    return perform(instruction, "grant", actor=actor, answer=_answer(answer), reason=answer)


@together
def refuse_instruction(instruction: Instruction, answer: str, *, actor: User) -> Instruction:
    """不同意请示：这张单到此为止（第六条）。"""
    instruction = perform(instruction, "refuse", actor=actor, answer=_answer(answer), reason=answer)
    reject_order(instruction.order, answer, actor=actor)
    return instruction


@together
def register_original(order: Order, received_on: dt.date, *, actor: User, attachment: int | None = None) -> Order:
    """补登书面原件（第六条）：传真、邮件、聊天图片下的单，原件到了登记；扫描件先归在单上，再指明是哪一个。"""
    order = locked(order)
    if not (actor.may("orders.register_original") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能登记原件"))
    if order.basis not in PROVISIONAL_BASES:
        raise WrongState(_("这张单的依据不是传真、邮件或聊天图片，没有原件要补"))
    if order.original_received_on is not None:
        raise WrongState(_("原件已于 %(day)s 登记") % {"day": order.original_received_on})
    if not dt.date(2000, 1, 1) <= received_on <= clock.today():
        raise ValidationError({"received_on": _("收到日期不能在将来")})
    if attachment is not None and not Attachment.objects.filter(pk=attachment, about=order.about).exists():
        raise ValidationError({"attachment": _("这张单上没有这个文件，请先上传原件的扫描件")})
    order.original_received_on = received_on
    return record(
        order,
        "register_original",
        actor=actor,
        label=_("登记原件"),
        article="第六条",
        rule="A6.1b",
        data={"on": received_on} | ({"attachment": attachment} if attachment is not None else {}),
    )


def _answer(answer: str) -> str:
    if not answer.strip():
        raise ValidationError({"answer": _("请写明答复")})
    return answer.strip()
