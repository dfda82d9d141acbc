"""What the pages of a review meeting take: shapes only; the rules are in reviews.services.meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parties.models import Department, User
from reviews import points
from reviews.forms import Seg, wrong
from reviews.models import Answer, Attendee, ReviewMeeting, Round, Verdict
from reviews.services import AnswerInput, Attendance, MeetingInput, MinutesInput
from workflow.forms import DayField, HouseForm, MomentField, WordsField

CAME = (("yes", gettext_lazy("到会")), ("no", gettext_lazy("没到")))
MOST_NAMES = 40
BETWEEN = re.compile(r"[、，,；;\s]+")


class PeopleField(WordsField):
    """People by name or account, as a colleague would write them: 邓海燕、孔令辉。"""

    def to_python(self, value: Any) -> Any:
        words = [word for word in BETWEEN.split(super().to_python(value)) if word][:MOST_NAMES]
        return people_named(words)

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def people_named(words: list[str]) -> list[User]:
    """The colleagues of these names or accounts; nobody, or two of one name, is said."""
    rows = list(User.objects.filter(Q(name__in=words) | Q(username__in=words), is_active=True))
    found = []
    for word in words:
        meant = [user for user in rows if user.username == word] or [user for user in rows if user.name == word]
        if not meant:
            raise ValidationError(_("没有叫「%(name)s」的人") % {"name": word[:20]}, code="nobody")
        if len(meant) > 1:
            raise ValidationError(_("叫「%(name)s」的不止一位，请写账号") % {"name": word[:20]}, code="two_of_them")
        found.append(meant[0])
    return found


class PlanForm(HouseForm):
    """会议的时间、地点、议题，还请谁（第十九条）。"""

    meeting_at = MomentField(label=gettext_lazy("会议时间"))
    meeting_place = WordsField(label=gettext_lazy("会议地点"), max_length=100)
    agenda = WordsField(label=gettext_lazy("议题"), max_length=500, required=False, lines=True)
    others = PeopleField(label=gettext_lazy("还请谁"), max_length=200, required=False)

    def plan(self) -> MeetingInput:
        """The checked form as the services take it."""
        data = self.cleaned_data
        return MeetingInput(
            time=data["meeting_at"], place=data["meeting_place"], agenda=data["agenda"], attendees=data["others"]
        )


class ConveneForm(PlanForm):
    """组织评审：形式、理由、会议、答复期限（第十九条）。"""

    form = forms.ChoiceField(
        label=gettext_lazy("评审形式"), choices=Round.Form.choices, widget=Seg, initial=Round.Form.DISTRIBUTED
    )
    reason = WordsField(label=gettext_lazy("选这种形式的理由"), max_length=300, required=False, lines=True)
    answer_due = MomentField(label=gettext_lazy("答复期限"), required=False)
    short = forms.BooleanField(label=gettext_lazy("短评审：只请有关的部门"), required=False)
    departments = forms.MultipleChoiceField(label=gettext_lazy("请哪些部门"), required=False)

    def __init__(
        self, *args: Any, short: bool = False, departments: Sequence[Department] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.code: each for each in departments or ()}
        if not short:
            del self.fields["short"]
        if departments is None:
            del self.fields["departments"]
        else:
            choices = [(code, each.name) for code, each in self.known.items()]
            self.fields["departments"].choices = choices  # type: ignore[attr-defined]
            self.fields["departments"].widget = forms.CheckboxSelectMultiple({"class": "form-check-input"}, choices)
        for name in ("meeting_at", "meeting_place"):  # the service asks for them where a meeting is called
            self.fields[name].required = False

    def given(self) -> dict[str, Any]:
        """The checked form, its choice of form apart, as the services take it."""
        data = self.cleaned_data
        given = {"reason": data["reason"], "meeting": self.plan(), "answer_due": data["answer_due"]}
        if "departments" in self.fields:
            given["departments"] = [self.known[code] for code in data["departments"]]
        return given | ({"short": True} if data.get("short") else {})


class TurnForm(PlanForm):
    """转为集中评审：理由，和会议怎么开（第十九条）。"""

    reason = WordsField(label=gettext_lazy("理由"), max_length=300, lines=True)
    field_order = ("reason", "meeting_at", "meeting_place", "agenda", "others")


@dataclass(frozen=True)
class PersonRow:
    """One attendee on the minutes page, with the date of the department that they speak for."""

    attendee: Attendee
    came: forms.BoundField
    instead: forms.BoundField | None
    said: forms.BoundField
    planned: forms.BoundField | None
    answer: list[forms.BoundField]


class MinutesForm(HouseForm):
    """到会、发言要点、会上定的日期、决定（第十九条、第二十条）。"""

    held_at = MomentField(label=gettext_lazy("开会时间"), required=False)
    decisions = WordsField(label=gettext_lazy("会上定了什么"), max_length=2000, lines=True)

    def __init__(self, *args: Any, meeting: ReviewMeeting, dates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.answers = {one.department_id: one for one in meeting.round.answers_now}
        colleagues = colleagues_of(meeting)
        for one in meeting.attendees_now:
            self._ask_about(one, colleagues.get(one.user.department_id or 0, []), dates=dates)

    def _ask_about(self, one: Attendee, colleagues: list[User], *, dates: bool) -> None:
        name, key = str(one.user), one.user_id
        came = "" if one.present is None else "yes" if one.present else "no"
        self.fields[f"came_{key}"] = forms.ChoiceField(
            label=_("%(name)s到会") % {"name": name}, choices=CAME, widget=Seg, initial=came,
            error_messages=wrong(_("%(name)s到没到会") % {"name": name}),
        )  # fmt: skip
        others = [("", _("本人")), *((str(user.pk), str(user)) for user in colleagues if user.pk != key)]
        if len(others) > 1:
            instead = forms.ChoiceField(choices=others, required=False, initial=str(one.instead_id or ""))
            instead.label = _("%(name)s派来的人") % {"name": name}
            instead.widget.attrs |= {"class": "form-select", "aria-label": instead.label}
            self.fields[f"instead_{key}"] = instead
        said = WordsField(label=_("%(name)s的发言要点") % {"name": name}, max_length=500, required=False, lines=True)
        said.initial = one.said
        said.widget.attrs |= {"rows": 2, "placeholder": _("发言要点"), "aria-label": said.label}
        self.fields[f"said_{key}"] = said
        answer = self.answers.get(one.department_id or 0)
        if dates and answer is not None:
            label = _("%(name)s会上定的日期") % {"name": answer.department.name}
            day = DayField(label=label, initial=answer.planned_date, error_messages=wrong(label))
            day.widget.attrs |= {"aria-label": label}
            self.fields[f"planned_{key}"] = day
            if answer.state == Answer.State.BLANK:
                day.required = False
                self._ask_answer(key, answer.department.name)

    def _ask_answer(self, key: int, name: str) -> None:
        """What a department that has not answered says in the meeting; its head signs it afterwards."""
        given = {"department": name}
        verdict = forms.ChoiceField(
            label=_("%(department)s会上的结论") % given, choices=Verdict.choices, widget=Seg, required=False,
            error_messages=wrong(_("%(department)s会上的结论") % given),
        )  # fmt: skip
        comment = WordsField(label=_("%(department)s会上的意见与条件") % given, max_length=500, required=False)
        comment.widget.attrs |= {"placeholder": _("意见；有条件的写明条件"), "aria-label": comment.label}
        whole = forms.BooleanField(label=_("六项会上都答了「是」"), required=False)
        whole.widget.attrs["class"] = "form-check-input"
        self.fields |= {f"verdict_{key}": verdict, f"comment_{key}": comment, f"points_{key}": whole}

    def rows(self) -> Iterator[PersonRow]:
        """The attendees as the page shows them."""
        for one in self.meeting.attendees_now:
            key = one.user_id
            instead, planned = f"instead_{key}", f"planned_{key}"
            yield PersonRow(
                one,
                self[f"came_{key}"],
                self[instead] if instead in self.fields else None,
                self[f"said_{key}"],
                self[planned] if planned in self.fields else None,
                [self[name] for name in (f"verdict_{key}", f"comment_{key}", f"points_{key}") if name in self.fields],
            )

    def minutes(self) -> MinutesInput:
        """The checked form as the services take it."""
        data, attendance, dates, answers = self.cleaned_data, [], {}, {}
        people = User.objects.in_bulk({int(data[name]) for name in data if name.startswith("instead_") and data[name]})
        for one in self.meeting.attendees_now:
            key = one.user_id
            instead = people.get(int(data.get(f"instead_{key}") or 0))
            attendance.append(Attendance(one.user, data[f"came_{key}"] == "yes", instead, data[f"said_{key}"]))
            code = self.answers[one.department_id or 0].department.code if f"planned_{key}" in data else ""
            if said := self._answer(key):
                answers[code] = said
            elif code and data[f"planned_{key}"]:
                dates[code] = data[f"planned_{key}"]
        return MinutesInput(attendance, data["decisions"], dates, data["held_at"], answers=answers)

    def _answer(self, key: int) -> AnswerInput | None:
        data = self.cleaned_data
        verdict, comment, whole = (data.get(f"{name}_{key}") for name in ("verdict", "comment", "points"))
        if not (verdict or comment or whole):
            return None
        yes = dict.fromkeys(points.codes_of(self.meeting.round), True) if whole else {}
        return AnswerInput(verdict or "", data[f"planned_{key}"], yes, comment=comment or "")


def colleagues_of(meeting: ReviewMeeting) -> dict[int, list[User]]:
    """Who could be sent instead, by department: one query for the page."""
    departments = {one.user.department_id for one in meeting.attendees_now if one.user.department_id}
    found: dict[int, list[User]] = {}
    for user in User.objects.filter(department__in=departments, is_active=True).order_by("name"):
        found.setdefault(user.department_id or 0, []).append(user)
    return found
