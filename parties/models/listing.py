"""每个人自己的列表：存下的筛选（视图）与要看的列。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parties.models.staff import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views of one list that a person may choose from."""

    def offered_to(self, user: User, page: str) -> SavedViewQuerySet:
        """自己的，加上主任共享给本组的。"""
        shared = Q(shared=True, owner__led_teams=user.team_id) if user.team_id else Q(pk=None)
        return self.filter(Q(owner=user) | shared, page=page).select_related("owner").order_by("id").distinct()

    def keep(self, user: User, page: str, name: str, query: str, *, shared: bool = False) -> SavedView:
        """存成视图；同名的换成新的。"""
        view, _made = self.update_or_create(
            owner=user, page=page, name=name, defaults={"query": query[:1000], "shared": shared}
        )
        return view


class SavedView(models.Model):
    """视图：一个列表的一组筛选，起个名字，下次一点就到。"""

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    page = models.SlugField(max_length=40)
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=1000, blank=True)
    shared = models.BooleanField(_("共享给本组"), default=False)

    objects: ClassVar[Any] = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("视图")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="view_names_differ_per_owner")
        ]

    def __str__(self) -> str:
        return self.name


class ListColumnsManager(models.Manager["ListColumns"]):
    """Whose columns of which list."""

    def chosen_by(self, user: User, page: str) -> list[str]:
        """这个人选的列；没有选过就是空的。"""
        row = self.filter(owner=user, page=page).first()
        return list(row.columns) if row else []

    def choose(self, user: User, page: str, columns: list[str]) -> None:
        """按人保存；空的就是恢复默认。"""
        if columns:
            self.update_or_create(owner=user, page=page, defaults={"columns": columns})
        else:
            self.filter(owner=user, page=page).delete()


class ListColumns(models.Model):
    """一个人在一个列表上要看的列。"""

    owner = models.ForeignKey(User, models.CASCADE, related_name="list_columns")
    page = models.SlugField(max_length=40)
    columns: Any = models.JSONField(default=list)

    objects: ClassVar[ListColumnsManager] = ListColumnsManager()

    class Meta:
        verbose_name = verbose_name_plural = _("列设置")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "page"], name="one_choice_of_columns_per_list")
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.page}"
