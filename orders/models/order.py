"""业务单：一张单从接单到收款（第二章），及它的状态机（DESIGN §5）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders import guards
from orders.events import (
    MayAgreeAsReviewed,
    MayCancel,
    MayComplete,
    MayFinishProduction,
    MayFinishShipping,
    MayIssue,
    MayStartProduction,
)
from orders.kinds import KindRules
from orders.models.kind import BusinessKind, KindVersion, kept
from orders.models.seeing import OrderQuerySet
from orders.models.states import BEFORE_ISSUE, ENDED, FORM, PROVISIONAL_BASES, Basis, State
from orders.rights import leads, leads_by_office, organises, owns, submitted_it, works
from papers.numbered import Numbered
from parties.models import Customer, Team, User
from parties.models.customer import PaymentTerms
from workflow import clock
from workflow.guards import Right
from workflow.models import Stateful
from workflow.search import search_text

if TYPE_CHECKING:
    from orders.models.line import OrderLine


class Order(Stateful, Numbered):
    """客户订单：一张单从接单到收款的起点（第二章）。"""

    series = "GD"
    provisional_prefix = "D"
    lock_with = ("business_kind", "team", "customer", "coordinator", "salesperson")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    version = models.PositiveIntegerField(_("版"), default=1)
    business_kind = models.ForeignKey(BusinessKind, models.PROTECT, related_name="+", verbose_name=_("业务种类"))
    kind_version = models.ForeignKey(
        KindVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("业务种类版本")
    )
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("客户"))
    customer_name = models.CharField(_("客户名称"), max_length=120)
    customer_po = models.CharField(_("客户单号"), max_length=60, blank=True)
    basis = models.CharField(_("下单依据"), max_length=10, choices=Basis)
    received_at = models.DateTimeField(_("收单时间"), default=clock.now)
    original_received_on = models.DateField(_("原件收到日期"), null=True, blank=True)
    confirmed_with = models.CharField(_("电话确认人"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    requested_date = models.DateField(_("要求交期"))
    promised_date = models.DateField(_("承诺交期"), null=True, blank=True)
    rush = models.BooleanField(_("急单"), default=False)
    inserted = models.BooleanField(_("插单"), default=False)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    tax_rate = models.DecimalField(_("税率"), max_digits=5, decimal_places=4, default=Decimal("0.13"))
    prices_include_tax = models.BooleanField(_("单价含税"), default=True)
    payment_terms = models.CharField(_("付款方式"), max_length=20, choices=PaymentTerms)
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务员")
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("跟单员")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("班组"))
    requirements: Any = models.JSONField(_("客户要求"), default=dict, blank=True)
    amount = models.DecimalField(_("含税合计"), max_digits=14, decimal_places=2, default=0)
    tax_amount = models.DecimalField(_("税额合计"), max_digits=14, decimal_places=2, default=0)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("翻自")
    )
    external_id = models.CharField(_("外部编号"), max_length=80, blank=True)
    external_source = models.CharField(max_length=40, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    returned_reason = models.TextField(_("退回理由"), blank=True)
    customer_agreed = models.TextField(_("客户同意的内容"), blank=True)
    created_at = models.DateTimeField(_("登记时间"), default=clock.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("业务单")
        triggers: ClassVar = [*Stateful.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.UniqueConstraint(
                fields=["external_source", "external_id"],
                condition=~Q(external_id=""),
                name="external_id_once_per_source",
            ),
            models.CheckConstraint(name="order_amount_is_money", condition=Q(amount__gte=0, amount__lt=10**12)),
            models.CheckConstraint(name="order_tax_rate_is_a_rate", condition=Q(tax_rate__gte=0, tax_rate__lt=1)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["coordinator", "-id"], name="order_by_coordinator"),
            models.Index(fields=["team", "-id"], name="order_by_team"),
            models.Index(fields=["state", "-id"], name="order_by_state"),
            models.Index(fields=["customer", "-id"], name="order_by_customer"),
            models.Index(fields=["salesperson", "-id"], name="order_by_salesperson"),
            models.Index(fields=["updated_at"], name="order_by_updated"),
            models.Index("customer", Upper("customer_po"), name="order_by_customer_po", condition=~Q(customer_po="")),
            models.Index(
                fields=["id"],
                name="order_original_pending",
                condition=Q(basis__in=["fax", "email", "chat"], original_received_on__isnull=True)
                & ~Q(state__in=["draft", "rejected", "cancelled"]),
            ),
            models.Index(
                fields=["coordinator", "promised_date"],
                name="order_open_by_promise",
                condition=~Q(state__in=[str(state) for state in ENDED]),
            ),
            GinIndex(SearchVector("search_text", config="simple"), name="order_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.customer_name}"

    # --- facts about one order ---------------------------------------------------------------------------------------
    @cached_property
    def lines_now(self) -> list[OrderLine]:
        """各行，按行号；锁住以后只读一次。"""
        return list(self.lines.select_related("product", "business_kind").order_by("position"))

    @property
    def goods_now(self) -> list[OrderLine]:
        """要做、要检、要发的各行；费用行不在内。"""
        return [line for line in self.lines_now if not line.fee]

    @property
    def kind(self) -> KindRules:
        """这张单照它登记时那一版业务种类的规矩；种类以后再改，与它无关（第五条）。"""
        return self.business_kind.rules if self.kind_version_id is None else kept(self.kind_version_id).rules

    @property
    def kinds(self) -> list[KindRules]:
        """这张单涉及的业务种类：整单的，加上各行另属的，不重复（A6.4e）。"""
        return list({rules.code: rules for rules in (self.kind, *(line.kind for line in self.lines_now))}.values())

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """The state's word, by its name: Django's own way translates every word of the list for each row."""
        return str(State(self.state).label)

    def is_of(self, person: User) -> bool:
        """跟这张单的人，或带它的主任、总监、总经理（第三条）。"""
        return self.coordinator_id == person.pk or leads_by_office(self, person)

    @property
    def original_pending(self) -> bool:
        """原件待补（A6.1b）。"""
        return self.basis in PROVISIONAL_BASES and self.original_received_on is None

    @property
    def given_id(self) -> str:
        """客户或 ERP 的外部编号；表单自己的记号不算。"""
        return "" if self.external_source == FORM else self.external_id

    @property
    def delivery_date(self) -> dt.date:
        """约定交期：评审定的，没有定就是客户要求的。"""
        return self.promised_date or self.requested_date

    @property
    def ended(self) -> bool:
        """已完成、已拒绝或已取消。"""
        return self.state in ENDED

    @property
    def subject(self) -> str:
        """待办上怎么称呼：GD26-000164 · 宏达包装。"""
        return f"{self.number} · {self.customer_name}"

    @property
    def supervisor_id(self) -> int | None:
        """带这张单的主任，事情过期报给他（第三条）。"""
        return self.team.supervisor_id if self.team else None

    def take_number(self) -> None:
        """取号，并让这张单可以按号找到。"""
        super().take_number()
        self.search_text = f"{search_text(self.number)} {self.search_text}"

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        permission=Right("orders.submit", when=owns),
        conditions=[
            guards.has_lines,
            guards.has_basis,
            guards.details_are_complete,
            guards.fax_is_talked_over,
            guards.customer_has_amended,
            guards.not_on_a_return_day,
            guards.lines_are_broken_down,
        ],
        custom={"label": _("提交审核"), "article": "第六条", "rule": "A6.1e"},
    )
    def submit(self, *, by: User) -> None:
        """跟单员交主任审核（第六条）。"""
        self.submitted_by = by
        self.submitted_at = clock.now()
        self.returned_reason = ""

    @transition(
        field=state,
        source=State.SUBMITTED,
        target=State.DRAFT,
        permission=Right("orders.withdraw", when=owns),
        custom={"label": _("撤回"), "article": "第六条", "rule": "A6.1e"},
    )
    def withdraw(self, *, by: User) -> None:
        """主任还没审，跟单员自己撤回（第六条）。"""

    @transition(
        field=state,
        source=State.DRAFT,
        target=State.CANCELLED,
        permission=Right("orders.discard", when=owns),
        custom={"label": _("作废草稿"), "article": "第六条", "rule": "A6.1f"},
    )
    def discard(self, *, by: User) -> None:
        """草稿不要了（第六条）。"""

    @transition(
        field=state,
        source=State.SUBMITTED,
        target=State.DRAFT,
        permission=Right("orders.return_to_coordinator", when=leads, unless=submitted_it),
        custom={"label": _("退回补充"), "article": "第六条", "rule": "A6.1e", "needs_reason": True},
    )
    def return_to_coordinator(self, *, by: User, words: str) -> None:
        """主任退回，写明缺什么（第六条）。"""
        self.returned_reason = words

    @transition(
        field=state,
        source=State.SUBMITTED,
        target=State.ACCEPTED,
        permission=Right("orders.accept", when=leads, unless=submitted_it),
        custom={"label": _("审核通过"), "article": "第六条", "rule": "A6.1e", "takes_number": True},
    )
    def accept(self, *, by: User) -> None:
        """主任审核通过，正式接单、取号（第六条、第十五条）。"""
        self.accepted_by = by
        self.accepted_at = clock.now()

    @transition(
        field=state,
        source=[State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.REVIEWING, State.NEGOTIATING],
        target=State.REJECTED,
        permission=Right("orders.reject", when=leads),
        custom={"label": _("拒绝接单"), "article": "第六条", "rule": "A6.1e", "needs_reason": True},
    )
    def reject(self, *, by: User) -> None:
        """不接这张单，请客户修改或另议（第六条）。"""

    @transition(
        field=state,
        source=[State.ACCEPTED, State.NEGOTIATING],
        target=State.REVIEWING,
        permission=Right("reviews.open_round", when=organises),
        custom={"label": _("组织评审"), "article": "第十六条", "rule": "A15", "driven": True},
    )
    def open_round(self, *, by: User) -> None:
        """评审开始，由评审章推动（第十六条）。"""

    @transition(
        field=state,
        source=State.REVIEWING,
        target=State.AGREED,
        permission=Right("reviews.conclude", when=leads),
        custom={"label": _("评审通过"), "article": "第二十条", "rule": "A20.1", "driven": True},
    )
    def conclude_pass(self, *, by: User, delivery_date: dt.date) -> None:
        """评审通过，定下交期（第二十条）。"""
        self.promised_date = delivery_date

    @transition(
        field=state,
        source=State.REVIEWING,
        target=State.NEGOTIATING,
        permission=Right("reviews.conclude", when=leads),
        custom={"label": _("与客户协商"), "article": "第二十条", "rule": "A20.6", "driven": True},
    )
    def conclude_negotiate(self, *, by: User) -> None:
        """评审结果满足不了客户，去协商（第二十条）。"""

    @transition(
        field=state,
        source=State.REVIEWING,
        target=State.REJECTED,
        permission=Right("reviews.conclude", when=leads),
        custom={"label": _("评审拒绝"), "article": "第二十条", "rule": "A20.6", "driven": True},
    )
    def conclude_reject(self, *, by: User) -> None:
        """评审认为不能接（第二十条）。"""

    @transition(
        field=state,
        source=State.NEGOTIATING,
        target=State.AGREED,
        permission=Right("orders.agree_as_reviewed", when=leads),
        conditions=[guards.customer_agreed_nothing_else],
        custom={"label": _("客户同意评审结果"), "article": "第二十条", "rule": "A20.6", "asks": MayAgreeAsReviewed},
    )
    def agree_as_reviewed(self, *, by: User, customer_answer: str, delivery_date: dt.date | None) -> None:
        """客户同意按评审结果做，记下同意了什么（第二十条）。"""
        self.customer_agreed = customer_answer
        self.promised_date = delivery_date or self.promised_date

    @transition(
        field=state,
        source=State.AGREED,
        target=State.NEGOTIATING,
        permission=Right("orders.reopen_review", when=leads),
        custom={"label": _("退回协商"), "article": "第二十条", "rule": "A20.6", "needs_reason": True},
    )
    def reopen_review(self, *, by: User) -> None:
        """总经理没有签，回到协商（第二十条）。"""

    @transition(
        field=state,
        source=State.AGREED,
        target=State.ISSUED,
        permission=Right("reviews.issue_notice", when=works),
        conditions=[guards.release_is_confirmed, guards.not_on_a_return_day],
        custom={"label": _("下单"), "article": "第六条", "rule": "A6.3b", "asks": MayIssue, "driven": True},
    )
    def issue_notice(self, *, by: User) -> None:
        """签字的业务通知单发给各部门，订单下达（第六条）。"""

    @transition(
        field=state,
        source=State.ISSUED,
        target=State.PRODUCING,
        permission=Right("orders.start_production", when=works),
        custom={"label": _("投产"), "article": "第六条", "rule": "D1", "asks": MayStartProduction},
    )
    def start_production(self, *, by: User) -> None:
        """制造部已签收、定金已到，开始生产（第六条）。"""

    @transition(
        field=state,
        source=State.PRODUCING,
        target=State.SHIPPING,
        permission=Right("orders.finish_production", when=works),
        custom={"label": _("生产完成"), "article": "第五章，品质放行", "rule": "A51", "asks": MayFinishProduction},
    )
    def finish_production(self, *, by: User) -> None:
        """各行检验合格，转入发货（第五章，品质放行）。"""

    @transition(
        field=state,
        source=State.SHIPPING,
        target=State.COLLECTING,
        permission=Right("orders.finish_shipping", when=works),
        custom={"label": _("发货完成"), "article": "第五章，发运", "rule": "A54", "asks": MayFinishShipping},
    )
    def finish_shipping(self, *, by: User) -> None:
        """各行发齐，转入收款（第五章，发运）。"""

    @transition(
        field=state,
        source=[State.SHIPPING, State.COLLECTING],
        target=State.PRODUCING,
        permission=Right("orders.view"),
        custom={"label": _("恢复生产"), "article": "第二十二条", "rule": "A22", "driven": True},
    )
    def resume_production(self, *, by: User) -> None:
        """更改生效、数量增加，回到生产（第二十二条）。"""

    @transition(
        field=state,
        source=State.COLLECTING,
        target=State.COMPLETED,
        permission=Right("orders.complete", when=leads),
        custom={"label": _("结案"), "article": "第六章，收款", "rule": "A6.6", "asks": MayComplete},
    )
    def complete(self, *, by: User) -> None:
        """款已收齐、票已开清，结案（第六章，收款）。"""

    @transition(
        field=state,
        source=list(BEFORE_ISSUE),
        target=State.CANCELLED,
        permission=Right("orders.cancel", when=leads),
        custom={"label": _("取消业务单"), "article": "第二十二条", "rule": "A22", "needs_reason": True},
    )
    def cancel(self, *, by: User) -> None:
        """下单之前客户取消（第二十二条）。"""

    @transition(
        field=state,
        source=[State.ISSUED, State.PRODUCING, State.SHIPPING],
        target=State.CANCELLED,
        permission=Right("orders.view"),
        custom={"label": _("更改取消"), "article": "第二十二条", "rule": "A22", "asks": MayCancel, "driven": True},
    )
    def cancel_by_change(self, *, by: User) -> None:
        """下单以后取消，只经更改程序（第二十二条）。"""
