"""What the shop's pages take: a visit, a round, an inspection. Shapes only; the rules are in the services."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import OrderLine
from production.models import Inspection, Quality, Schedule
from production.services import InspectionInput, LineDone, VisitInput
from workflow.forms import FigureField, HouseForm, WordsField
from workflow.templatetags.wording import plain

GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class CountField(FigureField):
    """A cumulative figure: the commas that the page itself puts there for reading are taken out again."""

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        return super().to_python(text.replace(",", "") if GROUPED.fullmatch(text) else value)


def _mark(value: Any) -> uuid.UUID:
    """The form's own mark; one that was tampered with is a new one."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return uuid.uuid4()


class VisitForm(HouseForm):
    """一次巡查：工序、各行累计、进度、质量、说明。"""

    process = WordsField(label=gettext_lazy("工序"), max_length=40, required=False)
    schedule = forms.ChoiceField(
        label=gettext_lazy("进度"), choices=Schedule.choices, widget=forms.RadioSelect, initial=Schedule.OK
    )
    quality = forms.ChoiceField(
        label=gettext_lazy("质量"), choices=Quality.choices, widget=forms.RadioSelect, initial=Quality.OK
    )
    note = WordsField(label=gettext_lazy("说明"), max_length=500, required=False)
    notice = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    mark = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    corrects = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: list[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            words = _("%(name)s累计完成") % {"name": line.product_name}
            self.fields[f"done_{line.pk}"] = CountField(label=words, required=False)

    def counts(self) -> list[tuple[OrderLine, forms.BoundField]]:
        """Each line with its field."""
        return [(line, self[f"done_{line.pk}"]) for line in self.lines]

    def given(self, **more: Any) -> VisitInput:
        """The checked form as the service takes it; a line left empty is not spoken of."""
        data = self.cleaned_data
        done = ((line.pk, data[f"done_{line.pk}"]) for line in self.lines)
        return VisitInput(
            lines=[LineDone(pk, figure) for pk, figure in done if figure is not None],
            process=data["process"],
            schedule=data["schedule"],
            quality=data["quality"],
            note=data["note"],
            notice=data["notice"],
            round=_mark(data["mark"]),
            corrects=data["corrects"],
            **more,
        )


class InspectionForm(HouseForm):
    """一行的一次检验；整行空着就是这次没检。"""

    accepted = CountField(label=gettext_lazy("合格"), required=False)
    concession = CountField(label=gettext_lazy("让步接收"), required=False)
    rework = CountField(label=gettext_lazy("返工"), required=False)
    rejected = CountField(label=gettext_lazy("拒收"), required=False)
    report_no = WordsField(label=gettext_lazy("检验报告号"), max_length=40, required=False)
    note = WordsField(label=gettext_lazy("说明"), max_length=500, required=False)

    FIGURES = ("accepted", "concession", "rework", "rejected")

    def __init__(self, *args: Any, line: OrderLine, corrects: Inspection | None = None, **kwargs: Any) -> None:
        if corrects is not None:
            kwargs["initial"] = {name: getattr(corrects, name) for name in ("report_no", "note")}
            kwargs["initial"] |= {name: plain(getattr(corrects, name)) for name in self.FIGURES}
        super().__init__(*args, prefix=f"line{line.pk}", **kwargs)
        self.line = line
        self.corrects = corrects

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = data.get("report_no") or data.get("note")
        if said and not self.filled and not self.errors:
            raise ValidationError({"accepted": _("写了报告号或说明，还没有填检验数")})
        return data

    @property
    def filled(self) -> bool:
        """Whether this line was inspected."""
        return any(self.cleaned_data.get(name) is not None for name in self.FIGURES)

    def given(self, *, notice: str, entry: str) -> InspectionInput:
        """The checked row as the service takes it."""
        data = self.cleaned_data
        accepted, concession, rework, rejected = (data[name] or Decimal(0) for name in self.FIGURES)
        return InspectionInput(
            line=self.line.pk,
            accepted=accepted,
            concession=concession,
            rework=rework,
            rejected=rejected,
            report_no=data["report_no"],
            note=data["note"],
            notice=notice,
            entry=_mark(entry),
            corrects=self.corrects.pk if self.corrects else None,
        )
