"""管理后台也照字段的权利：看不见钱的人，那里也没有额度和参考价（B7）。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from parties.roles import MONEY_RIGHT


class MoneyApart(admin.ModelAdmin):  # type: ignore[type-arg]
    """Columns and fields that hold money are there for those who may see it; for the others they do not exist."""

    money: Sequence[str] = ()

    def _hidden(self, request: HttpRequest) -> frozenset[str]:
        user: Any = request.user
        return frozenset() if user.may(MONEY_RIGHT) else frozenset(self.money)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        hidden = self._hidden(request)
        return [name for name in super().get_list_display(request) if name not in hidden]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*(super().get_exclude(request, obj) or ()), *sorted(self._hidden(request))]
