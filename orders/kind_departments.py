"""The departments that a kind names: which are there, which are missing, who plays a part instead (第十六条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import BusinessKind
from parties.models import Department
from parties.roles import Function

Content = Mapping[str, Any]
# What the shipped kinds call a department that a printing house does not have.
SUGGESTED: dict[str, tuple[Any, str]] = {
    "manufacturing": (gettext_lazy("制造部"), Function.MANUFACTURING.value),
    "quality": (gettext_lazy("品质部"), Function.QUALITY.value),
}


@dataclass
class Part:
    """一个部门在种类里的角色：叫什么、做什么、本公司有没有、有没有第一负责人。"""

    code: str
    work: list[str] = field(default_factory=list)
    department: Department | None = None
    reviews: bool = False

    @property
    def missing(self) -> bool:
        """本公司没有这个部门。"""
        return self.department is None

    @property
    def headless(self) -> bool:
        """要评审，却没有第一负责人来签（第十九条）。"""
        return self.department is not None and self.reviews and self.department.head_id is None

    @property
    def suggested(self) -> tuple[str, str]:
        """建这个部门时先填上的名称与职能。"""
        name, function = SUGGESTED.get(self.code, ("", ""))
        return str(name), function

    @property
    def name(self) -> str:
        """叫什么：本公司的名称；没有的，种类原来的叫法。"""
        return self.department.name if self.department else self.suggested[0] or self.code


def parts_of(kind: BusinessKind, known: Mapping[str, Department]) -> list[Part]:
    """种类里的各个部门，按它们出现的次序（第十六条）。"""
    parts: dict[str, Part] = {}
    for code, work in _work(content_named(kind)):
        part = parts.setdefault(code, Part(code, department=known.get(code)))
        part.work.append(work)
    for code in kind.departments:
        parts[code].reviews = True
    return list(parts.values())


def missing_departments(kind: BusinessKind, known: Iterable[str]) -> list[str]:
    """种类要、本公司没有的部门代码（第五条）。"""
    there = set(known)
    return list(dict.fromkeys(code for code, _work_done in _work(content_named(kind)) if code not in there))


def content_named(kind: BusinessKind) -> Content:
    """What of a kind names departments."""
    names = ("departments", "copies", "milestones", "options")
    return {name: getattr(kind, name) for name in names}


def _work(content: Content) -> Iterable[tuple[str, str]]:
    """(department, what it does) for everything that a kind says of departments."""
    options = content["options"]
    for code in content["departments"]:
        yield code, _("评审")
    for row in content["milestones"]:
        yield row["department"], row["name"]
    for code in content["copies"]:
        yield code, _("收通知单")
    made_by = options.get("manufacturing") or ()
    for code in [made_by] if isinstance(made_by, str) else made_by:
        yield code, _("签收后投产")
    if options.get("organiser"):
        yield options["organiser"], _("组织评审")


def played(content: Content, by: Mapping[str, str]) -> dict[str, Any]:
    """The content with one department in the place of another, wherever it is named; nobody stands there twice."""

    def now(code: str) -> str:
        return by.get(code, code)

    def each(codes: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(now(code) for code in codes))

    options = dict(content["options"])
    if made_by := options.get("manufacturing"):
        options["manufacturing"] = now(made_by) if isinstance(made_by, str) else each(made_by)
    if organiser := options.get("organiser"):
        options["organiser"] = now(organiser)
    if short := options.get("short_review_departments"):
        options["short_review_departments"] = each(short)
    if said := options.get("aspects"):
        aspects: dict[str, str] = {}
        for code, words in said.items():
            aspects[now(code)] = f"{aspects[now(code)]}；{words}" if now(code) in aspects else words
        options["aspects"] = aspects
    stones = [{**row, "department": now(row["department"])} for row in content["milestones"]]
    lists = {name: each(content[name]) for name in ("departments", "copies")}
    return {**content, **lists, "milestones": stones, "options": options}
