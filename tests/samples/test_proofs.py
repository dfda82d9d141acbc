"""打了样、寄了样的每一种产品也留一件（第十条，A10）：提醒、计数，不挡下一步。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from orders.models import Order
from samples import services
from samples.models import Sample
from samples.reminders import proof_to_retain, sample_to_retain
from tests.cast import Cast
from tests.cast_reviews import issued
from tests.cast_samples import prepared, sample_input, sent, standard
from tests.cast_shipping import line_of
from tests.pages import browser, words
from workflow import clock
from workflow.duties import Scope

TITLE = "打样留样"


def due(now: dt.datetime | None = None) -> list[str]:
    return [one.words for one in proof_to_retain(Scope(now or clock.now()))]


def sheet(cast: Cast, order: Order, **changes: object) -> Sample:
    given = {"kind": "sheet", "name": "打样样张", "order": order, "line": line_of(order, 1)}
    return services.register_sample(sample_input(**(given | changes)), actor=cast.xiaoli)


@pytest.mark.rule("A10")
def test_a_proof_sheet_makes_a_duty_for_the_coordinator(cast: Cast) -> None:
    order = issued(cast)
    assert due() == []
    sheet(cast, order)
    (one,) = proof_to_retain(Scope(clock.now()))
    assert (one.words, one.holder_id) == ("第 1 行产品画册打了样，还没有留一件。", cast.xiaoli.pk)
    assert one.url.endswith("&kind=retained&proof=1")


@pytest.mark.rule("A10", "A6.5b")
def test_so_does_a_sample_that_was_sent(cast: Cast) -> None:
    order = issued(cast)
    sample = standard(cast, order, line=line_of(order, 2))
    prepared(cast, sample)
    assert due() == []
    other = issued(cast, customer_po="P2")
    sent(cast, standard(cast, other, line=line_of(other, 2)))
    assert due() == ["第 2 行宣传海报打了样，还没有留一件。"]


@pytest.mark.rule("A10")
def test_keeping_one_ends_it_and_is_not_the_products(cast: Cast) -> None:
    from samples.selectors import without_retained

    order = issued(cast)
    sheet(cast, order)
    sheet(cast, order, kind="retained", of_proof=True)
    assert due() == []
    assert line_of(order, 1) in without_retained(order.lines.all())
    assert list(sample_to_retain(Scope(clock.now()))) == []


@pytest.mark.rule("A10")
def test_a_retained_product_is_no_retained_proof(cast: Cast) -> None:
    order = issued(cast)
    sheet(cast, order)
    sheet(cast, order, kind="retained")
    assert len(due()) == 1


@pytest.mark.rule("A10")
def test_it_is_asked_for_two_months(cast: Cast) -> None:
    sheet(cast, issued(cast))
    assert due(clock.now() + dt.timedelta(days=61)) == []


@pytest.mark.rule("A10")
def test_only_what_is_retained_is_of_a_proof(cast: Cast) -> None:
    with pytest.raises(ValidationError) as error:
        sheet(cast, issued(cast), of_proof=True)
    assert list(error.value.message_dict) == ["of_proof"]


@pytest.mark.rule("A10")
def test_the_order_says_so_and_leads_there(cast: Cast) -> None:
    order, li = issued(cast), browser(cast.xiaoli)
    sheet(cast, order)
    assert "打了样，还没有留一件" in words(li.get(f"/orders/{order.number}/?tab=samples"))
    line = line_of(order, 1).pk
    page = li.get(f"/samples/new/?order={order.number}&line={line}&kind=retained&proof=1").content.decode()
    assert 'name="of_proof"' in page
    assert "checked" in page.split('name="of_proof"')[1][:120]
