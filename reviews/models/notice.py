"""《业务通知单》：评审之后总经理签发，各部门照它做；签了内容就不变（第六条、第二十条）。"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from orders.models.part import OfOrder, OrderPart
from papers.canonical import HASH_VERSION
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import User
from parties.roles import Role
from reviews import guards
from reviews.events import MaySign
from reviews.models.change import ChangeRequest
from reviews.models.round import Round
from reviews.rights import leads, made_it, signs_notices, works
from workflow import clock
from workflow.deputies import department_ids
from workflow.guards import Right

if TYPE_CHECKING:
    from papers.models import Paper
    from reviews.models.copy import NoticeCopy

SEES_DRAFTS = frozenset(
    {Role.COORDINATOR, Role.SUPERVISOR, Role.DIRECTOR, Role.GM, Role.OFFICE, Role.SALES, Role.MACHINE, Role.ADMIN}
)
CONTENT = (
    "content",
    "sha256",
    "hash_version",
    "order_version",
    "order_id",
    "round_id",
    "made_by_id",
    "change_of_id",
    "change_id",
)


class NoticeQuerySet(OfOrder, NumberedQuerySet):
    """Notices, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """营销中心与签发人看得见全部；部门只看得见发给它的（第六条：没有签字，部门拿不到）。"""
        rows: Self = super().visible_to(user)
        if user.role in SEES_DRAFTS:
            return rows
        if user.role == Role.FINANCE:
            return rows.exclude(state__in=(Notice.State.DRAFT, Notice.State.REFUSED))
        from reviews.models.copy import NoticeCopy

        given = NoticeCopy.objects.filter(notice=OuterRef("pk"), department__in=department_ids(user))
        return rows.filter(Exists(given))

    def live(self) -> Self:
        """签了、没有作废的那一张。"""
        return self.filter(state__in=(Notice.State.SIGNED, Notice.State.ISSUED))


CONTENT_STAYS = pgtrigger.Protect(
    name="signed_content_stays",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__state__in=["signed", "issued", "void", "refused"])
    & (
        pgtrigger.Q(new__content__df=pgtrigger.F("old__content"))
        | pgtrigger.Q(new__sha256__df=pgtrigger.F("old__sha256"))
        | pgtrigger.Q(new__hash_version__df=pgtrigger.F("old__hash_version"))
        | pgtrigger.Q(new__order_version__df=pgtrigger.F("old__order_version"))
        | pgtrigger.Q(new__order__df=pgtrigger.F("old__order"))
        | pgtrigger.Q(new__round__df=pgtrigger.F("old__round"))
        | pgtrigger.Q(new__change_of__df=pgtrigger.F("old__change_of"))
        | pgtrigger.Q(new__change__df=pgtrigger.F("old__change"))
        | pgtrigger.Q(new__signed_by__df=pgtrigger.F("old__signed_by"))
    ),
)


class Notice(OrderPart, Numbered):
    """业务通知单：编制、签发、发放、作废（第六条、第二十条、第二十二条）。"""

    series = "TZ"
    provisional_prefix = "N"
    lock_with = (
        "made_by",
        "signed_by",
        "change_of",
        "change",
        "round__opened_by",
        "round__balanced_by",
        "round__concluded_by",
    )

    found_with = ("order", "round", "formal_number")
    broken = ""  # in words, once reviews.verifying has looked

    class State(models.TextChoices):
        DRAFT = "draft", _("待签发")
        SIGNED = "signed", _("已签，待发放")
        ISSUED = "issued", _("现行")
        REFUSED = "refused", _("总经理没有签")
        VOID = "void", _("作废")

    order = models.ForeignKey(Order, models.PROTECT, related_name="notices", verbose_name=_("业务单"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="notices", verbose_name=_("评审"))
    change_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="changed_by", verbose_name=_("更改自")
    )
    change = models.ForeignKey(
        ChangeRequest, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("更改申请")
    )
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    version = models.PositiveIntegerField(_("版本"), default=1)
    order_version = models.PositiveIntegerField(_("业务单版本"))
    content: Any = models.JSONField(_("内容"))
    sha256 = models.CharField(_("内容指纹"), max_length=64)
    hash_version = models.PositiveSmallIntegerField(default=HASH_VERSION)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("编制"))
    made_at = models.DateTimeField(_("编制时间"), default=clock.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发")
    )
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发放")
    )
    issued_at = models.DateTimeField(_("发放时间"), null=True, blank=True)
    refused_reason = models.TextField(_("没有签的理由"), blank=True)
    void_reason = models.TextField(_("作废理由"), blank=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = NoticeQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("业务通知单")
        triggers: ClassVar = [*OrderPart.Meta.triggers, *Numbered.Meta.triggers, CONTENT_STAYS]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=["signed", "issued"]), name="one_live_notice_per_order"
            ),
            models.UniqueConstraint(fields=["order"], condition=Q(state="draft"), name="one_draft_notice_per_order"),
            models.CheckConstraint(
                name="signed_notice_has_its_number",
                condition=~Q(state__in=["signed", "issued"])
                | Q(formal_number__isnull=False, signed_by__isnull=False, signed_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], name="notice_to_sign", condition=Q(state="draft")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.order_id}"

    def take_order(self, order: Order) -> None:
        super().take_order(order)
        self.round.order = order
        if self.change is not None:
            self.change.order = order

    @cached_property
    def copies_now(self) -> list[NoticeCopy]:
        """各份，按份号。"""
        rows = self.copies.select_related("department", "acknowledged_by", "returned_by", "lost_approved_by")
        return list(rows.order_by("number"))

    paper_now: Paper | None = None  # set where the paper was just filed

    @property
    def is_current(self) -> bool:
        """内容正是业务单现在这一版、现在的交期；还没签的更改，是更改生效以后的那一版。"""
        version, delivery = self.order.version, self.order.delivery_date
        if self.change is not None and self.state == self.State.DRAFT:
            version, delivery = version + 1, self.change.delivery_date
        return self.order_version == version and self.content["delivery_date"] == delivery.isoformat()

    def question(self) -> object:
        """What is asked of the higher floors before the signature: a change's own question is asked again."""
        return MaySign(self) if self.change is None else self.change.question()

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.SIGNED,
        permission=Right("reviews.view", when=signs_notices, unless=made_it),
        conditions=[
            guards.order_is_agreed,
            guards.change_is_agreed,
            guards.content_is_of_today,
            guards.review_form_is_signed,
        ],
        custom={"label": _("签发"), "article": "第二十条", "rule": "A6.3a", "takes_number": True, "asks": question},
    )
    def sign(self, *, by: User) -> None:
        """总经理或被授权人签发，取号，内容从此不变（第六条、第二十条）。"""
        self.signed_by = by
        self.signed_at = clock.now()

    @transition(
        field=state,
        source=State.DRAFT,
        target=State.REFUSED,
        permission=Right("reviews.refuse_notice"),
        custom={"label": _("不签"), "article": "第二十条", "rule": "A20.6", "needs_reason": True},
    )
    def refuse(self, *, by: User, words: str) -> None:
        """总经理没有签，写明理由，主任退回协商（第二十条）。"""
        self.refused_reason = words

    @transition(
        field=state,
        source=State.SIGNED,
        target=State.ISSUED,
        permission=Right("reviews.issue_notice", when=works),
        conditions=[guards.order_is_agreed, guards.change_is_effective, guards.content_is_of_today],
        custom={"label": _("发放"), "article": "第六条", "rule": "A6.3b"},
    )
    def issue(self, *, by: User) -> None:
        """签字的通知单按份发到各部门，原件归档营销中心（第六条）。"""
        self.issued_by = by
        self.issued_at = clock.now()

    @transition(
        field=state,
        source=[State.DRAFT, State.SIGNED, State.ISSUED],
        target=State.VOID,
        permission=Right("orders.view"),
        custom={"label": _("作废"), "article": "第二十二条", "rule": "A22", "needs_reason": True, "driven": True},
    )
    def void(self, *, by: User, words: str) -> None:
        """被更改取代、或业务单取消，这一张作废，各份收回（第二十二条）。"""
        self.void_reason = words
        self.voided_at = clock.now()

    def may_lead(self, user: User) -> bool:
        """这个人是不是带这张单的主任。"""
        return leads(self, user)
