"""A business kind being filled in: its form, its lists of rows, and the content they come to (第五条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.kind_departments import missing_departments
from orders.kind_forms import KindForm, LeadSet, MilestoneSet, NewKindForm, PointSet, RowSet, initial_of
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
ROWS = ("lead_days", "points")
TYPED = {*WINDOWS, *LISTS, *COUNTS, *ROWS, *SWITCHES, "organiser", "manufacturing", "aspects", "point_words"}


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
    points: RowSet
    kind: BusinessKind | None
    departments: dict[str, str]

    @classmethod
    def of(cls, kind: BusinessKind | None, data: QueryDict | None = None) -> KindSheet:
        """The sheet as it was sent in, or as it is first seen."""
        known = known_departments(kind)
        shape = KindForm if kind else NewKindForm
        given: dict[str, Any] = {"departments": known}
        first = initial_of(kind) if kind else None
        options = kind.options if kind else {}
        rows = {
            "milestones": (MilestoneSet, kind.milestones if kind else []),
            "leads": (LeadSet, options.get("lead_days") or []),
            "points": (PointSet, options.get("points") or []),
        }
        form = shape(data, initial=first, **given) if data is not None else shape(initial=first, **given)
        sets = {
            name: made(data, prefix=name, form_kwargs=given)
            if data is not None
            else made(initial=there, prefix=name, form_kwargs=given)
            for name, (made, there) in rows.items()
        }
        return cls(form, kind=kind, departments=known, **sets)

    @property
    def rows(self) -> dict[str, RowSet]:
        """The lists of the page, by the name that the content gives them."""
        return {"milestones": self.milestones, "lead_days": self.leads, "points": self.points}

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

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
        if words := self.form.point_words():
            given["point_words"] = words
        given |= {name: said for name in ROWS if (said := self.rows[name].values())}
        return kept | given

    def changes(self) -> list[Difference]:
        """What would be different for new orders (第五条)."""
        old: dict[str, Any] = plain(content_of(self.kind)) if self.kind else {"options": {}}
        return differences(old, plain(self.content), self.departments)
