"""接单与下单分两步（C3b）：付清或担保单、业务员的书面话、客户的再确认齐了才下单；到日子催两个人。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import ReleaseWord
from orders.reminders import release_due
from orders.services import record_release_word
from reviews import services as reviews
from reviews.models import Notice
from tests.cast import Cast
from tests.cast_kinds import shop
from tests.cast_production import clock_at
from tests.cast_reviews import issued, signed_notice
from tests.pages import browser, words
from workflow.duties import Scope
from workflow.guards import Blocked, WrongState

WORDS = (("guarantee", "财务 孙慧"), ("salesperson", "赵凯"), ("customer", "刘婷"))


@pytest.fixture
def notice(cast: Cast) -> Notice:
    shop(cast)
    return signed_notice(cast)


def said(cast: Cast, notice: Notice, *whats: str) -> None:
    for what, who in WORDS:
        if what in whats:
            record_release_word(notice.order, what, who, "照此下单", actor=cast.xiaoli)


@pytest.mark.rule("C3b")
def test_every_missing_word_is_named(cast: Cast, notice: Notice) -> None:
    with pytest.raises(Blocked) as refused:
        reviews.issue_notice(notice, actor=cast.xiaoli)
    told = [one.words for one in refused.value.refusals]
    assert told[:2] == ["还没有业务员的书面确认", "客户还没有再确认"]
    assert told[2].startswith("下单要付清 14,100.00 元，已收 0.00 元")
    assert {one.rule for one in refused.value.refusals} == {"C3b"}


@pytest.mark.rule("C3b")
@pytest.mark.parametrize("missing", ["guarantee", "salesperson", "customer"])
def test_each_of_the_three_is_needed(cast: Cast, notice: Notice, missing: str) -> None:
    said(cast, notice, *({"guarantee", "salesperson", "customer"} - {missing}))
    with pytest.raises(Blocked) as refused:
        reviews.issue_notice(notice, actor=cast.xiaoli)
    assert len(refused.value.refusals) == 1


@pytest.mark.rule("C3b")
def test_with_all_three_it_is_released(cast: Cast, notice: Notice) -> None:
    said(cast, notice, "guarantee", "salesperson", "customer")
    assert reviews.issue_notice(notice, actor=cast.xiaoli).order.state == "issued"


@pytest.mark.rule("C3b")
def test_who_may_say_what(cast: Cast, notice: Notice) -> None:
    order = notice.order
    assert record_release_word(order, "salesperson", "赵凯", "可以下", actor=cast.sales).by == cast.sales
    for actor, what in ((cast.sales, "guarantee"), (cast.xiaochen, "customer"), (cast.finance, "guarantee")):
        with pytest.raises(PermissionDenied):
            record_release_word(order, what, "谁", "什么", actor=actor)
    with pytest.raises(ValidationError):
        record_release_word(order, "customer", " ", "", actor=cast.xiaoli)
    assert ReleaseWord.objects.count() == 1


@pytest.mark.rule("C3b")
def test_where_it_is_one_step_there_is_nothing_to_say(cast: Cast) -> None:
    order = issued(cast)
    with pytest.raises(WrongState, match="接单就是下单"):
        record_release_word(order, "customer", "刘婷", "可以", actor=cast.xiaoli)


@pytest.mark.rule("C3b")
def test_on_the_due_day_both_are_reminded(cast: Cast, notice: Notice) -> None:
    promised = notice.order.promised_date
    assert promised is not None
    early, due = ((promised - dt.timedelta(days=n)) for n in (11, 10))

    def told(on: dt.date) -> set[int]:
        return {one.holder_id for one in release_due(Scope(clock_at(f"{on} 10:00")))}

    assert told(early) == set()
    assert told(due) == {cast.xiaoli.pk, cast.sales.pk}


@pytest.mark.rule("C3b")
def test_the_list_counts_both_steps(cast: Cast, notice: Notice) -> None:
    page = words(browser(cast.xiaoli).get("/orders/"))
    assert "未下单 1" in page
    said(cast, notice, "guarantee", "salesperson", "customer")
    reviews.issue_notice(notice, actor=cast.xiaoli)
    assert "已下单 1" in words(browser(cast.xiaoli).get("/orders/?chip=released"))
