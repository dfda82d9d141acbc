"""报价单：有版本、有有效期，送出以后不改，改要另出新版（B1；DESIGN §5）。"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders import quoting
from orders.models.inquiry import Inquiry
from orders.models.kind import BusinessKind
from orders.rights import SEES_ALL_QUOTATIONS, quotes
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import Customer, Team, User
from parties.models.customer import PaymentTerms
from parties.roles import Role
from workflow import clock
from workflow.deputies import persons
from workflow.guards import Right
from workflow.models import Stateful
from workflow.search import matching, search_text

if TYPE_CHECKING:
    from orders.models.quoted import QuotationLine

ARTICLE = "B类 询报价"
CONTENT = (
    "root", "version", "customer_name", "contact", "business_kind", "valid_until", "currency", "tax_rate",
    "prices_include_tax", "payment_terms", "terms",
)  # fmt: skip
SENT_IS_NEVER_EDITED = pgtrigger.Trigger(
    name="sent_is_never_edited",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange(*CONTENT),
    func="""
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'gendan: a quotation that was sent is never edited';
    END IF;
    RETURN NEW;
    """,
)


class QuotationQuerySet(NumberedQuerySet):
    """Quotations, narrowed to what a person may see and looks for."""

    def visible_to(self, user: User) -> Self:
        """这个人看得见的报价（第三条、B7）：自己经办或跟的、本班组的，总监与总经理看全部。"""
        if not user.may("orders.view_quotations"):
            return self.none()
        if user.role in SEES_ALL_QUOTATIONS:
            return self
        known = persons(user)
        seen = Q(holder__in=known) | Q(coordinator__in=known)
        leading = [person for person in known if person.role == Role.SUPERVISOR]
        return self.filter(seen | Q(team__supervisor__in=leading) if leading else seen | Q(salesperson__in=known))

    def searched(self, words: str) -> Self:
        """按编号、客户、品名找。"""
        return matching(self, words)


class Quotation(Stateful, Numbered):
    """一张报价单的一版；同一张的各版共用首版的编号（B1）。"""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SENT = "sent", _("已送出")
        ACCEPTED = "accepted", _("客户接受")
        DECLINED = "declined", _("客户未接受")
        EXPIRED = "expired", _("已过期")
        SUPERSEDED = "superseded", _("已出新版")
        DISCARDED = "discarded", _("已作废")

    series = "BJ"
    provisional_prefix = "B"
    # Not `order` and `customer`: a locked re-read that had to wait would bring their old rows along with the new keys.
    lock_with = ("inquiry", "business_kind", "holder", "coordinator", "salesperson", "team")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("首版")
    )
    version = models.PositiveSmallIntegerField(_("版"), default=1)
    inquiry = models.ForeignKey(
        Inquiry, models.PROTECT, null=True, blank=True, related_name="quotations", verbose_name=_("询盘")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("客户")
    )
    customer_name = models.CharField(_("客户名称"), max_length=120)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    business_kind = models.ForeignKey(BusinessKind, models.PROTECT, related_name="+", verbose_name=_("业务种类"))
    valid_until = models.DateField(_("有效期至"))
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    tax_rate = models.DecimalField(_("税率"), max_digits=5, decimal_places=4, default=Decimal("0.13"))
    prices_include_tax = models.BooleanField(_("单价含税"), default=True)
    payment_terms = models.CharField(_("付款方式"), max_length=20, choices=PaymentTerms)
    terms = models.TextField(_("条款"), blank=True)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("跟单员")
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务员")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("班组"))
    sent_at = models.DateTimeField(_("送出时间"), null=True, blank=True)
    sent_to = models.CharField(_("送给"), max_length=60, blank=True)
    sent_how = models.CharField(_("送法"), max_length=60, blank=True)
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    customer_answer = models.TextField(_("客户的答复"), blank=True)
    order = models.ForeignKey(
        "orders.Order", models.PROTECT, null=True, blank=True, related_name="quotations", verbose_name=_("业务单")
    )
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("登记时间"), default=clock.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("报价单")
        triggers: ClassVar = [*Stateful.Meta.triggers, *Numbered.Meta.triggers, SENT_IS_NEVER_EDITED]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.CheckConstraint(name="quotation_names_its_customer", condition=~Q(customer_name="")),
            models.CheckConstraint(name="quotation_tax_rate_is_a_rate", condition=Q(tax_rate__gte=0, tax_rate__lt=1)),
            models.CheckConstraint(
                name="quotation_first_version_is_the_root",
                condition=Q(version=1, root__isnull=True) | Q(version__gt=1, root__isnull=False),
            ),
            models.UniqueConstraint(fields=["root", "version"], name="quotation_versions_differ"),
            models.UniqueConstraint(
                fields=["root"], condition=Q(state="draft"), name="one_new_version_of_a_quotation_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "-id"], name="quotation_by_holder"),
            models.Index(fields=["team", "-id"], name="quotation_by_team"),
            models.Index(fields=["state", "valid_until"], name="quotation_by_validity"),
            models.Index(fields=["state", "-id"], name="quotation_by_state"),
            models.Index(fields=["sent_at"], name="quotation_by_sent"),
            GinIndex(SearchVector("search_text", config="simple"), name="quotation_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.customer_name}"

    def chain_roots(self) -> models.QuerySet[Any] | None:
        """The first version is locked before any of the later ones: what is done to one, none of the others does."""
        return Quotation.objects.filter(pk=self.root_id) if self.root_id else None

    def take_roots(self, roots: Iterable[Any]) -> None:
        for root in roots:
            self.root = root

    # --- facts about one quotation -----------------------------------------------------------------------------------
    @cached_property
    def lines_now(self) -> list[QuotationLine]:
        """各行连同数量阶梯，按行号；列表已经一并读来的不再读。"""
        if "lines" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.lines.all())
        return list(self.lines.select_related("product").prefetch_related("steps").order_by("position"))

    @property
    def versions_now(self) -> list[Quotation]:
        """同一张报价单的各版，旧的在前；每次现读。"""
        first = self.root_id or self.pk
        return list(Quotation.objects.filter(Q(pk=first) | Q(root=first)).order_by("version"))

    def take_number(self) -> None:
        """首版取新号，后来的版用首版的号加版次；从此按号找得到。"""
        if self.root is not None and self.formal_number is None:
            self.formal_number = f"{self.root.formal_number}-{self.version}"
        super().take_number()
        self.search_text = f"{search_text(self.number)} {self.search_text}"

    # --- the machine -------------------------------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.SENT,
        permission=Right("orders.quote", when=quotes),
        conditions=[quoting.has_lines, quoting.is_valid_still, quoting.no_version_is_accepted],
        custom={"label": _("送出报价"), "article": ARTICLE, "rule": "B1", "takes_number": True},
    )
    def send(self, *, by: User, to: str, how: str) -> None:
        """送给客户，取号，从此不改（B类 询报价）。"""
        self.sent_at = clock.now()
        self.sent_to = to
        self.sent_how = how

    @transition(
        field=state,
        source=State.DRAFT,
        target=State.DISCARDED,
        permission=Right("orders.quote", when=quotes),
        custom={"label": _("作废草稿"), "article": ARTICLE, "rule": "B1"},
    )
    def discard(self, *, by: User) -> None:
        """草稿不要了（B类 询报价）。"""

    @transition(
        field=state,
        source=State.SENT,
        target=State.ACCEPTED,
        permission=Right("orders.quote", when=quotes),
        conditions=[quoting.is_valid_still],
        custom={"label": _("客户接受"), "article": ARTICLE, "rule": "B1"},
    )
    def accept(self, *, by: User, answer: str) -> None:
        """客户在有效期内接受（B类 询报价）。"""
        self.accepted_at = clock.now()
        self.customer_answer = answer

    @transition(
        field=state,
        source=State.SENT,
        target=State.DECLINED,
        permission=Right("orders.quote", when=quotes),
        custom={"label": _("客户未接受"), "article": ARTICLE, "rule": "B1", "needs_reason": True},
    )
    def decline(self, *, by: User, words: str) -> None:
        """客户没有接受，写明原因（B类 询报价）。"""
        self.customer_answer = words

    @transition(
        field=state,
        source=State.SENT,
        target=State.EXPIRED,
        permission=Right("orders.view_quotations"),
        conditions=[quoting.validity_is_over],
        custom={"label": _("过了有效期"), "article": ARTICLE, "rule": "B1", "driven": True},
    )
    def expire(self, *, by: User) -> None:
        """有效期过了，系统标明（B类 询报价）。"""

    @transition(
        field=state,
        source=State.SENT,
        target=State.SUPERSEDED,
        permission=Right("orders.quote"),
        custom={"label": _("被新版取代"), "article": ARTICLE, "rule": "B1", "driven": True},
    )
    def supersede(self, *, by: User) -> None:
        """新版送出，旧版不再有效，仍可查看（B类 询报价）。"""
