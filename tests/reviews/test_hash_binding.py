"""签字绑定于内容（I19、I20）：动了签的任何一处，签字不再有效；没签的动了，照样有效。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from papers.canonical import fingerprint
from parties.models import Department
from reviews.models import Answer, Notice, Round
from tests.cast import Cast
from tests.cast_reviews import answer_of, day, issued_notice, signed

SIGNED: list[tuple[str, Any]] = [
    ("verdict", "conditional"),
    ("planned_date", day(13)),
    ("points", {"valid": False}),
    ("remarks", {"valid": "缺章"}),
    ("comment", "可以。"),
]


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize(("field", "value"), SIGNED)
def test_every_signed_field_breaks_the_signature(cast: Cast, field: str, value: Any) -> None:
    answer = answer_of(signed(cast), "engineering")
    assert answer.is_signed

    setattr(answer, field, value)

    assert not answer.is_signed


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize(("field", "value"), [("order_version", 2), ("number", 2)])
def test_so_does_another_round_or_version(cast: Cast, field: str, value: int) -> None:
    answer = answer_of(signed(cast), "engineering")

    setattr(answer.round, field, value)

    assert not answer.is_signed


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("what", ["answered_at", "signed_by", "countersigned_at", "revision"])
def test_what_is_not_signed_may_differ(cast: Cast, what: str) -> None:
    answer = answer_of(signed(cast), "engineering")

    setattr(answer, what, None)

    assert answer.is_signed


@pytest.mark.rule("A20.1")
def test_the_delivery_date_is_in_no_answers_hash(cast: Cast) -> None:
    review = signed(cast)
    before = answer_of(review, "engineering").sha256
    review.delivery_date, review.note = day(30), "改了"

    assert answer_of(review, "engineering").sha256 == before


@pytest.mark.rule("A20.1")
def test_the_hash_is_the_same_today_and_in_ten_years() -> None:
    answer = Answer(
        round=Round(order_id=7, number=1, order_version=3), department=Department(code="engineering"),
        verdict="agree", planned_date=dt.date(2026, 12, 5), points={"valid": True}, comment="可以",
    )  # fmt: skip

    assert answer.sha256 == "1bb63e42c81ac455899aedc4622fd6e62986d53d6f3d797a4acbb3279400a8c3"


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("column", ["verdict = 'disagree'", "planned_date = '2030-01-01'", "points = '{}'"])
def test_the_database_refuses_to_change_a_signed_answer(cast: Cast, column: str) -> None:
    answer = answer_of(signed(cast), "engineering")

    with pytest.raises(DatabaseError, match="signed_content_stays"), transaction.atomic():
        _raw(f"UPDATE reviews_answer SET {column} WHERE id = {answer.pk}")
    assert Answer.objects.get(pk=answer.pk).verdict == "agree"


@pytest.mark.rule("A6.3a")
@pytest.mark.parametrize(
    "column", ["content = '{}'", "sha256 = repeat('0', 64)", "order_version = 9", "signed_by_id = made_by_id"]
)
def test_the_database_refuses_to_change_a_signed_notice(cast: Cast, column: str) -> None:
    notice = issued_notice(cast)

    with pytest.raises(DatabaseError, match="signed_content_stays"), transaction.atomic():
        _raw(f"UPDATE reviews_notice SET {column} WHERE id = {notice.pk}")
    notice = Notice.objects.get()
    assert fingerprint(notice.content) == notice.sha256 == notice.signatures.get().sha256


@pytest.mark.rule("A6.3a")
@pytest.mark.parametrize("table", ["reviews_signature", "reviews_notice", "reviews_answer", "reviews_noticecopy"])
def test_nothing_signed_is_ever_deleted(cast: Cast, table: str) -> None:
    issued_notice(cast)

    with pytest.raises(DatabaseError), transaction.atomic():
        _raw(f"DELETE FROM {table}")


def _raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
