"""一次多单、巡查记录、检验的页面（第六条，A6.4a；第五章，A51）。"""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from parties.models import User
from production.models import Inspection, Visit
from tests.cast import Cast
from tests.cast_production import inspected, producing, visited


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def row(order: Order, done: str) -> dict[str, str]:
    prefix = f"o{order.pk}-"
    figures = {f"{prefix}done_{line.pk}": done for line in order.lines_now}
    return {f"{prefix}process": "印刷", f"{prefix}schedule": "ok", f"{prefix}quality": "ok", **figures}


@pytest.mark.rule("A6.4a")
def test_ticked_orders_are_entered_together_and_others_not(cast: Cast) -> None:
    orders = [producing(cast) for _ in range(3)]
    given: dict[str, object] = {"order": [order.number for order in orders[:2]]}
    for order in orders:
        given |= row(order, "100")

    assert at_desk(cast.xiaoli).post("/visits/many/", given).status_code == 302
    assert {visit.order for visit in Visit.objects.all()} == set(orders[:2])
    assert len({visit.round for visit in Visit.objects.all()}) == 1


@pytest.mark.rule("A6.4a")
def test_one_bad_row_holds_all_and_none_is_nothing(cast: Cast) -> None:
    first, second = producing(cast), producing(cast)
    client = at_desk(cast.xiaoli)
    given = {"order": [first.number, second.number]} | row(first, "100") | row(second, "1e5")

    answer = client.post("/visits/many/", given)
    assert (answer.status_code, 'value="1e5"' in answer.content.decode()) == (400, True)
    assert client.post("/visits/many/", {}).status_code == 400
    assert not Visit.objects.exists()


@pytest.mark.rule("A6.4a")
def test_pages_read_a_fixed_number_of_times(cast: Cast) -> None:
    client = at_desk(cast.xiaoli)
    counts: dict[str, list[int]] = {"/visits/tour/": [], "/visits/many/": [], "/visits/": [], "/inspections/": []}
    for _more in range(2):
        for order in (producing(cast), producing(cast)):
            visited(cast, order, "1", "1", process="设计制版")
            inspected(cast, order, order.lines_now[0], "5")
        for path, found in counts.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
    for path, (few, many) in counts.items():
        assert few == many <= 25, (path, few, many)


@pytest.mark.rule("B8")
def test_the_record_is_narrowed_by_finding_and_words(cast: Cast) -> None:
    visited(cast, producing(cast), schedule="late", note="停机换版")
    client = at_desk(cast.laowang)

    assert "停机换版" in client.get("/visits/", {"chip": "late"}).content.decode()
    assert "停机换版" not in client.get("/visits/", {"chip": "risk"}).content.decode()
    assert "停机换版" in client.get("/visits/", {"order": "瑞禾"}).content.decode()
    assert client.get("/visits/", {"since": "昨天"}).status_code == 400
    assert client.get("/visits/", {"colour": "red"}).status_code == 400


@pytest.mark.rule("A51")
def test_an_inspector_enters_several_lines_at_once(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.printing_qc)
    first, second = (line.pk for line in order.lines_now)
    given = {"entry": str(uuid.uuid4()), f"line{first}-accepted": "980", f"line{first}-rework": "20",
             f"line{second}-accepted": "500", f"line{second}-report_no": "J9"}  # fmt: skip
    page = f"/orders/{order.number}/inspections/"

    assert client.get(page).status_code == 200
    for _twice in range(2):
        assert client.post(page, given).status_code == 302
    assert [str(row.passed) for row in Inspection.objects.order_by("line__position")] == ["980.000", "500.000"]


@pytest.mark.rule("A51")
def test_an_inspection_says_what_is_missing_and_may_be_corrected(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.printing_qc)
    first, page = order.lines_now[0].pk, f"/orders/{order.number}/inspections/"

    answer = client.post(page, {f"line{first}-report_no": "J1"})
    assert (answer.status_code, "还没有填检验数" in answer.content.decode()) == (400, True)
    assert client.post(page, {}).status_code == 400
    wrong = inspected(cast, order, order.lines_now[0], "900")
    assert 'value="900"' in client.get(page, {"corrects": wrong.pk}).content.decode()
    assert client.post(page, {"corrects": wrong.pk, f"line{first}-accepted": "850"}).status_code == 302
    assert Inspection.objects.standing().get().corrects == wrong
    assert at_desk(cast.xiaoli).get(page).status_code == 403
    assert at_desk(cast.paper_qc).get(page).status_code == 404
