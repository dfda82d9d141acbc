"""外协的页面：列表、新建、一张加工单、加工商；说得清楚，填的不丢。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outsourcing.models import OutsourcingOrder, Processor, Receipt
from parties.models import User
from tests.cast import Cast
from tests.cast_outsourcing import made, processor, sent
from tests.cast_production import producing
from workflow import clock


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.rule("A23.2")
def test_a_coordinator_makes_one_on_the_page(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.xiaoli)
    processor()
    page = client.get("/outsourcing/new/", {"order": order.number})
    assert "宏达模切厂" not in page.content.decode()
    first = order.lines_now[0].pk
    given = {
        "order": order.number, "processor": "W003", "mark": str(page.context["form"].initial["mark"]),
        "delivery_date": (clock.today() + dt.timedelta(days=5)).isoformat(),
        f"line{first}-operation": "覆膜", f"line{first}-quantity": "1000", f"line{first}-unit_price": "0.35",
    }  # fmt: skip

    for _twice in range(2):
        answer = client.post("/outsourcing/new/", given)
        assert answer.status_code == 302
    document = OutsourcingOrder.objects.get()
    assert answer["Location"] == f"/outsourcing/{document.number}/"
    assert str(document.amount) == "350.00"


@pytest.mark.rule("A23.2")
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.xiaoli)
    first = order.lines_now[0].pk
    given = {
        "order": order.number,
        "transport": "自提",
        f"line{first}-operation": "覆膜",
        f"line{first}-quantity": "1e3",
    }

    answer = client.post("/outsourcing/new/", given)

    words = answer.content.decode()
    assert answer.status_code == 400
    for expected in ("请填加工商", "请填交回日期", "请填单价", "请填数字", 'value="自提"', 'value="1e3"'):
        assert expected in words, expected
    assert not OutsourcingOrder.objects.exists()


@pytest.mark.rule("A41")
def test_moves_and_their_refusals_stand_on_the_page(cast: Cast) -> None:
    document = sent(cast)
    page = f"/outsourcing/{document.number}/"

    answer = at_desk(cast.xiaoli).post(f"{page}finish-receiving/", {"reason": ""})
    assert answer.status_code == 422
    assert "收货合格 0／1,000 本" in answer.content.decode()
    answer = at_desk(cast.xiaoli).post(f"{page}finish-receiving/", {"reason": "全数报废"})
    assert (answer.status_code, OutsourcingOrder.objects.get().state) == (302, "received")


@pytest.mark.rule("A23.4")
def test_material_control_receives_on_the_page(cast: Cast) -> None:
    document = sent(cast)
    client, page = at_desk(cast.material), f"/outsourcing/{document.number}/"
    line = document.lines.get().pk
    wrong = {"receipt-line": line, "receipt-received": "10", "receipt-accepted": "9"}

    answer = client.post(f"{page}receipts/", wrong)
    assert (answer.status_code, "之和 9" in answer.content.decode()) == (400, True)
    assert 'value="10"' in answer.content.decode()
    assert client.post(f"{page}receipts/", wrong | {"receipt-rework": "1"}).status_code == 302
    assert Receipt.objects.get().rework == 1


@pytest.mark.rule("A3")
def test_strangers_get_404_and_others_403(cast: Cast) -> None:
    document = made(cast)

    assert at_desk(cast.xiaochen).get(f"/outsourcing/{document.number}/").status_code == 404
    assert at_desk(cast.sales).get("/outsourcing/").status_code == 403
    assert at_desk(cast.printing_qc).get("/outsourcing/processors/new/").status_code == 403
    assert Client().get("/outsourcing/").status_code == 302


@pytest.mark.rule("A42")
def test_a_processor_is_suspended_with_its_reason(cast: Cast) -> None:
    processor()
    client = at_desk(cast.xiaoli)
    given = {"code": "W001", "name": "新艺烫金加工厂", "suspended": "on"}

    answer = client.post("/outsourcing/processors/W001/", given)
    assert (answer.status_code, "停用要写明原因" in answer.content.decode()) == (400, True)
    assert client.post("/outsourcing/processors/W001/", given | {"suspended_reason": "搬厂"}).status_code == 302
    assert Processor.objects.get(code="W001").suspended_reason == "搬厂"


def test_the_list_reads_a_fixed_number_of_times(cast: Cast) -> None:
    client, counts = at_desk(cast.laowang), []
    for _more in range(2):
        made(cast)
        made(cast)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/outsourcing/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
    assert client.get("/outsourcing/", {"colour": "red"}).status_code == 400
