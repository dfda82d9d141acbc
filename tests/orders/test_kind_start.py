"""启用备着的种类（A5、A16）：缺什么部门说得清，就地建好或由现有的担当，几下就能用。"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from orders.models import BusinessKind, KindVersion
from orders.reminders import department_without_head
from orders.services import DepartmentInput, start_kind
from parties.models import Department, User
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_kinds import kind
from tests.pages import browser, words
from workflow.duties import Scope
from workflow.guards import Stale, WrongState

LATENT = ("garment", "dyeing", "furniture", "foreign_trade", "equipment")
MADE = DepartmentInput("manufacturing", name="制造部", function="manufacturing")
QUALITY = DepartmentInput("quality", name="品质部", function="quality")


def played(code: str, by: str) -> DepartmentInput:
    return DepartmentInput(code, played_by=Department.objects.get(code=by))


def page_of(code: str, **changes: str) -> dict[str, str]:
    """The page as it is sent when nothing was changed on it."""
    given = {"version": str(kind(code).version)}
    for one, name, function in (("manufacturing", "制造部", "manufacturing"), ("quality", "品质部", "quality")):
        given |= {f"{one}-played_by": "", f"{one}-name": name, f"{one}-function": function}
    return given | changes


@pytest.mark.rule("A5", "A16")
@pytest.mark.parametrize("code", LATENT)
def test_the_page_says_what_is_missing_and_two_clicks_start_it(cast: Cast, code: str) -> None:
    li = browser(cast.laowang)
    shown = li.get("/kinds/")
    assert f"/kinds/{code}/start/" in shown.content.decode()
    page = words(li.get(f"/kinds/{code}/start/"))
    assert ("还缺 2 个部门" in page, "缺 制造部" in page, "缺 品质部" in page) == (True, True, True)
    assert li.post(f"/kinds/{code}/start/", page_of(code)).status_code == 302
    assert kind(code).active
    assert set(Department.objects.filter(name__in=("制造部", "品质部")).values_list("code", "function")) == {
        ("manufacturing", "manufacturing"), ("quality", "quality"),
    }  # fmt: skip
    assert f"/kinds/{code}/start/" not in li.get("/kinds/").content.decode()


@pytest.mark.rule("A16")
def test_an_existing_department_plays_the_part_everywhere(cast: Cast) -> None:
    parts = [played("manufacturing", "printing_manufacturing"), played("quality", "printing_quality")]
    started = start_kind(kind("garment"), parts, expected=1, actor=cast.laowang)
    rules = started.rules
    assert rules.departments == ("engineering", "purchasing", "planning", "printing_manufacturing", "printing_quality")
    assert rules.manufacturing == ("printing_manufacturing",)
    assert {stone["department"] for stone in rules.milestones} <= set(rules.departments)
    assert rules.options["short_review_departments"] == ["purchasing", "printing_manufacturing"]
    version = KindVersion.objects.get(kind=started, number=2)
    assert (started.version, version.made_by) == (2, cast.laowang)
    assert not Department.objects.filter(code="manufacturing").exists()


@pytest.mark.rule("A16")
def test_one_department_may_play_two_parts(cast: Cast) -> None:
    parts = [played("manufacturing", "planning"), played("quality", "planning")]
    rules = start_kind(kind("garment"), parts, expected=1, actor=cast.director).rules
    assert rules.departments == ("engineering", "purchasing", "planning")


@pytest.mark.rule("A5")
def test_what_was_not_decided_or_is_not_missing_is_refused_whole(cast: Cast) -> None:
    for parts, said in (
        ([MADE], "没有说由谁担当"),
        ([MADE, DepartmentInput("quality", name=" ", function="quality")], "请填部门名称"),
        ([MADE, DepartmentInput("quality", name="品质部", function="magic")], "请选部门的职能"),
        ([MADE, DepartmentInput("quality", name="财务部", function="quality")], "已经有一个部门叫「财务部」"),
        ([MADE, QUALITY, DepartmentInput("hr", name="人力部", function="hr")], "不是缺着的部门"),
    ):
        with pytest.raises(ValidationError, match=said):
            start_kind(kind("garment"), parts, expected=1, actor=cast.laowang)
    assert (kind("garment").active, Department.objects.filter(code="manufacturing").exists()) == (False, False)


@pytest.mark.rule("A5", "A3")
def test_who_may_and_when(cast: Cast) -> None:
    for username in ("xiaoli", "gm", "engineering", "erp"):
        with pytest.raises(PermissionDenied):
            start_kind(kind("garment"), [MADE, QUALITY], expected=1, actor=getattr(cast, username))
    with pytest.raises(Stale):
        start_kind(kind("garment"), [MADE, QUALITY], expected=7, actor=cast.laowang)
    start_kind(kind("garment"), [MADE, QUALITY], expected=1, actor=cast.admin)
    with pytest.raises(WrongState, match="已经在用"):
        start_kind(kind("garment"), [], expected=1, actor=cast.admin)
    assert start_kind(kind("dyeing"), [], expected=1, actor=cast.laowang).active  # its departments are there by now


@pytest.mark.rule("A19.2")
def test_the_head_is_named_by_the_administrator_and_asked_for_until_then(cast: Cast) -> None:
    head = User.objects.create(username="made", name="罗成", role="department")
    with pytest.raises(PermissionDenied, match="由管理员指定"):
        start_kind(kind("garment"), [replace(MADE, head=head), QUALITY], expected=1, actor=cast.laowang)
    assert not kind("garment").active
    start_kind(kind("garment"), [MADE, QUALITY], expected=1, actor=cast.laowang)
    due = list(department_without_head(Scope(timezone.now())))
    assert [(one.holder_id, one.subject) for one in due] == [(cast.admin.pk, "制造部"), (cast.admin.pk, "品质部")]
    one = BusinessKind.objects.get(code="dyeing")
    given = {"version": "1", "manufacturing-head": str(head.pk)}
    assert browser(cast.admin).post("/kinds/dyeing/start/", given).status_code == 302
    department = Department.objects.get(code="manufacturing")
    assert (department.head, User.objects.get(pk=head.pk).department, one.code) == (head, department, "dyeing")
    assert [one.subject for one in department_without_head(Scope(timezone.now()))] == ["品质部"]


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("username", ["engineering", "xiaoli", "erp"])
def test_a_head_has_the_office_and_no_other_department(cast: Cast, username: str) -> None:
    part = DepartmentInput("manufacturing", name="制造部", function="manufacturing", head=getattr(cast, username))
    with pytest.raises(ValidationError, match="不能当第一负责人"):
        start_kind(kind("garment"), [part, QUALITY], expected=1, actor=cast.admin)
    assert not Department.objects.filter(code="manufacturing").exists()


def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(cast: Cast) -> None:
    given = page_of("garment", **{"manufacturing-name": "财务部", "quality-name": "品检一部"})
    answer = browser(cast.laowang).post("/kinds/garment/start/", given)
    assert (answer.status_code, "已经有一个部门叫「财务部」" in words(answer)) == (400, True)
    assert "品检一部" in answer.content.decode()
    bad = page_of("garment", **{"quality-played_by": "nowhere"})
    assert browser(cast.laowang).post("/kinds/garment/start/", bad).status_code == 400
    stale = page_of("garment", version="9")
    assert browser(cast.laowang).post("/kinds/garment/start/", stale).status_code == 409
    assert browser(cast.laowang).get("/kinds/printing/start/").status_code == 409
    assert browser(cast.xiaoli).get("/kinds/garment/start/").status_code == 403


@pytest.mark.rule("A5")
def test_the_api_lists_what_is_missing_and_starts(cast: Cast) -> None:
    caller = Caller(cast.laowang)
    latent = {one["code"]: one for one in caller.get("business-kinds/?active=false").json()["results"]}
    assert latent["garment"]["missing_departments"] == ["manufacturing", "quality"]
    parts: list[dict[str, Any]] = [
        {"code": "manufacturing", "played_by": "paper_manufacturing"},
        {"code": "quality", "name": "品质部", "function": "quality"},
    ]
    done = caller.post("business-kinds/garment/start/", {"version": 1, "parts": parts})
    assert (done.status_code, done.json()["active"], done.json()["missing_departments"]) == (200, True, [])
    assert caller.post("business-kinds/garment/start/", {}).status_code == 409
    assert caller.post("business-kinds/dyeing/start/", {"parts": [{"code": "manufacturing"}]}).status_code == 400
    assert Caller(cast.xiaoli).post("business-kinds/dyeing/start/", {}).status_code == 403
