"""What visits and inspections look like on the wire, in and out (API.md). Shapes only."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from production.models import Inspection, Quality, Schedule, Visit
from production.services import InspectionInput, LineDone, VisitInput
from workflow.inputs import PlainText, Quantity, StrictSerializer

MOST_FILES = 9
BIGGEST = 2**63 - 1


def key(**kwargs: Any) -> serializers.IntegerField:
    """The id of a row."""
    return serializers.IntegerField(min_value=1, max_value=BIGGEST, **kwargs)


class LineDoneShape(StrictSerializer):
    """一行累计完成多少；可以超过订货数。"""

    line = key()
    done_quantity = Quantity()


class FindingShape(StrictSerializer):
    """巡查所见：工序空着就是同上次；通知单空着就是现行的。"""

    process = PlainText(max_length=40, required=False, allow_blank=True)
    lines = LineDoneShape(many=True, required=False)
    schedule = serializers.ChoiceField(Schedule.choices, required=False)
    quality = serializers.ChoiceField(Quality.choices, required=False)
    note = PlainText(several_lines=True, required=False, allow_blank=True)
    notice = PlainText(max_length=20, required=False, allow_blank=True)
    attachments = serializers.ListField(child=key(), required=False, max_length=MOST_FILES)


class VisitShape(FindingShape):
    """一次巡查；`corrects` 写明更正哪一次。"""

    at = serializers.DateTimeField(required=False)
    corrects = key(required=False)


class OrderFindingShape(FindingShape):
    """一趟里的一张单。"""

    order = PlainText(max_length=20)


class RoundShape(StrictSerializer):
    """一趟车间许多单；写在外面的工序、进度、质量、说明是各单的缺省值。"""

    at = serializers.DateTimeField(required=False)
    process = PlainText(max_length=40, required=False, allow_blank=True)
    schedule = serializers.ChoiceField(Schedule.choices, required=False)
    quality = serializers.ChoiceField(Quality.choices, required=False)
    note = PlainText(several_lines=True, required=False, allow_blank=True)
    orders = OrderFindingShape(many=True, allow_empty=False)


class VisitOut(serializers.Serializer[Any]):
    """一次巡查的样子。"""

    id = serializers.IntegerField()
    order = serializers.CharField(source="order.number")
    notice = serializers.CharField(source="notice.number")
    at = serializers.DateTimeField()
    slot = serializers.CharField()
    slot_display = serializers.CharField(source="get_slot_display")
    process = serializers.CharField()
    lines = LineDoneShape(many=True)
    schedule = serializers.CharField()
    schedule_display = serializers.CharField(source="get_schedule_display")
    quality = serializers.CharField()
    quality_display = serializers.CharField(source="get_quality_display")
    note = serializers.CharField()
    attachments = serializers.ListField(child=serializers.IntegerField())
    round = serializers.UUIDField()
    corrects = serializers.IntegerField()
    corrected_by = serializers.IntegerField()
    by = serializers.CharField(source="by.username")
    recorded_at = serializers.DateTimeField()


class RoundOut(serializers.Serializer[Any]):
    """一趟的样子。"""

    round = serializers.UUIDField()
    visits = VisitOut(many=True)


PLAIN_VISIT = VisitOut()
for composed in ("lines", "attachments", "corrects", "corrected_by"):
    PLAIN_VISIT.fields.pop(composed)


def visit_body(visit: Visit) -> dict[str, Any]:
    """A visit as reply; one just written brings its parts along, a listed one has them prefetched."""
    lines = getattr(visit, "written_lines", None)
    photos = getattr(visit, "written_photos", None)
    lines = list(visit.lines.all()) if lines is None else lines
    ids = [row.attachment_id for row in visit.photos.all()] if photos is None else [row.pk for row in photos]
    corrected_by = getattr(visit, "corrected_by", None) if photos is None else None
    return {
        **PLAIN_VISIT.to_representation(visit),
        "lines": [{"line": row.line_id, "done_quantity": f"{row.done_quantity:.3f}"} for row in lines],
        "attachments": ids,
        "corrects": visit.corrects_id,
        "corrected_by": corrected_by.pk if corrected_by else None,
    }


def visit_input(given: dict[str, Any]) -> VisitInput:
    """A checked body as the service takes it."""
    lines = [LineDone(**row) for row in given.pop("lines", ())]
    return VisitInput(**given, lines=lines)


class InspectionShape(StrictSerializer):
    """一行的一次检验；`corrects` 写明更正哪一次，整条替换。"""

    line = key()
    accepted = Quantity()
    concession = Quantity(required=False)
    rework = Quantity(required=False)
    rejected = Quantity(required=False)
    report_no = PlainText(max_length=40, required=False, allow_blank=True)
    note = PlainText(several_lines=True, required=False, allow_blank=True)
    at = serializers.DateTimeField(required=False)
    notice = PlainText(max_length=20, required=False, allow_blank=True)
    corrects = key(required=False)


class InspectionOut(serializers.Serializer[Any]):
    """一次检验的样子。"""

    id = serializers.IntegerField()
    order = serializers.CharField(source="order.number")
    line = serializers.IntegerField(source="line_id")
    notice = serializers.CharField(source="notice.number")
    accepted = Quantity()
    concession = Quantity()
    rework = Quantity()
    rejected = Quantity()
    passed = Quantity()
    report_no = serializers.CharField()
    note = serializers.CharField()
    at = serializers.DateTimeField()
    corrects = serializers.IntegerField(source="corrects_id")
    by = serializers.CharField(source="by.username")
    recorded_at = serializers.DateTimeField()


def inspection_body(inspection: Inspection) -> dict[str, Any]:
    """An inspection as reply."""
    body: dict[str, Any] = InspectionOut(inspection).data
    return body


def inspection_input(given: dict[str, Any]) -> InspectionInput:
    """A checked body as the service takes it."""
    return InspectionInput(**given)
