"""送货单：从开单到回单（第五章），及它的状态机（DESIGN §5）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from orders.models.seeing import SEES_ALL
from papers.models import Attachment
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import Customer, User
from shipping import guards
from shipping.events import MayDispatch, MayNotify
from shipping.models.carrier import Carrier
from shipping.models.confirmation import Confirmation, DispatchException
from shipping.models.limits import NOTICE_STANDS, WITHIN_WHAT_WAS_ORDERED
from shipping.models.lines import DeliveryLine
from shipping.models.standing import GONE, Standing, inspection_reports, standing_of, standings, with_sums
from shipping.rights import works_all
from workflow import clock
from workflow.guards import Right
from workflow.models import Stateful
from workflow.search import matching, search_text


class State(models.TextChoices):
    """送货单的状态（接口值）。"""

    DRAFT = "draft", _("草稿")
    NOTIFIED = "notified", _("已通知仓库")
    DISPATCHED = "dispatched", _("已发出")
    DELIVERED = "delivered", _("已签收")
    CANCELLED = "cancelled", _("已取消")


class DeliveryQuerySet(NumberedQuerySet):
    """Deliveries, narrowed to what a person may see and looks for."""

    def visible_to(self, user: User) -> Self:
        """看得见单上任何一张业务单的人，看得见这张送货单（第三条、B7）。"""
        if user.role in SEES_ALL:
            return self
        orders = Order.objects.visible_to(user).values("pk")
        return self.filter(Exists(DeliveryLine.objects.filter(delivery=OuterRef("pk"), order__in=orders)))

    def open(self) -> Self:
        """还没发出的。"""
        return self.filter(state__in=(State.DRAFT, State.NOTIFIED))

    def searched(self, words: str) -> Self:
        """按单号、客户、运单号、业务单号找。"""
        return matching(self, words)


class Delivery(Stateful, Numbered):
    """送货单：一个客户的一张或几张业务单，一次发走的货（A54）。

    `order` is the only order on it, or None where several are: it decides in whose chain the note is logged.
    """

    State = State
    series = "SH"
    provisional_prefix = "S"
    lock_with = ("customer", "carrier", "coordinator")
    found_with = ("dispatched_on",)

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="deliveries")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("客户"))
    customer_name = models.CharField(_("客户名称"), max_length=120)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("跟单员")
    )
    address = models.CharField(_("送货地址"), max_length=200, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    carrier = models.ForeignKey(
        Carrier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承运商")
    )
    vehicle = models.CharField(_("车辆"), max_length=40, blank=True)
    driver = models.CharField(_("送货人"), max_length=40, blank=True)
    waybill = models.CharField(_("运单号"), max_length=60, blank=True)
    remark = models.CharField(_("备注"), max_length=300, blank=True)
    enclosed: Any = models.JSONField(_("已随货的资料"), default=list, blank=True)
    created_at = models.DateTimeField(_("开单时间"), default=clock.now)
    notified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField(_("通知时间"), null=True)
    dispatched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dispatched_at = models.DateTimeField(_("发出时间"), null=True)
    dispatched_on = models.DateField(_("发货日期"), null=True)
    signed_by = models.CharField(_("签收人"), max_length=60, blank=True)
    signed_on = models.DateField(_("签收日期"), null=True)
    receipt = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("回单")
    )
    reaction = models.CharField(_("客户反应"), max_length=300, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("送货单")
        triggers: ClassVar = [*Stateful.Meta.triggers, *Numbered.Meta.triggers, NOTICE_STANDS, WITHIN_WHAT_WAS_ORDERED]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.CheckConstraint(
                name="dispatched_delivery_has_its_day",
                condition=~Q(state__in=GONE) | Q(dispatched_on__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_is_signed_after_dispatch",
                condition=Q(signed_on__isnull=True) | Q(signed_on__gte=F("dispatched_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
            models.Index(fields=["customer", "-id"], name="delivery_by_customer"),
            models.Index(fields=["coordinator", "-id"], name="delivery_by_coordinator"),
            models.Index(fields=["updated_at"], name="delivery_by_updated"),
            GinIndex(SearchVector("search_text", config="simple"), name="delivery_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.customer_name}"

    # --- the chain and its roots -------------------------------------------------------------------------------------
    @property
    def chain(self) -> str:
        return f"orders_order:{self.order_id}" if self.order_id else self.about

    def chain_roots(self) -> models.QuerySet[Any]:
        orders = DeliveryLine.objects.filter(delivery=self.pk).values("order")
        return Order.objects.filter(pk__in=orders).select_related("team", "customer", "salesperson")

    def take_roots(self, roots: Iterable[Any]) -> None:
        self.orders_now = list(roots)

    # --- facts about one delivery, each read once --------------------------------------------------------------------
    @cached_property
    def orders_now(self) -> list[Order]:
        """单上的业务单，按主键；锁住以后只读一次。"""
        return list(self.chain_roots().order_by("pk"))

    @cached_property
    def lines_now(self) -> list[DeliveryLine]:
        """各行及其业务单行、通知单、所补退货；还没发出的，连同各行发到哪里、凭哪些检验报告、总监放行没有，一次查齐。"""
        rows: Any = self.lines.select_related("order_line", "notice", "replaces__document").defer("notice__content")
        if self.state not in GONE:
            waived = Exists(DispatchException.objects.filter(delivery=OuterRef("delivery")))
            reports = inspection_reports("order_line")
            rows = with_sums(rows, of="order_line").annotate(waived=waived, reports=reports)
        orders = {order.pk: order for order in self.orders_now}
        found: list[DeliveryLine] = list(rows.order_by("position"))
        for line in found:
            line.delivery = self
            line.order = line.order_line.order = orders[line.order_id]
        return found

    @cached_property
    def confirmations_now(self) -> list[Confirmation]:
        """到货确认，先后为序（A52）。"""
        return list(self.confirmations.select_related("by").order_by("pk"))

    @cached_property
    def standings(self) -> Mapping[int, Standing]:
        """单上各业务单行发到哪里了。"""
        if not hasattr(self.lines_now[0], "stored"):
            return standings({line.order_line_id for line in self.lines_now})
        return {line.order_line_id: standing_of(line.order_line, line) for line in self.lines_now}

    @cached_property
    def waived(self) -> bool:
        """总监是否放行了这张单的款项关口（A53）。"""
        return any(getattr(line, "waived", False) for line in self.lines_now)

    def replaced_already(self, line: DeliveryLine) -> Decimal:
        """这一行所补的退货，别处已补了多少。"""
        rows = DeliveryLine.objects.filter(replaces=line.replaces_id, delivery__state__in=GONE)
        others = [one.quantity for one in self.lines_now if one.replaces_id == line.replaces_id and one.pk < line.pk]
        return sum(others, rows.aggregate(total=Sum("quantity"))["total"] or Decimal(0))

    @property
    def arrival_date(self) -> dt.date | None:
        """最近一次说好的到货日期。"""
        return self.confirmations_now[-1].arrival_date if self.confirmations_now else None

    @property
    def called_orders(self) -> str:
        """单上的业务单号，顿号隔开。"""
        return "、".join(order.number for order in self.orders_now)

    def take_number(self) -> None:
        """取号，并让这张单可以按号找到。"""
        super().take_number()
        self.search_text = f"{search_text(self.number)} {self.search_text}"

    def is_of(self, person: User) -> bool:
        """开这张送货单的跟单员（第三条）。"""
        return self.coordinator_id == person.pk

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.NOTIFIED,
        permission=Right("shipping.notify_warehouse", when=works_all),
        conditions=[guards.orders_can_ship, guards.notices_stand, guards.lines_are_open],
        custom={
            "label": _("通知仓库"),
            "article": "第五章，发运",
            "rule": "A54",
            "asks": MayNotify,
            "takes_number": True,
        },
    )
    def notify_warehouse(self, *, by: User) -> None:
        """取号，发货通知单交仓库备货（第五章，发运）。"""
        self.notified_by = by
        self.notified_at = clock.now()

    @transition(
        field=state,
        source=State.NOTIFIED,
        target=State.DISPATCHED,
        permission=Right("shipping.dispatch"),
        conditions=[
            guards.orders_can_ship,
            guards.notices_stand,
            guards.lines_are_open,
            guards.arrival_is_confirmed,
            guards.goods_are_in_store,
            guards.within_what_was_ordered,
            guards.replacements_fit,
            guards.papers_are_enclosed,
            guards.pass_is_approved,
        ],
        custom={"label": _("发出"), "article": "第五章，发运", "rule": "A54", "asks": MayDispatch},
    )
    def dispatch(self, *, by: User, waybill: str, vehicle: str, driver: str) -> None:
        """仓库把货交给承运商，成品出库（第五章，发运）。"""
        self.waybill = waybill or self.waybill
        self.vehicle = vehicle or self.vehicle
        self.driver = driver or self.driver
        self.dispatched_by = by
        self.dispatched_at = clock.now()
        self.dispatched_on = clock.today()
        self.search_text = f"{self.search_text} {search_text(self.waybill)}".strip()

    @transition(
        field=state,
        source=State.DISPATCHED,
        target=State.DELIVERED,
        permission=Right("shipping.deliver", when=works_all),
        custom={"label": _("登记回单"), "article": "第五章，发运", "rule": "A54"},
    )
    def deliver(
        self, *, by: User, signed_by: str, signed_on: dt.date, reaction: str, receipt: Attachment | None
    ) -> None:
        """客户签收，回单收回（第五章，发运）。"""
        self.signed_by = signed_by
        self.signed_on = signed_on
        self.reaction = reaction
        self.receipt = receipt

    @transition(
        field=state,
        source=[State.DRAFT, State.NOTIFIED],
        target=State.CANCELLED,
        permission=Right("shipping.cancel", when=works_all),
        custom={"label": _("取消送货单"), "article": "第五章，发运", "rule": "A54"},
    )
    def cancel(self, *, by: User) -> None:
        """货还没发出，这张送货单不要了（第五章，发运）。"""
