"""更改申请：已经下单的业务单，客户要改、要取消，逐行写明，再评审，再签发（第二十二条）。"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.events import MayApplyChange, MayCancel
from orders.models import Order
from orders.models.part import OfOrder, OrderPart
from orders.services import Changes, as_changed
from papers.canonical import fingerprint
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import Department, User
from parties.roles import Role
from reviews import guards
from reviews.rights import asked_for_it, leads, works
from workflow import clock
from workflow.guards import Right

if TYPE_CHECKING:
    from reviews.models.change_line import ChangeLine
    from reviews.models.round import Round

SEES_DRAFTS = frozenset(
    {Role.COORDINATOR, Role.SUPERVISOR, Role.DIRECTOR, Role.GM, Role.OFFICE, Role.SALES, Role.MACHINE, Role.ADMIN}
)
OPEN = ("draft", "submitted", "reviewing")


class ChangeQuerySet(OfOrder, NumberedQuerySet):
    """Change requests, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """看得见业务单，就看得见它的更改；还没提交的只有营销中心看得见（B7）。"""
        rows: Self = super().visible_to(user)
        return rows if user.role in SEES_DRAFTS else rows.exclude(state="draft").filter(formal_number__isnull=False)

    def open(self) -> Self:
        """还没有结果的。"""
        return self.filter(state__in=OPEN)


def _may_apply(change: ChangeRequest) -> MayApplyChange:
    """What is asked before it is submitted; a cancellation may still wait for outsourcing to be stopped."""
    return MayApplyChange(change.order, change.changes)


class ChangeRequest(OrderPart, Numbered):
    """更改申请：起草、提交、评审，通知单（更改）一签即生效（第二十二条）。"""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待评审")
        REVIEWING = "reviewing", _("办理中")
        EFFECTIVE = "effective", _("已生效")
        REFUSED = "refused", _("不能改")
        WITHDRAWN = "withdrawn", _("已撤回")

    series = "GG"
    provisional_prefix = "G"
    lock_with = ("created_by",)
    found_with = ("order", "formal_number")

    order = models.ForeignKey(Order, models.PROTECT, related_name="change_requests", verbose_name=_("业务单"))
    order_version = models.PositiveIntegerField(_("改的是第几版"))
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    reason = models.TextField(_("更改原因"))
    basis = models.CharField(_("客户依据"), max_length=200, blank=True)
    cancel = models.BooleanField(_("整单取消"), default=False)
    departments = models.ManyToManyField(Department, related_name="+", verbose_name=_("参加评审的部门"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    created_at = models.DateTimeField(_("起草时间"), default=clock.now)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    sha256 = models.CharField(_("内容指纹"), max_length=64, blank=True)
    customer_agreed = models.TextField(_("客户同意的内容"), blank=True)
    agreed_date = models.DateField(_("客户同意的交期"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("不经评审同意的人"),
    )
    decided_at = models.DateTimeField(_("不经评审同意的时间"), null=True, blank=True)
    decided_words = models.TextField(_("不经评审同意的理由"), blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_reason = models.TextField(_("结束理由"), blank=True)

    objects: ClassVar[models.Manager[Any]] = ChangeQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("更改申请")
        triggers: ClassVar = [*OrderPart.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.UniqueConstraint(fields=["order"], condition=Q(state__in=OPEN), name="one_open_change_per_order"),
            models.CheckConstraint(
                name="submitted_change_has_its_number",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(formal_number__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="change_by_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.order_id}"

    # --- facts about one change --------------------------------------------------------------------------------------
    @cached_property
    def lines_now(self) -> list[ChangeLine]:
        """逐行的更改，按先后；锁住以后只读一次。"""
        rows = self.lines.select_related("line", "product", "business_kind", "kind_version")
        return list(rows.order_by("position"))

    @cached_property
    def last_round(self) -> Round | None:
        """最近一轮评审。"""
        found: Round | None = self.rounds.order_by("-number").first()
        return found

    @property
    def content(self) -> dict[str, Any]:
        """提交时定下的全部：改的是哪一版，逐行改什么，或者整单取消（I19）。"""
        return {
            "order": self.order_id,
            "order_version": self.order_version,
            "cancel": self.cancel,
            "lines": [line.content for line in self.lines_now],
        }

    @property
    def changes(self) -> Changes:
        """What it asks, as the orders floor takes it."""
        return Changes(tuple(line.change for line in self.lines_now), self.cancel)

    @property
    def is_agreed(self) -> bool:
        """评审通过了，或者客户同意评审结果，或者只改价格、主任直接同意：可以编通知单、可以签。"""
        if self.state != self.State.REVIEWING:
            return False
        if self.decided_at is not None:
            return True
        last = self.last_round
        return last is not None and bool(last.state == "passed" or (last.state == "unmet" and self.customer_agreed))

    @property
    def delivery_date(self) -> dt.date:
        """更改以后的交期：客户同意的，没有另说就是评审定的。"""
        reviewed = self.last_round.delivery_date if self.last_round is not None else None
        if self.cancel or self.decided_at is not None:
            return self.order.delivery_date
        return self.agreed_date or reviewed or self.order.delivery_date

    @property
    def changed_order(self) -> Order:
        """业务单改了以后的样子，没有存。"""
        if self.cancel or self.state == self.State.EFFECTIVE:
            return self.order
        return as_changed(self.order, self.changes, promised=self.delivery_date if self.is_agreed else None)

    @property
    def needs_review(self) -> bool:
        """要请有关的部门评审；只改单价、费用的不用，主任同意就行（第二十二条）。"""
        return self.cancel or not self.lines_now or not all(line.only_money for line in self.lines_now)

    def question(self) -> object:
        """What the higher floors are asked at the signature."""
        return MayCancel(self.order) if self.cancel else MayApplyChange(self.order, self.changes)

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        permission=Right("reviews.request_change", when=works),
        conditions=[guards.something_changes, guards.order_is_as_it_was, guards.changed_lines_are_complete],
        custom={
            "label": _("提交更改"),
            "article": "第二十二条",
            "rule": "A22",
            "asks": _may_apply,
            "takes_number": True,
        },
    )
    def submit(self, *, by: User) -> None:
        """跟单员提交，取号，等主任组织评审；改什么从此定下，各部门签的就是它（第二十二条）。"""
        self.submitted_at = clock.now()
        self.sha256 = fingerprint(self.content)

    @transition(
        field=state,
        source=[State.SUBMITTED, State.REVIEWING],
        target=State.REVIEWING,
        permission=Right("reviews.open_round", when=leads),
        conditions=[guards.order_is_as_it_was, guards.no_round_is_open],
        custom={"label": _("组织评审"), "article": "第二十二条", "rule": "A22", "driven": True},
    )
    def review(self, *, by: User) -> None:
        """主任组织评审，只请有关的部门；再来一轮，客户上回同意的不算（第二十二条）。"""
        self.customer_agreed = ""
        self.agreed_date = None
        self.decided_by, self.decided_at, self.decided_words = None, None, ""

    @transition(
        field=state,
        source=[State.SUBMITTED, State.REVIEWING],
        target=State.REVIEWING,
        permission=Right("reviews.conclude", when=leads, unless=asked_for_it),
        conditions=[
            guards.order_is_as_it_was,
            guards.no_round_is_open,
            guards.only_prices_change,
            guards.not_decided_yet,
        ],
        custom={"label": _("不用评审，同意更改"), "article": "第二十二条", "rule": "A22", "needs_reason": True},
    )
    def agree_without_review(self, *, by: User, words: str) -> None:
        """只改单价，与各部门无关：主任写明理由直接同意，新单仍由总经理签（第二十二条）。"""
        self.decided_by, self.decided_at, self.decided_words = by, clock.now(), words

    @transition(
        field=state,
        source=State.REVIEWING,
        target=State.REVIEWING,
        permission=Right("orders.agree_as_reviewed", when=leads),
        conditions=[guards.round_wants_negotiation],
        custom={"label": _("客户同意评审结果"), "article": "第二十条", "rule": "A20.6"},
    )
    def agree_as_reviewed(self, *, by: User, customer_answer: str, delivery_date: dt.date | None) -> None:
        """客户同意按评审结果改，记下同意了什么（第二十条）。"""
        self.customer_agreed = customer_answer
        self.agreed_date = delivery_date

    @transition(
        field=state,
        source=[State.SUBMITTED, State.REVIEWING],
        target=State.REFUSED,
        permission=Right("reviews.conclude", when=leads),
        custom={"label": _("不能改"), "article": "第二十二条", "rule": "A22", "needs_reason": True},
    )
    def refuse(self, *, by: User, words: str) -> None:
        """评审或主任认为不能改，业务单照旧（第二十二条）。"""
        self._ended(words)

    @transition(
        field=state,
        source=[State.DRAFT, State.SUBMITTED, State.REVIEWING],
        target=State.WITHDRAWN,
        permission=Right("reviews.request_change", when=works),
        custom={"label": _("撤回更改"), "article": "第二十二条", "rule": "A22"},
    )
    def withdraw(self, *, by: User, words: str) -> None:
        """客户不改了，撤回；业务单照旧（第二十二条）。"""
        self._ended(words)

    @transition(
        field=state,
        source=State.REVIEWING,
        target=State.EFFECTIVE,
        permission=Right("orders.view"),
        custom={"label": _("更改生效"), "article": "第二十二条", "rule": "A22", "driven": True},
    )
    def take_effect(self, *, by: User) -> None:
        """通知单（更改）签发，更改即时生效，旧单即时作废（第二十二条）。"""
        self._ended("")

    def _ended(self, words: str) -> None:
        self.ended_at = clock.now()
        self.ended_reason = words
