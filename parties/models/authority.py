"""授权书、请假代理、金额权限（第十九条、第二十条、B10）。"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parties.models.staff import Department, User
from parties.roles import Role


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    """Written authorisations, narrowed to those that still hold."""

    def valid(
        self, *, delegate: User, scope: str, on: dt.date, department_id: int | None = None
    ) -> AuthorisationQuerySet:
        """有效的授权书：在期限内、未撤销、范围与部门相符（第十九条）。"""
        rows = self.filter(
            delegate=delegate, scope=scope, valid_from__lte=on, valid_to__gte=on, revoked_by__isnull=True
        )
        rows = rows.filter(revokes__isnull=True)
        return rows if department_id is None else rows.filter(department_id=department_id)


class Authorisation(models.Model):
    """授权书：谁授权谁、做什么、到哪天；只加不改，撤销另立一份（第十九条、第二十条）。"""

    append_only = True

    class Scope(models.TextChoices):
        SIGN_NOTICE = "sign_notice", _("签发业务通知单")
        SIGN_REVIEW = "sign_review", _("代部门签评审")

    number = models.CharField(_("授权书编号"), max_length=40, unique=True)
    scope = models.CharField(_("范围"), max_length=20, choices=Scope)
    grantor = models.ForeignKey(User, models.PROTECT, related_name="authorisations_given", verbose_name=_("授权人"))
    delegate = models.ForeignKey(User, models.PROTECT, related_name="authorisations_held", verbose_name=_("被授权人"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="authorisations", verbose_name=_("部门")
    )
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"))
    revokes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revoked_by", verbose_name=_("撤销")
    )
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects: ClassVar[models.Manager[Authorisation]] = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("授权书")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="authorisation_period_runs_forward", condition=Q(valid_to__gte=models.F("valid_from"))
            ),
            models.CheckConstraint(name="authorisation_is_for_another", condition=~Q(grantor=models.F("delegate"))),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'gendan: % is append-only', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """Deputies for leave, narrowed by day."""

    def on(self, day: dt.date) -> DeputyQuerySet:
        """当天有效的代理：提前回来的，从回来那天起不再算。"""
        return self.since(day).filter(first_day__lte=day)

    def since(self, day: dt.date) -> DeputyQuerySet:
        """这一天还没有过去的。"""
        return self.filter(Q(back_on__isnull=True) | Q(back_on__gt=day), last_day__gte=day)

    def touching(self, first: dt.date, last: dt.date) -> DeputyQuerySet:
        """与这几天有重叠的。"""
        return self.since(first).filter(first_day__lte=last).exclude(back_on__lte=models.F("first_day"))


@pghistory.track(append_only=True)
class Deputy(models.Model):
    """请假代理：哪几天由谁代办，过了最后一天自己回来（第三条）。"""

    person = models.ForeignKey(User, models.PROTECT, related_name="leaves", verbose_name=_("请假人"))
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputised", verbose_name=_("代理人"))
    first_day = models.DateField(_("起"))
    last_day = models.DateField(_("止"))
    back_on = models.DateField(_("提前回来"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提前结束")
    )

    objects: ClassVar[models.Manager[Deputy]] = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("请假代理")
        constraints: ClassVar = [
            models.CheckConstraint(name="deputy_period_runs_forward", condition=Q(last_day__gte=models.F("first_day"))),
            models.CheckConstraint(name="deputy_is_another", condition=~Q(person=models.F("deputy"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["deputy", "last_day"], name="deputy_by_deputy"),
            models.Index(fields=["person", "last_day"], name="deputy_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy}"


class AmountLimit(models.Model):
    """金额权限：某岗位某事最多批到多少（B10）。"""

    role = models.CharField(_("岗位"), max_length=20, choices=Role)
    purpose = models.SlugField(_("事项"), max_length=40)
    amount = models.DecimalField(_("上限"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = _("金额权限")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "purpose"], name="one_limit_per_role_and_purpose"),
            models.CheckConstraint(name="amount_limit_is_money", condition=Q(amount__gte=0, amount__lt=10**12)),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.purpose}"
