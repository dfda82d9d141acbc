"""工作日历：周末休息、调休上班、半日的界限（A6.4a）。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from workflow.calendar import Slot, half_day_of, is_working, slot_of, working_days_after
from workflow.models import Holiday


def at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


@pytest.mark.django_db
def test_weekends_are_off_unless_moved() -> None:
    Holiday.objects.create(day=dt.date(2026, 11, 28), name="调休", working=True)
    Holiday.objects.create(day=dt.date(2026, 11, 25), name="厂庆")
    assert is_working(dt.date(2026, 11, 28))
    assert not is_working(dt.date(2026, 11, 29))
    assert not is_working(dt.date(2026, 11, 25))
    assert working_days_after(dt.date(2026, 11, 24), 3) == dt.date(2026, 11, 28)


@pytest.mark.rule("A6.4a")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        ("2026-11-23 09:12", Slot.AM), ("2026-11-23 12:59", Slot.AM), ("2026-11-23 13:00", Slot.PM),
        ("2026-11-23 18:00", Slot.PM), ("2026-11-23 20:00", Slot.OFF_HOURS), ("2026-11-22 10:00", Slot.OFF_HOURS),
    ],
)  # fmt: skip
def test_every_moment_has_its_slot(moment: str, slot: Slot) -> None:
    assert slot_of(at(moment)) == slot


@pytest.mark.django_db
def test_a_half_day_ends_at_noon_or_six() -> None:
    morning = half_day_of(at("2026-11-23 09:12"))
    assert morning is not None
    assert morning.end == at("2026-11-23 12:00")
    assert half_day_of(at("2026-11-22 09:12")) is None
