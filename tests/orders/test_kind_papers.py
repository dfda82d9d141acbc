"""种类要齐的资料（D6、C8）：单上列出有什么、缺什么；投产前提醒，缺着投产记在日志里，不拦。"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.kind_papers import DISPATCH, PRODUCTION, papers_missing, wanted_papers
from orders.models import Order
from orders.reminders import papers_before_production
from orders.services import start_production
from papers.services import attach
from tests.caller import Caller
from tests.cast import Cast, accepted, draft, line_input
from tests.cast_kinds import changed_kind, kind
from tests.cast_reviews import issued
from tests.pages import browser, words
from tests.permissions.world import PDF
from workflow import clock
from workflow.duties import Scope
from workflow.models import TransitionLog

WANTED = {"papers": ["客户制单", "合同"], "papers_before_dispatch": ["合同", "装箱单"]}


def filed(cast: Cast, order: Order, name: str) -> None:
    attach(SimpleUploadedFile(f"{name}.pdf", PDF), about=order, actor=cast.xiaoli, kind=name)


@pytest.mark.rule("D6", "C8")
def test_what_is_wanted_says_when_and_what_is_there(cast: Cast) -> None:
    changed_kind(cast, **WANTED)
    order = draft(cast)
    filed(cast, order, "合同")
    found = [(one.name, one.before, one.missing) for one in wanted_papers(order)]
    assert found == [
        ("客户制单", [PRODUCTION], True), ("合同", [PRODUCTION, DISPATCH], False), ("装箱单", [DISPATCH], True),
    ]  # fmt: skip
    assert (papers_missing(order, PRODUCTION), papers_missing(order)) == (["客户制单"], ["装箱单"])


@pytest.mark.rule("D6", "A6.4e")
def test_a_line_of_another_kind_brings_its_papers(cast: Cast) -> None:
    changed_kind(cast, "paper", papers=["刀模图"])
    lines = [line_input(), line_input("P006", "300", "16.80", business_kind=kind("paper"))]
    assert papers_missing(accepted(cast, lines=lines), PRODUCTION) == ["刀模图"]
    assert wanted_papers(draft(cast)) == []


@pytest.mark.rule("D6")
def test_the_order_shows_the_list_and_warns_before_production(cast: Cast) -> None:
    changed_kind(cast, **WANTED)
    order = issued(cast)
    li, page = browser(cast.xiaoli), f"/orders/{order.number}/"
    files = words(li.get(f"{page}?tab=files"))
    assert ("客户制单 投产前 还缺" in files, "合同 投产前、发货前 还缺" in files) == (True, True)
    shown = li.get(page)
    assert "投产前要齐的资料还缺：客户制单、合同 去补" in words(shown)
    assert "投产前要齐的资料还缺客户制单、合同。缺着投产会记在单上，确定吗？" in shown.content.decode()
    assert "文件 0，缺 3" in words(shown)
    for name in ("客户制单", "合同"):
        given = {"kind": name, "file": SimpleUploadedFile("a.pdf", PDF)}
        assert li.post(f"{page}attachments/", given).status_code == 302
    assert "投产前要齐的资料还缺" not in words(li.get(page))


@pytest.mark.rule("D6")
def test_the_coordinator_is_reminded_until_they_are_there(cast: Cast) -> None:
    changed_kind(cast, papers=["客户制单"])
    order = issued(cast)
    due = list(papers_before_production(Scope(clock.now())))
    assert [(one.holder_id, one.words) for one in due] == [(cast.xiaoli.pk, "还缺客户制单。")]
    assert list(papers_before_production(Scope(clock.now(), cast.xiaochen))) == []
    filed(cast, order, "客户制单")
    assert list(papers_before_production(Scope(clock.now()))) == []


@pytest.mark.rule("D6")
def test_started_without_them_the_log_says_so_and_with_them_not(cast: Cast) -> None:
    changed_kind(cast, papers=["客户制单"])
    for present in (False, True):
        order = issued(cast)
        if present:
            filed(cast, order, "客户制单")
        order = start_production(order, actor=cast.xiaoli)
        row = TransitionLog.objects.get(subject_type=order._meta.db_table, subject_id=order.pk, move="start_production")
        assert (order.state, "客户制单" in row.data_text) == ("producing", not present)


@pytest.mark.rule("D6")
def test_a_kind_that_names_none_is_not_reminded(cast: Cast) -> None:
    order = issued(cast)
    assert list(papers_before_production(Scope(clock.now()))) == []
    assert "要齐的资料" not in words(browser(cast.xiaoli).get(f"/orders/{order.number}/?tab=files"))
    assert kind("equipment").rules.papers == (
        "BOM",
        "图纸",
        "作业指导书",
        "说明书",
        "检验标准",
    )


@pytest.mark.rule("D6", "C8")
def test_the_api_lists_them(cast: Cast) -> None:
    changed_kind(cast, **WANTED)
    order, caller = draft(cast), Caller(cast.xiaoli)
    file = SimpleUploadedFile("a.pdf", PDF)
    sent = caller.client.post(f"/api/v1/orders/{order.number}/attachments/", {"file": file, "kind": "装箱单"})
    rows = caller.get(f"orders/{order.number}/papers/").json()["results"]
    assert [(row["name"], row["before"], row["filed"]) for row in rows] == [
        ("客户制单", ["production"], False),
        ("合同", ["production", "dispatch"], False),
        ("装箱单", ["dispatch"], True),
    ]
    assert rows[2]["attachments"] == [sent.json()["id"]]
