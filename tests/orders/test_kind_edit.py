"""编订业务种类（A5）：存一次一版，谁改的都在；自相矛盾的不存；没有权的不能改。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import BusinessKind, KindVersion
from tests.cast import Cast
from tests.cast_kinds import changed_kind, content, kind
from workflow.guards import Stale

STONE = {"code": "design", "name": "设计", "department": "engineering", "days": 2}


@pytest.mark.rule("A5")
def test_a_saved_kind_is_a_new_version_with_who_made_it(cast: Cast) -> None:
    saved = changed_kind(cast, buffer_days=3)
    version = KindVersion.objects.get(kind=saved, number=2)
    assert (saved.version, version.made_by, version.made_by_name) == (2, cast.laowang, "王建国")
    assert (version.rules.buffer_days, KindVersion.objects.get(kind=saved, number=1).rules.buffer_days) == (3, 1)


@pytest.mark.rule("A5")
def test_saving_what_stands_makes_no_version(cast: Cast) -> None:
    assert changed_kind(cast).version == 1
    assert KindVersion.objects.filter(kind__code="printing").count() == 1


@pytest.mark.rule("A5")
def test_who_was_second_is_told(cast: Cast) -> None:
    stale = kind()
    changed_kind(cast, buffer_days=3)
    with pytest.raises(Stale, match="第 2 版"):
        services.edit_kind(stale, content(buffer_days=4), active=True, expected=1, actor=cast.director)
    assert kind().options["buffer_days"] == 3


@pytest.mark.rule("A5", "A3")
@pytest.mark.parametrize("username", ["xiaoli", "gm", "engineering", "sales", "finance", "warehouse", "erp"])
def test_only_supervisor_director_and_administrator_edit(cast: Cast, username: str) -> None:
    with pytest.raises(PermissionDenied):
        services.edit_kind(kind(), content(buffer_days=9), active=True, expected=1, actor=getattr(cast, username))
    assert kind().version == 1


@pytest.mark.rule("A5")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"departments": []}, "departments"),
        ({"departments": ["nowhere"], "milestones": [], "manufacturing": None}, "departments"),
        ({"copies": ["nowhere"], "manufacturing": None}, "copies"),
        ({"milestones": [STONE, STONE]}, "milestones.1.code"),
        ({"milestones": [{**STONE, "department": "hr"}]}, "milestones.0.department"),
        ({"manufacturing": "hr"}, "manufacturing"),
        ({"short_review_departments": ["hr"]}, "short_review_departments"),
        ({"aspects": {"hr": "人手"}}, "departments"),
        ({"cut_off": {"from": "17:00", "to": "08:00"}}, "cut_off"),
        ({"return_days": {"from": 20, "to": 15}}, "return_days"),
        ({"lead_days": [{"category": "实木", "days": 1}] * 2}, "lead_days.1.category"),
        ({"name": "纸品类"}, "name"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        changed_kind(cast, **changes)
    assert field in refused.value.message_dict
    assert kind().version == 1


@pytest.mark.rule("A5")
def test_a_shipped_kind_waits_for_its_departments(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="本公司没有 制造"):
        changed_kind(cast, "garment")
    assert not kind("garment").active


@pytest.mark.rule("A5")
def test_a_new_kind_begins_with_its_first_version(cast: Cast) -> None:
    given = content(name="标签类")
    made = services.create_kind("label", given, active=True, actor=cast.director)
    assert (made.version, made.current_version().number, made.current_version().made_by) == (1, 1, cast.director)
    with pytest.raises(ValidationError, match="已经有了"):
        services.create_kind("label", content(name="又一类"), active=True, actor=cast.director)
    assert BusinessKind.objects.filter(code="label").count() == 1
