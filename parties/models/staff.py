"""人员、部门、班组（第一章、第三条）。"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from parties.models.means import Means
from parties.roles import Function, Role, rights_of


class Company(models.Model):
    """本公司：一套系统一家公司，名称与标志印在每一张单据上。"""

    name = models.CharField(_("公司名称"), max_length=80)
    english_name = models.CharField(_("英文名称"), max_length=120, blank=True)
    short_name = models.CharField(_("简称"), max_length=20, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公司")

    def __str__(self) -> str:
        return self.name


@pghistory.track(append_only=True)
class Department(models.Model):
    """部门：有第一负责人，评审签字与通知单签收都落到部门（第十七条、第十九条）。"""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    function = models.CharField(_("职能"), max_length=20, choices=Function)
    head = models.ForeignKey(
        "parties.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="headed_departments",
        verbose_name=_("第一负责人"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("部门")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """跟单班组：一名主任带若干跟单员（第三条）。"""

    name = models.CharField(_("名称"), max_length=40, unique=True)
    supervisor = models.ForeignKey(
        "parties.User", models.PROTECT, null=True, blank=True, related_name="led_teams", verbose_name=_("主任")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("班组")

    def __str__(self) -> str:
        return self.name


class StaffManager(UserManager["User"]):
    """Reads a person together with the department whose function gives rights."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.select_related("department").get(username=username)


class User(AbstractUser):
    """一个人：姓名、岗位、部门、班组；动作总有一个人来承担（第三条）。"""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)
    role = models.CharField(_("岗位"), max_length=20, choices=Role, default=Role.DEPARTMENT)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("部门")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("班组")
    )
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    initial_password = models.BooleanField(_("初始口令，第一次登录要改"), default=False)

    # Written with every leave, so that most people need not be looked up among the deputies at all.
    deputises_until = models.DateField(_("代别人到哪天"), null=True, blank=True, editable=False)

    objects: ClassVar[StaffManager] = StaffManager()
    stands_in_for: tuple[dt.date, tuple[User, ...]] | None = None  # kept by workflow.deputies for one request
    proved_by: str = ""  # the means by which this very request proved the person

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """姓名，印在单据与时间线上。"""
        return str(self)

    @cached_property
    def rights(self) -> frozenset[str]:
        """岗位与部门职能合起来的权利（第三条）。"""
        return rights_of(self.role, self.department.function if self.department else "")

    def may(self, right: str) -> bool:
        """Whether this active person holds the right; rows are narrowed elsewhere by relation."""
        return self.is_active and right in self.rights

    def heads(self, department_id: int | None) -> bool:
        """是否该部门第一负责人（第十九条）。"""
        return (
            self.department is not None and self.department_id == department_id and self.department.head_id == self.pk
        )


class SignIn(models.Model):
    """一次登录：本人看得到自己在哪里登录着，可以请出去（第三条）。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name=_("人员"))
    session_key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(_("登录时间"), auto_now_add=True)
    address = models.GenericIPAddressField(_("地址"), null=True, blank=True)
    agent = models.CharField(_("浏览器"), max_length=200, blank=True)
    means = models.CharField(_("凭什么进来的"), max_length=12, choices=Means, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录")

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"
