"""The page on which a kind that lies ready is started: its departments, those that are missing, and what fills them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.kind_departments import Part, parts_of
from orders.models import BusinessKind
from orders.services import DepartmentInput
from parties.departments import ADMINISTER, may_head
from parties.models import Department, User
from parties.roles import Function
from workflow.forms import HouseForm, WordsField


class PartForm(HouseForm):
    """一个部门由谁担当，或照什么名称新建；第一负责人由管理员定。"""

    played_by = forms.ChoiceField(label=gettext_lazy("由谁担当"), required=False)
    name = WordsField(label=gettext_lazy("新部门的名称"), max_length=40, required=False)
    function = forms.ChoiceField(label=gettext_lazy("职能"), choices=[("", ""), *Function.choices], required=False)
    head = forms.ChoiceField(label=gettext_lazy("第一负责人"), required=False)

    def __init__(self, *args: Any, part: Part, there: dict[str, Department], heads: list[User], **kwargs: Any) -> None:
        name, function = part.suggested
        super().__init__(*args, prefix=part.code, initial={"name": name, "function": function}, **kwargs)
        self.there, self.people = there, {str(one.pk): one for one in heads}
        self.fields["played_by"].choices = [  # type: ignore[attr-defined]
            ("", _("新建一个部门")), *((code, _("现有的%(name)s") % {"name": one.name}) for code, one in there.items()),
        ]  # fmt: skip
        self.fields["head"].choices = [("", _("以后再定")), *((pk, _called(one)) for pk, one in self.people.items())]  # type: ignore[attr-defined]
        if not part.missing:
            for field in ("played_by", "name", "function"):
                del self.fields[field]
        if not heads:
            del self.fields["head"]

    def given(self, code: str) -> DepartmentInput:
        """The part as the service takes it."""
        data = self.cleaned_data
        player, head = self.there.get(data.get("played_by", "")), self.people.get(data.get("head", ""))
        if player is not None:
            return DepartmentInput(code, played_by=player, head=None)
        return DepartmentInput(code, name=data.get("name", ""), function=data.get("function", ""), head=head)


def _called(person: User) -> str:
    where = person.department.name if person.department else _("没有部门")
    return _("%(name)s（现在在%(where)s）") % {"name": person, "where": where}


@dataclass
class StartSheet:
    """What a kind needs before orders of it can be taken, with a form where something is to be decided."""

    kind: BusinessKind
    ready: list[tuple[Part, PartForm | None]]
    missing: list[tuple[Part, PartForm]]
    names_heads: bool

    @classmethod
    def of(cls, kind: BusinessKind, user: User, data: QueryDict | None = None) -> StartSheet:
        """Three queries, however many departments the kind names."""
        there = {one.code: one for one in Department.objects.select_related("head")}
        names_heads = user.may(ADMINISTER)
        heads = list(may_head()) if names_heads else []
        ready: list[tuple[Part, PartForm | None]] = []
        missing: list[tuple[Part, PartForm]] = []
        for part in parts_of(kind, there):
            asked = part.missing or (part.headless and names_heads)
            form = PartForm(data, part=part, there=there, heads=heads) if asked else None
            if part.missing and form is not None:
                missing.append((part, form))
            else:
                ready.append((part, form))
        return cls(kind, ready, missing, names_heads)

    @property
    def forms(self) -> list[tuple[Part, PartForm]]:
        """Every form of the page with its part."""
        return [*self.missing, *((part, form) for part, form in self.ready if form is not None)]

    @property
    def headless(self) -> list[str]:
        """要评审、还没有第一负责人的部门。"""
        return [part.name for part, _form in self.ready if part.headless]

    def is_valid(self) -> bool:
        answers = [form.is_valid() for _part, form in self.forms]  # every form is asked, so that each says its own
        return all(answers)

    def given(self) -> list[DepartmentInput]:
        """What the page decides; a department that is there is named only to get a head."""
        said = [form.given(part.code) for part, form in self.forms]
        there = {part.code for part, _form in self.ready}
        return [one for one in said if one.code not in there or one.head is not None]

    def blame(self, error: ValidationError) -> list[str]:
        """Put what the service said beside the fields it speaks of; the rest comes back."""
        by_code = {part.code: form for part, form in self.forms}
        left: list[str] = []
        for key, found in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
            code, _dot, field = key.partition(".")
            form = by_code.get(code)
            if form is None:
                left.extend(found)
                continue
            for words in found:
                form.add_error(field if field in form.fields else next(iter(form.fields)), words)
        return left
