"""What the pages of reviews take: shapes only; the rules are in the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews import points
from reviews.models import Answer, Told, Verdict
from reviews.services import AnswerInput
from workflow.forms import DayField, HouseForm, MomentField, WordsField

TONES = {"no": "bad", Verdict.CONDITIONAL: "mid", Verdict.DISAGREE: "bad"}
YES_OR_NO = (("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))


class Seg(forms.RadioSelect):
    """Radios of a segmented choice; an option that is bad news says so (templates/_seg.html)."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"tone": TONES[str(value)]} if str(value) in TONES else {}
        return option


def wrong(label: Any) -> dict[str, str]:
    """What a field says that is made while the form is (HouseForm words the others)."""
    return {
        "required": _("请填%(label)s") % {"label": label},
        "invalid_choice": _("请从列出的里面选%(label)s") % {"label": label},
    }


@dataclass(frozen=True)
class PointRow:
    """One of the six points on the page: its number, its words, its choice and remark, and how it is answered."""

    number: int
    point: points.Point
    choice: forms.BoundField
    remark: forms.BoundField

    @property
    def mood(self) -> str:
        """ok or no once it is answered."""
        return {"yes": "ok", "no": "no"}.get(self.choice.value() or "", "")


class AnswerForm(HouseForm):
    """一个部门的答复（第十七条、第十八条）。"""

    verdict = forms.ChoiceField(label=gettext_lazy("结论"), choices=Verdict.choices, widget=Seg, required=False)
    planned_date = DayField(label=gettext_lazy("计划完成"), required=False)
    comment = WordsField(label=gettext_lazy("意见与条件"), max_length=500, required=False)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Sequence[points.Point] = points.POINTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for point in asked:
            choice = forms.ChoiceField(
                label=point.title, choices=YES_OR_NO, widget=Seg, required=False, error_messages=wrong(point.title)
            )
            remark = WordsField(label=_("%(point)s的说明") % {"point": point.title}, max_length=200, required=False)
            remark.widget.attrs |= {"placeholder": _("说明，可不填"), "aria-label": remark.label}
            self.fields[point.code] = choice
            self.fields[f"{point.code}_remark"] = remark
        self.fields["comment"].widget.attrs |= {
            "placeholder": _("意见；有条件的写明条件"),
            "aria-label": _("意见与条件"),
        }

    @classmethod
    def of(cls, answer: Answer) -> AnswerForm:
        """The form as the stored answer fills it."""
        said = {code: "yes" if value else "no" for code, value in answer.points.items()}
        remarks = {f"{code}_remark": words for code, words in answer.remarks.items()}
        own = {"verdict": answer.verdict, "planned_date": answer.planned_date, "comment": answer.comment}
        filled = {**said, **remarks, **own, "seen": answer.sha256}
        return cls(initial=filled, asked=points.of(answer.round))

    def rows(self) -> Iterator[PointRow]:
        """The six points as the page shows them."""
        for number, point in enumerate(self.asked, start=1):
            yield PointRow(number, point, self[point.code], self[f"{point.code}_remark"])

    def given(self) -> AnswerInput:
        """The checked form as the services take it."""
        data = self.cleaned_data
        codes = [point.code for point in self.asked]
        remarks = {code: data[f"{code}_remark"] for code in codes}
        return AnswerInput(
            verdict=data["verdict"],
            planned_date=data["planned_date"],
            points={code: data[code] == "yes" for code in codes if data[code]},
            remarks={code: words for code, words in remarks.items() if words},
            comment=data["comment"],
        )


class ReasonForm(HouseForm):
    """一个理由。"""

    reason = WordsField(label=gettext_lazy("理由"), max_length=500, lines=True)


class ConcludeForm(HouseForm):
    """结论：通过要定交期。"""

    outcome = forms.ChoiceField(
        label=gettext_lazy("结论"),
        choices=(
            ("pass", gettext_lazy("通过")),
            ("negotiate", gettext_lazy("与客户协商")),
            ("reject", gettext_lazy("不能接")),
        ),
        widget=Seg,
    )
    delivery_date = DayField(label=gettext_lazy("交期"), required=False)
    note = WordsField(label=gettext_lazy("不一致怎样处理、说明"), max_length=500, required=False, lines=True)


class ToldForm(HouseForm):
    """结果告知：告诉了谁、怎么说的、什么时候（第二十条）。"""

    whom = forms.ChoiceField(
        label=gettext_lazy("告诉"), choices=Told.Whom.choices, widget=Seg, initial=Told.Whom.SALESPERSON
    )
    who = WordsField(label=gettext_lazy("谁"), max_length=60)
    how = WordsField(label=gettext_lazy("怎么说的"), max_length=40)
    at = MomentField(label=gettext_lazy("什么时候"), required=False)
    note = WordsField(label=gettext_lazy("说明"), max_length=300, required=False)


class BalanceForm(HouseForm):
    """平衡：每个已经答复的部门一个日期（第二十条）。"""

    def __init__(self, *args: Any, answers: list[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = [answer for answer in answers if answer.state != Answer.State.BLANK]
        for answer in self.answers:
            name = answer.department.name
            day = DayField(label=name, initial=answer.planned_date, error_messages=wrong(name))
            self.fields[answer.department.code] = day

    def dates(self) -> dict[str, Any]:
        """The planned date of each department."""
        return {answer.department.code: self.cleaned_data[answer.department.code] for answer in self.answers}
