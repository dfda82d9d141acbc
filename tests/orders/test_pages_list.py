"""业务单列表：各看各的，筛选在网址里，按键翻页，批量审核，列与视图按人存。"""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parties.models import ListColumns, SavedView
from tests.cast import Cast, accepted, draft, submitted
from tests.pages import browser, words
from workflow.paging import keyset

LIST = "/orders/"
CEILING = 16


@pytest.mark.rule("A3")
def test_everybody_sees_their_own(cast: Cast) -> None:
    order = draft(cast)
    for who, sees in ((cast.xiaoli, True), (cast.xiaochen, False), (cast.laowang, True), (cast.engineering, False)):
        assert (order.number in words(browser(who).get(LIST))) is sees


def test_money_is_not_on_the_page_of_who_may_not_see_it(cast: Cast) -> None:
    accepted(cast)
    assert "订货金额" in words(browser(cast.laowang).get(LIST))
    assert "订货金额" not in words(browser(cast.warehouse).get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [("chip=submitted", True), ("chip=agreed", False), ("q=rhcy", True), ("q=没有这个", False), ("kind=paper", False),
     ("state=submitted", True), ("who=xiaoli", True), ("customer=C002", False), ("due_from=2020-01-01&sort=due", True)],
)  # fmt: skip
def test_the_address_narrows_the_list(cast: Cast, query: str, found: bool) -> None:
    order = submitted(cast)
    assert (order.number in words(browser(cast.laowang).get(f"{LIST}?{query}"))) is found


@pytest.mark.parametrize(
    "query", ["ordering=password", "coordinator__password__startswith=a", "due_from=gestern", "state=wish",
              "after=%00", "after=1e3", "who=nobody", "sort=password", "kind=%ff%fe"]
)  # fmt: skip
def test_what_the_list_does_not_know_is_refused(cast: Cast, query: str) -> None:
    assert browser(cast.laowang).get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize("sort", ["", "&sort=due"])
def test_pages_follow_each_other_without_gaps(cast: Cast, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keyset.__kwdefaults__, "size", 2)
    made = {draft(cast).number for _ in range(5)}
    li, seen, url = browser(cast.xiaoli), [], f"{LIST}?{sort.lstrip('&')}"
    while url:
        page = li.get(url).context["page"]
        seen += [order.number for order in page.rows]
        url = f"{LIST}{page.next_url}" if page.next_url else ""
    assert (len(seen), set(seen)) == (5, made)
    back = li.get(f"{LIST}{page.previous_url}").context["page"]
    assert [order.number for order in back.rows] == seen[2:4]


def test_the_list_asks_the_database_as_often_for_many_rows(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        submitted(cast)
    wang = browser(cast.laowang)
    with django_assert_max_num_queries(CEILING) as few:
        wang.get(LIST)
    for _ in range(4):
        submitted(cast)
    with django_assert_max_num_queries(len(few.captured_queries)):
        wang.get(LIST)


def test_totals_come_after_the_page(cast: Cast) -> None:
    draft(cast)
    draft(cast)
    assert "全部 2 单 28,200.00" in words(browser(cast.xiaoli).get("/orders/totals/"))


def test_columns_are_kept_by_person(cast: Cast) -> None:
    draft(cast)
    li = browser(cast.xiaoli)
    li.post("/orders/columns/", {"column": ["step", "kind", "no-such"]})
    assert ListColumns.objects.chosen_by(cast.xiaoli, "orders") == ["step", "kind"]
    assert [column.key for column in li.get(LIST).context["columns"]] == ["no", "customer", "step", "kind"]
    li.post("/orders/columns/", {"reset": "1"})
    assert not ListColumns.objects.exists()


def test_filters_are_kept_as_a_view_and_shared(cast: Cast) -> None:
    wang = browser(cast.laowang)
    answer = wang.post("/orders/views/", {"name": "本组未审", "query": "chip=submitted", "shared": "on"})
    view = SavedView.objects.get()
    assert answer["Location"] == f"/orders/?chip=submitted&view={view.pk}"
    assert "本组未审" in words(browser(cast.xiaoli).get(LIST))
    assert browser(cast.xiaoli).post(f"/orders/views/{view.pk}/drop/").status_code == 404
    assert wang.post(f"/orders/views/{view.pk}/drop/").status_code == 302
    assert not SavedView.objects.exists()
