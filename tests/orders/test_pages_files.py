"""扫描件和图片（第六条，A6.1a、B8）：单存之前先收下，存单时归上；不合格一句话；时间线上有。"""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from orders.models import Order
from papers.models import WaitingFile
from papers.services import attachments_of, clear_waiting
from tests.cast import Cast, draft
from tests.pages import browser, sheet, words
from workflow import clock

NEW, FILES = "/orders/new/", "/orders/new/files/"
TOKEN = "a-form-that-was-opened-once"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _files(settings: LazySettings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(name: str = "chat.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def send(client: Client, file: SimpleUploadedFile, path: str = FILES) -> tuple[int, str]:
    answer = client.post(path, {"token": TOKEN, "kind": "basis", "file": file}, headers={"X-Requested-With": "drop"})
    return answer.status_code, answer.content.decode()


@pytest.mark.rule("A6.1a")
def test_a_file_comes_before_the_order_and_is_filed_with_it(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    status, entry = send(li, picture())
    assert (status, "chat.png" in entry, "/thumb/" in entry) == (200, True, True)
    assert not Order.objects.exists()
    li.post(NEW, sheet(token=TOKEN))
    kept = attachments_of(Order.objects.get())
    assert [(one.name, one.kind, one.uploaded_by) for one in kept] == [("chat.png", "basis", cast.xiaoli)]
    li.post(NEW, sheet(token=TOKEN))
    assert attachments_of(Order.objects.get()).count() == 1


@pytest.mark.rule("A6.1a", "B7")
def test_what_waits_on_a_form_is_its_owners_alone(cast: Cast) -> None:
    send(browser(cast.xiaoli), picture())
    path = f"/files/waiting/{WaitingFile.objects.get().pk}/"
    assert browser(cast.xiaoli).get(path).status_code == 200
    assert browser(cast.xiaochen).get(path).status_code == 404
    assert browser(cast.xiaochen).get(f"{path}thumb/").status_code == 404
    assert send(browser(cast.xiaochen), picture())[0] == 403


@pytest.mark.rule("A6.1a")
def test_a_refusal_is_a_sentence(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    status, why = send(li, SimpleUploadedFile("order.exe", b"MZ"))
    assert (status, why.startswith("不接受这种文件，请上传 pdf、")) == (400, True)
    assert send(li, SimpleUploadedFile("order.pdf", b"no pdf"))[1] == "文件内容与扩展名 .pdf 不符，请上传原文件"
    assert not WaitingFile.objects.exists()


@pytest.mark.rule("A6.1a")
def test_without_a_script_a_bad_form_keeps_the_file(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    data = sheet(token=TOKEN, requested_date="")
    answer = li.post(NEW, {**data, "attachments": [picture("a.png"), SimpleUploadedFile("b.pdf", PDF)]})
    page = words(answer)
    assert (answer.status_code, "a.png" in page, "b.pdf" in page) == (400, True, True)
    li.post(NEW, sheet(token=TOKEN))
    assert attachments_of(Order.objects.get()).count() == 2


@pytest.mark.rule("A6.1a")
def test_without_a_script_a_bad_file_keeps_the_words(cast: Cast) -> None:
    data = {**sheet(token=TOKEN, colour="PANTONE 186 C"), "attachments": SimpleUploadedFile("x.exe", b"MZ")}
    answer = browser(cast.xiaoli).post(NEW, data)
    assert answer.status_code == 400
    assert "不接受这种文件" in words(answer)
    assert "PANTONE 186 C" in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.rule("A6.1a")
def test_more_than_ten_at_once_are_asked_for_in_parts(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(NEW, {**sheet(token=TOKEN), "attachments": [picture() for _ in range(11)]})
    assert (answer.status_code, "一次最多 10 个文件" in words(answer)) == (400, True)


@pytest.mark.rule("B8")
def test_a_file_dropped_on_the_order_stands_on_its_timeline(cast: Cast) -> None:
    order = draft(cast)
    status, entry = send(browser(cast.xiaoli), picture(), f"/orders/{order.number}/attachments/")
    assert (status, "chat.png" in entry) == (200, True)
    page = words(browser(cast.xiaoli).get(f"/orders/{order.number}/?tab=timeline"))
    assert "李晓雯归档 chat.png" in page


def test_a_small_picture_is_small(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    send(li, picture())
    answer = li.get(f"/files/waiting/{WaitingFile.objects.get().pk}/thumb/")
    assert answer["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.content)).size == (192, 128)


@pytest.mark.rule("A6.1a")
def test_a_form_saved_too_late_says_which_files_were_cleared(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    send(li, picture())
    WaitingFile.objects.update(at=clock.now() - dt.timedelta(days=8))
    assert clear_waiting() == 1
    assert li.get(f"/files/waiting/{WaitingFile.objects.get().pk}/").status_code == 404
    answer = li.post(NEW, sheet(token=TOKEN), follow=True)
    assert "表单放了一周没有存，先传的文件已经清掉，请在这张单上重新传：chat.png" in words(answer)
    assert not attachments_of(Order.objects.get()).exists()
