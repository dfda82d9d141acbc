"""手机上：仓库点货发出，跟单员拍回单，登记退货。"""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from papers.models import Attachment
from parties.models import Customer
from shipping.models import Delivery, Return
from tests.cast import Cast
from tests.cast_shipping import day, dispatched, notified
from tests.pages import browser, words


def photo() -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (20, 30), "white").save(picture, "JPEG")
    return SimpleUploadedFile("回单.jpg", picture.getvalue(), "image/jpeg")


@pytest.mark.rule("A54")
def test_the_warehouse_dispatches_with_the_papers_ticked(cast: Cast) -> None:
    Customer.objects.filter(code="C001").update(accompanying_papers=["合格证"])
    delivery = notified(cast)
    keeper, page = browser(cast.warehouse), f"/deliveries/{delivery.number}/dispatch/"

    assert keeper.get(page).context["lacking"] == []
    refused = keeper.post(page, {"waybill": "SF0001"})
    assert (refused.status_code, "客户要求随货的「合格证」还没有核对" in words(refused)) == (422, True)
    assert 'value="SF0001"' in refused.content.decode()
    done = keeper.post(page, {"waybill": "SF0001", "enclosed": ["合格证"]}, follow=True)
    assert "已发出：成品出库" in words(done)
    assert Delivery.objects.get().waybill == "SF0001"


@pytest.mark.rule("A52")
def test_what_is_lacking_stands_first_and_the_button_is_locked(cast: Cast) -> None:
    delivery = notified(cast, times=1)

    said = browser(cast.warehouse).get(f"/deliveries/{delivery.number}/dispatch/")
    assert [refusal.rule for refusal in said.context["lacking"]] == ["A52"]
    assert 'type="submit"' not in said.content.decode()
    again = browser(cast.warehouse).post(f"/deliveries/{delivery.number}/dispatch/")
    assert again.status_code == 422


@pytest.mark.rule("A54")
def test_the_receipt_is_photographed(cast: Cast) -> None:
    delivery = dispatched(cast)
    page = f"/deliveries/{delivery.number}/deliver/"
    given = {"signed_by": "客户仓库", "signed_on": str(day(0)), "reaction": "包装完好", "receipt": photo()}

    done = browser(cast.xiaoli).post(page, given, follow=True)
    kept = Delivery.objects.select_related("receipt").get()
    assert "回单已登记" in words(done)
    assert (kept.state, kept.reaction, kept.receipt.about) == ("delivered", "包装完好", kept.about)
    assert browser(cast.xiaoli).get(page).status_code == 409


@pytest.mark.rule("A54")
def test_a_refused_receipt_leaves_no_picture(cast: Cast) -> None:
    delivery = dispatched(cast)
    given = {"signed_by": "客户仓库", "signed_on": str(day(1)), "receipt": photo()}

    answer = browser(cast.xiaoli).post(f"/deliveries/{delivery.number}/deliver/", given)
    assert (answer.status_code, "签收日期要在发货那天到今天之间" in words(answer)) == (400, True)
    assert not Attachment.objects.exists()


@pytest.mark.rule("A56")
def test_a_return_is_registered_from_its_delivery(cast: Cast) -> None:
    delivery = dispatched(cast)
    line = delivery.lines_now[0]
    page, li = f"/deliveries/{delivery.number}/return/", browser(cast.xiaoli)
    given = {"kind": "replace", "reason": "划伤", f"b{line.pk}-quantity": "10", f"b{line.pk}-condition": "封面划伤"}

    assert li.get(page).status_code == 200
    too_many = li.post(page, given | {f"b{line.pk}-quantity": "1001"})
    assert (too_many.status_code, "退回共 1,001，多了" in words(too_many)) == (422, True)
    assert li.post(page, given | {f"b{line.pk}-quantity": ""}).status_code == 400
    assert "已登记，等仓库收货" in words(li.post(page, given, follow=True))
    assert [(one.kind, one.lines.get().condition) for one in Return.objects.all()] == [("replace", "封面划伤")]
