"""每个动作不多于十二条 SQL，行数、部门数再多也一样（DESIGN §8）。"""

from __future__ import annotations

from typing import Any

import pytest

from reviews import services
from reviews.events import NoticeIssued
from reviews.models import Notice, Round
from tests.cast import Cast, accepted, line_input
from tests.cast_reviews import (
    agreed,
    answer_input,
    answer_of,
    copy_of,
    day,
    drafted,
    issued_notice,
    reviewing,
    signed,
    signed_notice,
)
from workflow.events import REACTIONS

MOST = 12
SAVEPOINTS = 2  # a test stands in a transaction already: the act's own is a savepoint, which is counted


@pytest.fixture
def ceiling(django_assert_max_num_queries: Any) -> Any:
    return django_assert_max_num_queries(MOST + SAVEPOINTS)


def test_opening_a_round(cast: Cast, ceiling: Any) -> None:
    order = accepted(cast, lines=[line_input() for _ in range(30)])
    with ceiling:
        services.open_round(order, "distributed", actor=cast.laowang)


def test_answering_and_signing(cast: Cast, ceiling: Any) -> None:
    answer = answer_of(reviewing(cast), "engineering")
    with ceiling:
        services.sign_answer(answer, answer_input(), actor=cast.engineering)


def test_answering_and_signing_by_a_delegate(cast: Cast, ceiling: Any) -> None:
    answer = answer_of(reviewing(cast), "engineering")
    with ceiling:
        services.sign_answer(answer, answer_input(), actor=cast.engineering2)


def test_answering_again_and_signing(cast: Cast, ceiling: Any) -> None:
    answer = answer_of(signed(cast), "engineering")
    with ceiling:
        services.sign_answer(answer, answer_input(comment="改"), actor=cast.engineering)


@pytest.mark.parametrize("given", [True, False])
def test_concluding(cast: Cast, ceiling: Any, given: bool) -> None:
    pk = signed(cast, reviewing(cast, lines=[line_input() for _ in range(30)])).pk
    review = Round.objects.select_related("order__business_kind", "order__team").get(pk=pk)
    with ceiling:
        services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(18) if given else None)


def test_drafting_the_notice(cast: Cast, django_assert_max_num_queries: Any) -> None:
    order = agreed(cast, lines=[line_input() for _ in range(30)])
    with django_assert_max_num_queries(MOST + SAVEPOINTS):
        services.create_notice(order, actor=cast.xiaoli)


@pytest.mark.parametrize("who", ["gm", "gm_delegate"])
def test_signing_the_notice(cast: Cast, ceiling: Any, who: str) -> None:
    notice = Notice.objects.get(pk=drafted(cast, lines=[line_input() for _ in range(30)]).pk)
    with ceiling:
        services.sign_notice(notice, actor=getattr(cast, who))


def test_issuing_the_notice(cast: Cast, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REACTIONS, NoticeIssued, [])  # what the higher floors do about it is theirs to count
    notice = Notice.objects.get(pk=signed_notice(cast, lines=[line_input() for _ in range(30)]).pk)
    with django_assert_max_num_queries(MOST + 2 + SAVEPOINTS):  # each department's part of the review goes with it
        services.issue_notice(notice, actor=cast.xiaoli)


def test_acknowledging(cast: Cast, django_assert_max_num_queries: Any) -> None:
    copy = copy_of(issued_notice(cast), "engineering")
    with django_assert_max_num_queries(4 + SAVEPOINTS):
        services.acknowledge_copy(copy, actor=cast.engineering)
