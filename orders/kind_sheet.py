"""A business kind being filled in: its form, its lists of rows, and the content they come to (第五条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.kind_departments import missing_departments
from orders.kind_forms import KindForm, LeadSet, MilestoneSet, NewKindForm, RowSet, initial_of
from orders.kind_words import SWITCHES, Difference, differences
from orders.kinds import content_of
from orders.models import BusinessKind
from papers.canonical import plain
from parties.models import Department
from parties.roles import Function

FUNCTIONS = dict(Function.choices)  # the ready kinds of other trades name departments by what they do
WINDOWS = ("cut_off", "after_sales", "return_days")
LISTS = ("papers", "papers_before_dispatch", "short_review_departments")
COUNTS = ("buffer_days", "release_days")
FIELDS = {name: f"{name}_to" for name in WINDOWS}  # a field of the content that the form has two of
TYPED = {*WINDOWS, *LISTS, *COUNTS, *SWITCHES, "organiser", "manufacturing", "aspects", "lead_days"}


def known_departments(*kinds: BusinessKind | None) -> dict[str, str]:
    """Every department by code, and the codes that a kind names but this company has not."""
    found = dict(Department.objects.values_list("code", "name"))
    for kind in filter(None, kinds):
        for code in missing_departments(kind, found):
            found.setdefault(code, _("%(name)s（本公司没有）") % {"name": FUNCTIONS.get(code, code)})
    return found


@dataclass
class KindSheet:
    """What somebody is filling in: of a new kind, or of one that is there."""

    form: KindForm
    milestones: RowSet
    leads: RowSet
    kind: BusinessKind | None
    departments: dict[str, str]

    @classmethod
    def of(cls, kind: BusinessKind | None, data: QueryDict | None = None) -> KindSheet:
        """The sheet as it was sent in, or as it is first seen."""
        known = known_departments(kind)
        shape = KindForm if kind else NewKindForm
        given: dict[str, Any] = {"departments": known}
        if data is not None:
            form = shape(data, initial=initial_of(kind) if kind else None, **given)
            sets = [
                one(data, prefix=p, form_kwargs=given) for one, p in ((MilestoneSet, "milestones"), (LeadSet, "leads"))
            ]
        else:
            form = shape(initial=initial_of(kind) if kind else None, **given)
            rows = (kind.milestones, kind.options.get("lead_days") or []) if kind else ([], [])
            sets = [
                MilestoneSet(initial=rows[0], prefix="milestones", form_kwargs=given),
                LeadSet(initial=rows[1], prefix="leads", form_kwargs=given),
            ]
        return cls(form, sets[0], sets[1], kind, known)

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() & self.milestones.is_valid() & self.leads.is_valid())

    @property
    def content(self) -> dict[str, Any]:
        """The kind's content as the service takes it; what is not set is left out."""
        data = self.form.cleaned_data
        names = ("name", "departments", "copies", "required_order", "required_line", "over_percent", "under_percent")
        return {
            "code": self.kind.code if self.kind else data.get("code", ""),
            **{name: data[name] for name in names},
            "milestones": self.milestones.values(),
            "options": self._options(data),
        }

    def _options(self, data: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in (self.kind.options if self.kind else {}).items() if key not in TYPED}
        given: dict[str, Any] = {name: data[name] for name in (*LISTS, *SWITCHES) if data[name]}
        given |= {name: data[name] for name in COUNTS if data[name] is not None}
        given |= {
            name: {"from": data[f"{name}_from"], "to": data[f"{name}_to"]} for name in WINDOWS if data[f"{name}_from"]
        }
        if data["organiser"]:
            given["organiser"] = data["organiser"]
        if made_by := data["manufacturing"]:
            given["manufacturing"] = made_by[0] if len(made_by) == 1 else made_by
        if aspects := {code: words for code in self.departments if (words := data[f"aspect_{code}"])}:
            given["aspects"] = aspects
        if leads := self.leads.values():
            given["lead_days"] = leads
        return kept | given

    def changes(self) -> list[Difference]:
        """What would be different for new orders (第五条)."""
        old: dict[str, Any] = plain(content_of(self.kind)) if self.kind else {"options": {}}
        return differences(old, plain(self.content), self.departments)
