"""What a business kind says, typed: one frozen reading of a version's content, asked by every floor (第五条)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from papers.canonical import canonical, fingerprint

if TYPE_CHECKING:
    from orders.models import BusinessKind

COLUMNS = (
    "code", "name", "departments", "copies", "milestones", "required_order", "required_line", "over_percent",
    "under_percent", "options",
)  # fmt: skip


@dataclass(frozen=True)
class Window:
    """每天的一段时间，或每月的几天（C3、C5）。"""

    start: str
    end: str


@dataclass(frozen=True)
class KindRules:
    """一个业务种类某一版的全部规矩：业务单照它登记时的那一版做（第五条）。"""

    code: str
    name: str
    departments: tuple[str, ...]
    copies: tuple[str, ...]
    milestones: tuple[Mapping[str, Any], ...]
    required_order: tuple[str, ...]
    required_line: tuple[str, ...]
    over_percent: Decimal
    under_percent: Decimal
    options: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def manufacturing(self) -> tuple[str, ...]:
        """哪些部门签收了才能投产（A6.3b）。"""
        named = self.options.get("manufacturing") or ()
        return (named,) if isinstance(named, str) else tuple(named)

    @property
    def buffer_days(self) -> int:
        """最晚的计划日期之后再留几天（A17）。"""
        return int(self.options.get("buffer_days") or 0)

    @property
    def organiser(self) -> str:
        """除主任以外，还有哪个部门组织评审（A16）；没有就是空。"""
        return str(self.options.get("organiser") or "")

    @property
    def aspects(self) -> Mapping[str, str]:
        """部门在评审里答什么；没有写的按部门职能（A17）。"""
        return self.options.get("aspects") or {}

    @property
    def point_words(self) -> Mapping[str, Mapping[str, str]]:
        """六项（和成本）里换了说法的：代码 → 名称与提示（第十八条）。"""
        return self.options.get("point_words") or {}

    @property
    def points(self) -> tuple[Mapping[str, str], ...]:
        """六项以外另加的各项：代码、名称、看什么（第十八条）。"""
        return tuple(self.options.get("points") or ())

    @property
    def papers(self) -> tuple[str, ...]:
        """投产前要齐的资料（D6）。"""
        return tuple(self.options.get("papers") or ())

    @property
    def papers_before_dispatch(self) -> tuple[str, ...]:
        """发货前要齐的单证（C8）。"""
        return tuple(self.options.get("papers_before_dispatch") or ())

    @property
    def lead_days(self) -> Mapping[str, int]:
        """产品类别 → 交期前至少几天要下单（C3）。"""
        return {row["category"]: int(row["days"]) for row in self.options.get("lead_days") or ()}

    @property
    def cut_off(self) -> Window | None:
        """每天收单的时间段，以外收的是插单（C3）。"""
        return self._window("cut_off")

    @property
    def after_sales(self) -> Window | None:
        """每天办理售后的时间段（C5）。"""
        return self._window("after_sales")

    @property
    def return_days(self) -> tuple[int, int] | None:
        """每月几号到几号办理退货（C5）；没有就是随时。"""
        given = self.options.get("return_days")
        return (int(given["from"]), int(given["to"])) if given else None

    @property
    def release_days(self) -> int | None:
        """接单与下单分两步时，交期前几天该下单（C3b）；不分两步就没有。"""
        given = self.options.get("release_days")
        return None if given is None else int(given)

    def turned_on(self, option: str) -> bool:
        """一个是否项，如 cost_aspect、handover_gates、fax_talk。"""
        return bool(self.options.get(option))

    def takes_orders_at(self, time: dt.time) -> bool:
        """这个钟点收的单，是不是在收单时间内（C3）。"""
        window = self.cut_off
        return window is None or window.start <= f"{time:%H:%M}" <= window.end

    def _window(self, key: str) -> Window | None:
        given = self.options.get(key)
        return Window(given["from"], given["to"]) if given else None


def content_of(kind: BusinessKind) -> dict[str, Any]:
    """The whole of a kind as it is kept and hashed."""
    return {name: getattr(kind, name) for name in COLUMNS}


def rules_of(content: Mapping[str, Any]) -> KindRules:
    """The typed reading of a kind's content; the same content is read once."""
    return _read(canonical(content))


def fingerprint_of(kind: BusinessKind) -> str:
    """The hash of what a kind says now."""
    return fingerprint(content_of(kind))


@lru_cache(maxsize=256)
def _read(text: bytes) -> KindRules:
    content = json.loads(text)
    lists = ("departments", "copies", "milestones", "required_order", "required_line")
    given = {one.name: content[one.name] for one in fields(KindRules)}
    given |= {name: tuple(given[name]) for name in lists}
    given |= {name: Decimal(given[name]) for name in ("over_percent", "under_percent")}
    return KindRules(**given)
