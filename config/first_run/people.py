"""People from the spreadsheet: every row judged, every fault named with its row, all of them or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.first_run import sheet
from config.first_run.defaults import DEPARTMENTS
from parties.models import User
from parties.roles import Role
from workflow.forms import HouseForm, WordsField

SHOWN = 20
ROLES = {str(role.label): role for role in sheet.ROLES} | {role.value: role for role in sheet.ROLES}
CODES = [code for code, *_rest in DEPARTMENTS]


class AccountField(WordsField):
    """A user name as Django takes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, **kwargs)
        self.validators = [UnicodeUsernameValidator()]
        self.widget.attrs["autocomplete"] = "username"

    def to_python(self, value: Any) -> str:
        return str(User.normalize_username(super().to_python(value)))


@dataclass(frozen=True)
class Newcomer:
    """A person of the sheet who can be taken in."""

    username: str
    name: str
    role: Role
    department: str
    team: str
    phone: str
    head: bool


class PersonForm(HouseForm):
    """表里的一行。"""

    username = AccountField(label=gettext_lazy("用户名"))
    name = WordsField(label=gettext_lazy("姓名"), max_length=40)
    role = WordsField(label=gettext_lazy("岗位"))
    department = WordsField(label=gettext_lazy("部门代码"), required=False)
    team = WordsField(label=gettext_lazy("班组"), max_length=40, required=False)
    phone = WordsField(label=gettext_lazy("电话"), max_length=40, required=False)
    head = WordsField(label=gettext_lazy("第一负责人"), required=False)

    def clean_role(self) -> Role:
        role = ROLES.get(self.cleaned_data["role"])
        if role is None:
            raise ValidationError(_("只能填 %(roles)s") % {"roles": "、".join(str(one.label) for one in sheet.ROLES)})
        return role

    def clean_department(self) -> str:
        code = str(self.cleaned_data["department"])
        if code and code not in CODES:
            raise ValidationError(_("没有 %(code)s，可以填 %(codes)s") % {"code": code, "codes": "、".join(CODES)})
        return code

    def clean_head(self) -> bool:
        if self.cleaned_data["head"] not in {"", _("是"), _("否")}:
            raise ValidationError(_("填“是”或者空着"))
        return bool(self.cleaned_data["head"] == _("是"))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        belongs = data.get("role") == Role.DEPARTMENT or data.get("head")
        if belongs and "department" in data and not data["department"]:
            self.add_error("department", _("部门人员和第一负责人要填部门代码"))
        return data


def read_people(content: bytes, *, administrator: str) -> list[Newcomer]:
    """读人员表：有一处不对就一个也不收，并说出是第几行、哪一栏、怎么改。"""
    try:
        forms_by_row = [(number, PersonForm(cells)) for number, cells in sheet.read_rows(content)]
    except ValidationError as error:
        raise ValidationError({"people": error.messages}) from error
    faults = [*_of_rows(forms_by_row), *_between_rows(forms_by_row, administrator)]
    if faults:
        more = [_("另外还有 %(n)d 处") % {"n": len(faults) - SHOWN}] if len(faults) > SHOWN else []
        raise ValidationError({"people": [*faults[:SHOWN], *more]})
    return [Newcomer(**{"head": False} | form.cleaned_data) for _number, form in forms_by_row]


def _of_rows(rows: list[tuple[int, PersonForm]]) -> Iterator[str]:
    for number, form in rows:
        for field, errors in form.errors.items():
            label = form.fields[field].label
            yield from (_said(number, f"{label}：{words}") for words in errors)


def _between_rows(rows: list[tuple[int, PersonForm]], administrator: str) -> Iterator[str]:
    """No two of one name, no two heads of a department, no two supervisors of a team."""
    seen = Counter({administrator.casefold(): 1})
    leading: Counter[tuple[str, str]] = Counter()
    for number, form in rows:
        data = form.cleaned_data if form.is_bound and not form.errors else {}
        if not data:
            continue
        name = str(data["username"]).casefold()
        if seen[name]:
            yield _said(number, _("用户名 %(name)s 已经有人用了") % {"name": data["username"]})
        if data.get("head") and leading["department", data["department"]]:
            yield _said(number, _("部门 %(code)s 已经有第一负责人") % {"code": data["department"]})
        if _supervises(data) and leading["team", data["team"]]:
            yield _said(number, _("班组 %(team)s 已经有主任") % {"team": data["team"]})
        seen[name] += 1
        leading["department", data["department"]] += bool(data.get("head"))
        leading["team", data["team"]] += _supervises(data)


def _supervises(data: dict[str, Any]) -> bool:
    return data["role"] == Role.SUPERVISOR and bool(data["team"])


def _said(number: int, words: str) -> str:
    return _("第 %(number)d 行 %(words)s") % {"number": number, "words": words}
