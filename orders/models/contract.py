"""销售合同、订单确认书：从业务单出，送给客户，签回归档（B1b）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models.order import Order
from orders.models.part import OfOrder, OrderPart
from orders.rights import works_contract
from papers.models import Attachment
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import User
from workflow import clock
from workflow.guards import Right

ARTICLE = "B类 合同"


class ContractQuerySet(OfOrder, NumberedQuerySet):
    """Contracts, as far as a person sees their orders and may see money."""

    def visible_to(self, user: User) -> Self:
        """看得见业务单、又看得见金额的人（B7）。"""
        return super().visible_to(user) if user.may("orders.view_money") else self.none()

    def current(self) -> Self:
        """现行的：没有作废，也没有被新版取代。"""
        return self.filter(state__in=CURRENT)


class OrderContract(OrderPart, Numbered):
    """一张业务单某一版的销售合同或订单确认书（B1b）。"""

    class State(models.TextChoices):
        MADE = "made", _("待发出")
        SENT = "sent", _("待签回")
        SIGNED = "signed", _("已签回")
        SUPERSEDED = "superseded", _("订单已改")
        VOID = "void", _("已作废")

    class Form(models.TextChoices):
        CONFIRMATION = "confirmation", _("订单确认书")
        CONTRACT = "contract", _("销售合同")

    series = "HT"
    provisional_prefix = "H"
    lock_with = ("order", "made_by")
    order_with = ("team", "customer", "business_kind")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.MADE, protected=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="contracts", verbose_name=_("业务单"))
    order_version = models.PositiveIntegerField(_("业务单版次"))
    form = models.CharField(_("种类"), max_length=20, choices=Form, default=Form.CONFIRMATION)
    terms = models.TextField(_("条款"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("制单"))
    made_at = models.DateTimeField(_("制单时间"), default=clock.now)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    sent_to = models.CharField(_("发给"), max_length=60, blank=True)
    sent_how = models.CharField(_("发法"), max_length=60, blank=True)
    signed_on = models.DateField(_("签回日期"), null=True, blank=True)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签回件")
    )

    objects: ClassVar[models.Manager[Any]] = ContractQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("销售合同、订单确认书")
        triggers: ClassVar = [*OrderPart.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=("made", "sent", "signed")), name="one_current_contract"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "sent_at"], name="contract_by_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_form_display()}"

    # --- the machine -------------------------------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.MADE,
        target=State.SENT,
        permission=Right("orders.contract", when=works_contract),
        custom={"label": _("发给客户"), "article": ARTICLE, "rule": "B1b"},
    )
    def send(self, *, by: User, to: str, how: str) -> None:
        """发给客户，记下何时、给谁、怎么发的（B类 合同）。"""
        self.sent_at = clock.now()
        self.sent_to = to
        self.sent_how = how

    @transition(
        field=state,
        source=State.SENT,
        target=State.SIGNED,
        permission=Right("orders.contract", when=works_contract),
        custom={"label": _("登记签回"), "article": ARTICLE, "rule": "B1b"},
    )
    def sign_back(self, *, by: User, signed_on: Any, scan: Attachment) -> None:
        """客户签字盖章寄回，扫描归档（B类 合同）。"""
        self.signed_on = signed_on
        self.scan = scan

    @transition(
        field=state,
        source=[State.MADE, State.SENT],
        target=State.VOID,
        permission=Right("orders.contract", when=works_contract),
        custom={"label": _("作废"), "article": ARTICLE, "rule": "B1b", "needs_reason": True},
    )
    def void(self, *, by: User) -> None:
        """没签回的可以作废重出，写明原因（B类 合同）。"""

    @transition(
        field=state,
        source=[State.MADE, State.SENT, State.SIGNED],
        target=State.SUPERSEDED,
        permission=Right("orders.view"),
        custom={"label": _("订单已改"), "article": ARTICLE, "rule": "B1b", "driven": True},
    )
    def supersede(self, *, by: User) -> None:
        """业务单出了新版，这一份不再有效（B类 合同）。"""

    @transition(
        field=state,
        source=[State.MADE, State.SENT, State.SIGNED],
        target=State.VOID,
        permission=Right("orders.view"),
        custom={"label": _("随单作废"), "article": ARTICLE, "rule": "B1b", "driven": True},
    )
    def fall(self, *, by: User) -> None:
        """业务单取消或拒绝，合同随之作废（B类 合同）。"""


CURRENT = (OrderContract.State.MADE, OrderContract.State.SENT, OrderContract.State.SIGNED)
