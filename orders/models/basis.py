"""依据与请示：没有书面订单，先请示后提交（第六条，A6.1c）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models.order import Order
from orders.models.part import OrderPart
from orders.rights import answers_instruction
from parties.models import User
from workflow import clock
from workflow.guards import Right


class Instruction(OrderPart):
    """请示：没有书面订单时跟单员问，主任或总监答；答复留在业务单上（A6.1c）。"""

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        GRANTED = "granted", _("同意")
        REFUSED = "refused", _("不同意")

    order = models.ForeignKey(Order, models.PROTECT, related_name="instructions")
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.ASKED, protected=True)
    question = models.TextField(_("请示事由"))
    answer = models.TextField(_("答复"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("请示人"))
    asked_at = models.DateTimeField(_("请示时间"), default=clock.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("请示")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="asked"), name="one_open_instruction_per_order"
            ),
        ]

    def __str__(self) -> str:
        return self.question[:40]

    @transition(
        field=state,
        source=State.ASKED,
        target=State.GRANTED,
        permission=Right("orders.answer_instruction", when=answers_instruction),
        custom={"label": _("同意"), "article": "第六条", "rule": "A6.1c"},
    )
    def grant(self, *, by: User, answer: str) -> None:
        """同意先做（第六条）。"""
        self._answered(by, answer)

    @transition(
        field=state,
        source=State.ASKED,
        target=State.REFUSED,
        permission=Right("orders.answer_instruction", when=answers_instruction),
        custom={"label": _("不同意"), "article": "第六条", "rule": "A6.1c"},
    )
    def refuse(self, *, by: User, answer: str) -> None:
        """不同意，这张单到此为止（第六条）。"""
        self._answered(by, answer)

    def _answered(self, by: User, answer: str) -> None:
        self.answer = answer
        self.answered_by = by
        self.answered_at = clock.now()
