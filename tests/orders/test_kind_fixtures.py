"""随产品带的种类（A5、C6、C8、E3）：各有节点、单据和规矩，缺的部门配齐了就能启用。"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from config.first_run.defaults import KINDS
from orders.kinds import content_of
from orders.services import edit_kind
from orders.services.kind import problems
from parties.models import Department
from parties.roles import Function
from tests.cast import Cast
from tests.cast_kinds import changed_kind, kind


@pytest.mark.rule("A5")
@pytest.mark.parametrize("code", KINDS)
def test_a_shipped_kind_contradicts_nothing_and_can_be_opened(cast: Cast, code: str) -> None:
    Department.objects.create(code="manufacturing", name="制造部", function=Function.MANUFACTURING)
    Department.objects.create(code="quality", name="品质部", function=Function.QUALITY)
    one = kind(code)
    assert list(problems(content_of(one))) == []
    assert edit_kind(one, content_of(one), active=True, expected=1, actor=cast.laowang).active


@pytest.mark.rule("C6")
@pytest.mark.parametrize(
    ("code", "stones"),
    [
        ("garment", ["样衣", "产前样", "面辅料到齐", "裁剪", "缝制生产", "后整", "检验", "包装"]),
        ("dyeing", ["打样", "产前样", "坯布与染化料到齐", "染整", "生产", "后整", "检验", "包装"]),
    ],
)
def test_garment_and_dyeing_have_their_milestones(cast: Cast, code: str, stones: list[str]) -> None:
    rules = kind(code).rules
    assert [stone["name"] for stone in rules.milestones] == stones
    assert rules.turned_on("breakdown")


@pytest.mark.rule("C8", "E3", "E1")
def test_trade_equipment_and_furniture_have_their_rules(cast: Cast) -> None:
    assert kind("foreign_trade").rules.papers_before_dispatch == ("合同", "装箱单", "发票")
    equipment = kind("equipment").rules
    assert equipment.departments == ("planning", "engineering", "purchasing", "marketing", "quality", "warehouse")
    assert (equipment.organiser, equipment.turned_on("review_before_contract")) == ("planning", True)
    assert equipment.turned_on("handover_gates")
    furniture = kind("furniture").rules
    assert (furniture.turned_on("handover_gates"), kind("printing").rules.turned_on("handover_gates")) == (True, False)
    assert furniture.lead_days == {"板木": 5, "实木": 10}


@pytest.mark.rule("A16")
def test_only_planning_may_be_named_as_organiser(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="计划职能"):
        changed_kind(cast, organiser="finance")
    assert changed_kind(cast, organiser="planning").rules.organiser == "planning"
