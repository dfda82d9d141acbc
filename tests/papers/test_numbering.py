"""连续编号：用一个少一个，退一个还一个，年年从一起。"""

from datetime import UTC, date, datetime

import pytest
from django.db import InternalError, connection, transaction

from papers.models import Series
from papers.numbering import next_number

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 1)


def test_numbers_follow_one_another_in_their_series() -> None:
    assert [next_number("GD", DAY), next_number("TZ", DAY), next_number("GD", DAY)] == [
        "GD26-000001",
        "TZ26-000001",
        "GD26-000002",
    ]


def test_a_number_goes_back_with_its_transaction() -> None:
    next_number("GD", DAY)
    point = transaction.savepoint()
    assert next_number("GD", DAY) == "GD26-000002"
    transaction.savepoint_rollback(point)
    assert next_number("GD", DAY) == "GD26-000002"


def test_the_year_is_that_of_the_company() -> None:
    new_years_eve = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    new_year = datetime(2026, 12, 31, 16, 1, tzinfo=UTC)  # 00:01 in Shanghai
    assert [next_number("GD", new_years_eve), next_number("GD", new_year)] == ["GD26-000001", "GD27-000001"]


def test_the_millionth_has_seven_digits() -> None:
    Series.objects.create(series="GD", year=2026, last=999_999)
    assert next_number("GD", DAY) == "GD26-1000000"


@pytest.mark.parametrize("series", ["", "G", "gd", "GD1", "ORDER", "GD26-000001"])
def test_no_series_by_another_name(series: str) -> None:
    with pytest.raises(ValueError, match="capital letters"):
        next_number(series, DAY)


@pytest.mark.parametrize("change", ["last = last - 1", "last = last + 2", "series = 'ZZ'", "year = 2030"])
def test_the_database_lets_a_counter_only_count(change: str) -> None:
    next_number("GD", DAY)
    with pytest.raises(InternalError, match="goes up by one"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE papers_series SET {change}")
    assert Series.objects.get().last == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_no_number() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        next_number("GD", DAY)
    assert not Series.objects.exists()
