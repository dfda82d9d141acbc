"""Which process a visit looked at, and which milestone that is (第六条、第二十一条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.models import Order
from parties.roles import Function
from production.models import Milestone, Visit
from reviews.models import Notice

LONGEST = 40
Row = dict[str, Any]


def settle_process(order: Order, notice: Notice, typed: str) -> tuple[str, str]:
    """(what is shown, what figures are compared by): as typed; blank = as last time, else the kind's production."""
    process = typed.strip() or _as_last_time(order) or _production_of(notice)
    if not process:
        raise ValidationError({"process": _("请填工序")})
    if len(process) > LONGEST:
        raise ValidationError({"process": _("工序最多 %(n)s 个字") % {"n": LONGEST}})
    found = milestone_of(process, order.kind.milestones) or milestone_of(process, _planned(notice))
    if found is None:
        return process, process
    return (found["name"] if process == found["code"] else process), found["code"]


def milestone_of(process: str, milestones: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The milestone that a process names: its code, its name, or the name's beginning (印刷 → 印刷生产)."""
    rows = list(milestones)
    exact = next((row for row in rows if process in (row["code"], row["name"])), None)
    return exact or next((row for row in rows if row["name"].startswith(process)), None)


def _planned(notice: Notice) -> list[Row]:
    return list(Milestone.objects.filter(notice=notice).order_by("position").values("code", "name"))


def _as_last_time(order: Order) -> str:
    last = Visit.objects.filter(order=order).standing().order_by("-at", "-id").values_list("process", flat=True)
    return last.first() or ""


def _production_of(notice: Notice) -> str:
    """The milestone of the manufacturing department."""
    rows = Milestone.objects.filter(notice=notice, department__function=Function.MANUFACTURING).order_by("position")
    return rows.values_list("name", flat=True).first() or ""
