"""询盘：客户问了什么、要几时答复，答了没有（B1）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.rights import SEES_ALL_QUOTATIONS, handles_inquiry
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import Customer, Team, User
from parties.roles import Role
from workflow import clock
from workflow.deputies import persons
from workflow.guards import Right
from workflow.models import Stateful
from workflow.search import matching


class InquiryQuerySet(NumberedQuerySet):
    """Inquiries, narrowed to what a person may see and looks for."""

    def visible_to(self, user: User) -> Self:
        """这个人看得见的询盘（第三条、B7）：自己的、本班组的，总监与总经理看全部。"""
        if not user.may("orders.view_quotations"):
            return self.none()
        if user.role in SEES_ALL_QUOTATIONS:
            return self
        known = persons(user)
        leading = [person for person in known if person.role == Role.SUPERVISOR]
        own = Q(team__supervisor__in=leading) if leading else Q(customer__salesperson__in=known)
        return self.filter(own | Q(holder__in=known))

    def searched(self, words: str) -> Self:
        """按编号、客户、联系人、所问的找。"""
        return matching(self, words)


class Inquiry(Stateful, Numbered):
    """一次询盘：谁问、从哪里问、问什么、几时要答（B1）。"""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已报价")
        CLOSED = "closed", _("已关闭")

    class Channel(models.TextChoices):
        PHONE = "phone", _("电话")
        EMAIL = "email", _("邮件")
        CHAT = "chat", _("微信等聊天")
        VISIT = "visit", _("来访、拜访")
        FAIR = "fair", _("展会")
        OTHER = "other", _("其他")

    series = "XP"
    provisional_prefix = "X"
    lock_with = ("customer", "holder", "team")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.OPEN, protected=True)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("客户")
    )
    customer_name = models.CharField(_("客户名称"), max_length=120)
    asked_by = models.CharField(_("询价人"), max_length=60)
    reach = models.CharField(_("电话或邮箱"), max_length=80, blank=True)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    received_at = models.DateTimeField(_("收到时间"), default=clock.now)
    asked = models.TextField(_("所问"))
    due = models.DateField(_("要答复的日期"))
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("班组"))
    closed_reason = models.TextField(_("关闭原因"), blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("登记时间"), default=clock.now)

    objects: ClassVar[models.Manager[Any]] = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("询盘")
        triggers: ClassVar = [*Stateful.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.CheckConstraint(name="inquiry_names_who_asks", condition=~Q(customer_name="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "-id"], name="inquiry_by_holder"),
            models.Index(fields=["team", "-id"], name="inquiry_by_team"),
            models.Index(fields=["state", "-id"], name="inquiry_by_state"),
            GinIndex(SearchVector("search_text", config="simple"), name="inquiry_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.customer_name}"

    @transition(
        field=state,
        source=State.OPEN,
        target=State.ANSWERED,
        permission=Right("orders.quote"),
        custom={"label": _("以报价答复"), "article": "B类 询报价", "rule": "B1", "driven": True},
    )
    def answer(self, *, by: User) -> None:
        """报价单送出，询盘就答复了（B类 询报价）。"""

    @transition(
        field=state,
        source=State.OPEN,
        target=State.CLOSED,
        permission=Right("orders.quote", when=handles_inquiry),
        custom={"label": _("不报价，关闭"), "article": "B类 询报价", "rule": "B1", "needs_reason": True},
    )
    def close(self, *, by: User, words: str) -> None:
        """不报价了，写明原因（B类 询报价）。"""
        self.closed_reason = words
