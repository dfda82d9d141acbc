"""启用备着的业务种类：缺的部门就地建好，或由现有的部门担当（第五条、第十六条）。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.kind_departments import missing_departments, played
from orders.kinds import content_of
from orders.models import BusinessKind
from orders.services.kind import EDIT_KINDS, edit_kind
from parties.departments import appoint_head, create_department
from parties.models import Department, User
from workflow.guards import WrongState
from workflow.machine import together


@dataclass(frozen=True)
class DepartmentInput:
    """种类里的一个部门怎么办：由现有的担当，或照名称与职能新建；`head` 是第一负责人，由管理员指定。"""

    code: str
    played_by: Department | None = None
    name: str = ""
    function: str = ""
    head: User | None = None


@together
def start_kind(kind: BusinessKind, parts: Sequence[DepartmentInput], *, expected: int, actor: User) -> BusinessKind:
    """启用一个种类：缺的部门建好或有人担当了，内容有变就是新的一版，从此可以登记这类单（第五条）。"""
    if not actor.may(EDIT_KINDS):
        raise PermissionDenied(_("业务种类由主任、总监或管理员来启用"))
    kind = BusinessKind.objects.select_for_update(no_key=True).get(pk=kind.pk)
    if kind.active:
        raise WrongState(_("「%(kind)s」已经在用了") % {"kind": kind})
    given = {part.code: part for part in parts}
    there = dict(Department.objects.in_bulk(field_name="code"))
    missing = missing_departments(kind, there)
    _check(given, missing, there)
    for part in given.values():
        if part.code in missing and part.played_by is None:
            _opened(part, actor)
        elif part.head is not None:
            appoint_head(part.played_by or there[part.code], part.head, actor=actor)
    by = {code: given[code].played_by.code for code in missing if given[code].played_by}  # type: ignore[union-attr]
    return edit_kind(kind, played(content_of(kind), by), active=True, expected=expected, actor=actor)


def _check(given: Mapping[str, DepartmentInput], missing: Sequence[str], there: Mapping[str, Department]) -> None:
    errors: dict[str, Any] = {code: _("没有说由谁担当，也没有说要建") for code in missing if code not in given}
    for code, part in given.items():
        if code not in missing and (code not in there or part.played_by is not None or part.name):
            errors[code] = _("「%(code)s」不是缺着的部门") % {"code": code[:40]}
    if errors:
        raise ValidationError(errors)


def _opened(part: DepartmentInput, actor: User) -> None:
    """A new department; what is wrong with it is said under its code in the kind."""
    try:
        create_department(code=part.code, name=part.name, function=part.function, head=part.head, actor=actor)
    except ValidationError as error:
        raise ValidationError({f"{part.code}.{key}": words for key, words in error.message_dict.items()}) from error
