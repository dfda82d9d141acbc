"""A kind in words: what each rule is called, what it says, and in what two versions differ (第五条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.guards import REQUIREMENT_NAMES
from orders.review_points import TITLES

ORDER_DETAILS = ("standard", "packing", "colour", "sample", "marks", "other")
LINE_DETAILS = ("specification", "material", "printing", "finishing")
SWITCHES = {
    "cost_aspect": gettext_lazy("评审另问成本是否在客户预算之内"),
    "fax_talk": gettext_lazy("传真订单要跟客户电话确认过才提交"),
    "deposit_at_issue": gettext_lazy("定金到了才下单，不等到投产"),
    "breakdown": gettext_lazy("明细行要分颜色、尺码"),
    "review_before_contract": gettext_lazy("先评审通过，再签合同"),
    "reject_incapable": gettext_lazy("评审有部门答没有能力满足，就不能接"),
    "gate_pass": gettext_lazy("成品出厂要主任批准的放行条"),
    "handover_gates": gettext_lazy("上一步的资料没有交接，下一步不能开工（先记着，交接一章做好了才拦）"),
}
DEPARTMENT_LISTS = ("departments", "copies", "short_review_departments", "manufacturing")
LABELS = {
    "name": gettext_lazy("名称"),
    "departments": gettext_lazy("评审部门"),
    "copies": gettext_lazy("通知单发放部门"),
    "short_review_departments": gettext_lazy("翻单短评审的部门"),
    "manufacturing": gettext_lazy("签收后才能投产的部门"),
    "organiser": gettext_lazy("组织评审的部门"),
    "aspects": gettext_lazy("部门评审什么"),
    "point_words": gettext_lazy("评审各项换的说法"),
    "points": gettext_lazy("评审另加的各项"),
    "milestones": gettext_lazy("节点"),
    "required_order": gettext_lazy("整单必填"),
    "required_line": gettext_lazy("每行必填"),
    "over_percent": gettext_lazy("溢 %"),
    "under_percent": gettext_lazy("短 %"),
    "buffer_days": gettext_lazy("交期余量（天）"),
    "papers": gettext_lazy("投产前要齐的资料"),
    "papers_before_dispatch": gettext_lazy("发货前要齐的单证"),
    "lead_days": gettext_lazy("按产品类别最少提前的天数"),
    "release_days": gettext_lazy("交期前几天下单"),
    "cut_off": gettext_lazy("每天收单时间"),
    "after_sales": gettext_lazy("每天售后时间"),
    "return_days": gettext_lazy("每月退货日期"),
    **SWITCHES,
}


@dataclass(frozen=True)
class Difference:
    """One rule that changes: its name, what it said, what it says now."""

    label: str
    before: str
    after: str


def flat(content: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a kind and its options side by side, by the names of LABELS."""
    return {**content, **content["options"]}


def differences(old: Mapping[str, Any], new: Mapping[str, Any], departments: Mapping[str, str]) -> list[Difference]:
    """What a version changes against another, in the order of the page."""
    before, after = flat(old), flat(new)
    said = [
        Difference(str(label), words_of(key, before.get(key), departments), words_of(key, after.get(key), departments))
        for key, label in LABELS.items()
    ]
    return [one for one in said if one.before != one.after]


def words_of(key: str, value: Any, departments: Mapping[str, str]) -> str:
    """What one rule says, as people read it; nothing where it is not set."""
    if key in SWITCHES:
        return _("是") if value else ""
    if value in (None, "", [], {}, ()):
        return ""
    if key in DEPARTMENT_LISTS or key == "organiser":
        named = [value] if isinstance(value, str) else value
        return _listed(departments.get(code, code) for code in named)
    if key in {"required_order", "required_line"}:
        return _listed(_(REQUIREMENT_NAMES.get(one, one)) for one in value)
    if key in ROWS:
        return ROWS[key](value, departments)
    return _listed(value) if isinstance(value, list | tuple) else str(value)


def _milestones(rows: Iterable[Mapping[str, Any]], departments: Mapping[str, str]) -> str:
    words = _("%(name)s（%(department)s %(days)s 天）")
    return _listed(words % {**row, "department": departments.get(row["department"], row["department"])} for row in rows)


def _lead(rows: Iterable[Mapping[str, Any]], _departments: Mapping[str, str]) -> str:
    return _listed(_("%(category)s %(days)s 天") % row for row in rows)


def _aspects(said: Mapping[str, str], departments: Mapping[str, str]) -> str:
    return _listed(f"{departments.get(code, code)}：{words}" for code, words in sorted(said.items()))


def _point_words(said: Mapping[str, Mapping[str, str]], _departments: Mapping[str, str]) -> str:
    return _listed(f"{TITLES.get(code, code)}：{_point(words)}" for code, words in said.items())


def _points(rows: Iterable[Mapping[str, str]], _departments: Mapping[str, str]) -> str:
    return _listed(_point(row) for row in rows)


def _point(said: Mapping[str, str]) -> str:
    title, hint = said.get("title", ""), said.get("hint", "")
    return f"{title}（{hint}）" if title and hint else title or hint


def _span(window: Mapping[str, Any], _departments: Mapping[str, str]) -> str:
    return _("%(from)s 至 %(to)s") % window


def _listed(words: Iterable[Any]) -> str:
    return "、".join(str(one) for one in words)


ROWS: dict[str, Callable[[Any, Mapping[str, str]], str]] = {
    "milestones": _milestones,
    "lead_days": _lead,
    "aspects": _aspects,
    "point_words": _point_words,
    "points": _points,
    "cut_off": _span,
    "after_sales": _span,
    "return_days": _span,
}
