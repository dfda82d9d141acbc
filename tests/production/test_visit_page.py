"""手机上登记巡查：选单、填数、拍照、登记好；说得清楚，填的不丢（第六条，A6.4a）。"""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from orders.models import Order
from parties.models import User
from production.models import Visit
from tests.cast import Cast
from tests.cast_production import clock_at, producing, visited
from tests.cast_reviews import issued
from workflow import clock

MORNING = "2026-11-23 09:42"


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(file, "JPEG")
    return SimpleUploadedFile("shot.jpg", file.getvalue(), "image/jpeg")


def filled(order: Order, *done: str, **changes: str) -> dict[str, object]:
    figures = {f"done_{line.pk}": figure for line, figure in zip(order.lines_now, done, strict=False)}
    return {"process": "印刷", "schedule": "risk", "quality": "ok", "mark": str(uuid.uuid4()), **figures, **changes}


@pytest.mark.rule("A6.4a")
def test_from_the_round_to_the_next_order(cast: Cast, tmp_path: object, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    with clock.told(clock_at("2026-11-20 10:00")):
        order, following = producing(cast, rush=True), producing(cast)
    client = at_desk(cast.xiaoli)
    with clock.told(clock_at(MORNING)):
        words = client.get("/visits/tour/").content.decode()
        assert "上午巡查" in words
        assert "2 单" in words
        given = filled(order, "1,000", "480") | {"photos": [picture(), picture()]}
        answer = client.post(f"/orders/{order.number}/visits/", given)
        visit = Visit.objects.get()
        assert answer["Location"] == f"/visits/{visit.pk}/done/"
        done = client.get(answer["Location"]).content.decode()

    assert [str(row.done_quantity) for row in visit.lines.order_by("line__position")] == ["1000.000", "480.000"]
    assert (visit.schedule, visit.slot, visit.photos.count()) == ("risk", "am", 2)
    for expected in ("已登记", "2 张照片存进业务单文件", "你选了「有风险」", following.number, "1,000／1,000 本"):
        assert expected in done, expected


@pytest.mark.rule("A6.4a")
def test_sent_twice_it_acts_once(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.xiaoli)
    given = filled(order, "10", "10")

    first, second = (client.post(f"/orders/{order.number}/visits/", given) for _twice in range(2))
    assert first["Location"] == second["Location"]
    assert Visit.objects.count() == 1


@pytest.mark.rule("A6.4a")
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.xiaoli)
    page = f"/orders/{order.number}/visits/"

    answer = client.post(page, filled(order, "1e5", note="停机换版"))
    words = answer.content.decode()
    assert answer.status_code == 400
    assert all(expected in words for expected in ("请填数字", 'value="1e5"', 'value="停机换版"'))

    visited(cast, order, "600", "0")
    answer = client.post(page, filled(order, "500", "0"))
    assert (answer.status_code, "变少了" in answer.content.decode()) == (422, True)
    assert Visit.objects.count() == 1


@pytest.mark.rule("A6.4a")
def test_a_correction_is_filled_with_what_it_corrects(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.xiaoli)
    wrong = visited(cast, order, "900", "0", note="多写了")
    page = f"/orders/{order.number}/visits/"

    words = client.get(page, {"corrects": wrong.pk}).content.decode()
    assert "保存更正" in words
    assert 'value="900"' in words
    answer = client.post(page, filled(order, "600", "0", corrects=str(wrong.pk)))
    assert answer.status_code == 302
    assert Visit.objects.standing().get().corrects == wrong
    assert client.get(page, {"corrects": "99999"}).status_code == 404


@pytest.mark.rule("A3")
def test_who_may_open_it_and_when(cast: Cast) -> None:
    order, early = producing(cast), issued(cast)

    assert at_desk(cast.xiaochen).get(f"/orders/{order.number}/visits/").status_code == 404
    assert at_desk(cast.printing_mfg).get(f"/orders/{order.number}/visits/").status_code == 403
    assert at_desk(cast.xiaoli).get(f"/orders/{early.number}/visits/").status_code == 409
    assert at_desk(cast.finance).get("/visits/tour/").status_code == 403
    assert Client().get("/visits/tour/").status_code == 302


def test_an_order_is_found_by_its_number_or_its_notice(cast: Cast) -> None:
    order, client = producing(cast), at_desk(cast.xiaoli)
    notice = order.notices.get().number

    for number in (order.number, notice.lower()):
        assert client.get("/visits/find/", {"number": number})["Location"] == f"/orders/{order.number}/visits/"
    assert client.get("/visits/find/", {"number": "GD26-999999"}).status_code == 404
    assert at_desk(cast.xiaochen).get("/visits/find/", {"number": order.number}).status_code == 404
