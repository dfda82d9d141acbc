"""业务种类的编订：存一次就是新的一版，已有的单不跟着变（第五条）。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.kinds import COLUMNS, fingerprint_of
from orders.models import BusinessKind
from orders.review_points import EVERY_CODE, may_be_added
from parties.models import Department, User
from parties.roles import Function
from workflow.guards import Stale
from workflow.machine import together

EDIT_KINDS = "orders.edit_kinds"
EDITABLE = tuple(name for name in COLUMNS if name != "code")
Content = Mapping[str, Any]


@together
def create_kind(code: str, content: Content, *, active: bool, actor: User) -> BusinessKind:
    """新的业务种类，第一版（第五条）。"""
    _may(actor)
    if code == "new" or BusinessKind.objects.filter(code=code).exists():
        raise ValidationError({"code": _("代码 %(code)s 已经有了") % {"code": code}})
    _check(content, active=active, but=None)
    kind = BusinessKind.objects.create(code=code, active=active, **{name: content[name] for name in EDITABLE})
    kind.keep(kind.version, by=actor)
    return kind


@together
def edit_kind(kind: BusinessKind, content: Content, *, active: bool, expected: int, actor: User) -> BusinessKind:
    """改业务种类：内容有变就是新的一版，谁改的、何时改的都留着（第五条）。"""
    _may(actor)
    kind = BusinessKind.objects.select_for_update(no_key=True).get(pk=kind.pk)
    if kind.version != expected:
        raise Stale(_("别人刚改过这个种类，现在是第 %(n)d 版；您填的都还在，请看过差别再存") % {"n": kind.version})
    _check(content, active=active, but=kind.pk)
    before = fingerprint_of(kind)
    for name in EDITABLE:
        setattr(kind, name, content[name])
    changed = fingerprint_of(kind) != before
    if changed or kind.active != active:
        latest = kind.latest_version()
        kind.active = active
        kind.version = max(kind.version, latest.number if latest else 0) + 1 if changed else kind.version
        kind.save()
    if changed:
        kind.keep(kind.version, by=actor)
    return kind


def _may(actor: User) -> None:
    if not actor.may(EDIT_KINDS):
        raise PermissionDenied(_("业务种类由主任、总监或管理员来改"))


def _check(content: Content, *, active: bool, but: int | None) -> None:
    errors: dict[str, list[str]] = {}
    if BusinessKind.objects.filter(name=content["name"]).exclude(pk=but or 0).exists():
        errors["name"] = [_("已经有一个种类叫「%(name)s」") % {"name": content["name"]}]
    for field, words in problems(content):
        errors.setdefault(field, []).append(words)
    if active:
        for field, words in unknown_departments(content):
            errors.setdefault(field, []).append(words)
    if errors:
        raise ValidationError(errors)


def unknown_departments(content: Content) -> Iterable[tuple[str, str]]:
    """(field, sentence) for what an active kind needs and this company has not: departments, and one that reviews."""
    known = set(Department.objects.values_list("code", flat=True))
    if not content["departments"]:
        yield "departments", _("在用的种类至少要有一个评审部门")
    organiser = content["options"].get("organiser")
    if organiser and not Department.objects.filter(code=organiser, function=Function.PLANNING).exists():
        yield "organiser", _("组织评审的，除了主任只能是计划职能的部门")
    for field in ("departments", "copies"):
        if missing := [str(dict(Function.choices).get(code, code)) for code in content[field] if code not in known]:
            words = _("本公司没有 %(codes)s 这个部门：先建部门，或换成别的部门，再启用")
            yield field, words % {"codes": "、".join(missing)}


def problems(content: Content) -> Iterable[tuple[str, str]]:
    """(field, sentence) for every rule that contradicts another."""
    options, reviewing = content["options"], set(content["departments"])
    for row, stone in enumerate(content["milestones"]):
        if stone["department"] not in reviewing:
            yield f"milestones.{row}.department", _("节点的日期由部门在评审里答：这个部门不在评审部门里")
    yield from _twice("milestones", "code", content["milestones"], _("节点代码「%(value)s」写了两遍"))
    yield from _twice("lead_days", "category", options.get("lead_days", ()), _("类别「%(value)s」写了两遍"))
    if set(options.get("short_review_departments", ())) - reviewing:
        yield "short_review_departments", _("短评审的部门要在评审部门里")
    made_by = options.get("manufacturing") or ()
    if {made_by} - set(content["copies"]) if isinstance(made_by, str) else set(made_by) - set(content["copies"]):
        yield "manufacturing", _("签收后才能投产的部门，要在通知单发放部门里")
    if set(options.get("aspects", ())) - reviewing:
        yield "departments", _("写了评审内容的部门，要勾上评审")
    yield from _wrong_points(options)
    for field in ("cut_off", "after_sales", "return_days"):
        if (window := options.get(field)) and window["from"] > window["to"]:
            yield field, _("起要在止以前")


def _wrong_points(options: Content) -> Iterable[tuple[str, str]]:
    """The six stay; what a kind adds has a code and a name of its own (第十八条)."""
    added = options.get("points", ())
    for place, row in enumerate(added):
        if not may_be_added(row["code"]):
            yield f"points.{place}.code", _("代码「%(code)s」不能用：小写字母开头，不与六项和别的栏目重名") % row
        if not str(row["title"]).strip():
            yield f"points.{place}.title", _("请填评审什么")
    yield from _twice("points", "code", added, _("评审项代码「%(value)s」写了两遍"))
    if set(options.get("point_words", ())) - set(EVERY_CODE):
        yield "name", _("换说法的只能是六项和成本")


def _twice(field: str, key: str, rows: Iterable[Content], words: str) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if row[key] in seen:
            yield f"{field}.{place}.{key}", words % {"value": row[key]}
        seen.add(row[key])
