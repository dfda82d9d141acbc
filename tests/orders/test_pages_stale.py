"""别人先改了（I21）：说谁、何时、改成什么，填的一样不丢，看过再填上去。"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from orders import services
from orders.models import Order
from papers.services import attachments_of
from tests.cast import Cast, draft, order_input, submitted
from tests.pages import browser, sheet, words


def test_a_stale_form_shows_both_versions_and_loses_nothing(cast: Cast) -> None:
    order = draft(cast)
    services.edit_order(order, order_input(customer_po="NEU-1"), actor=cast.laowang)
    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/edit/", sheet(revision="1", colour="PANTONE 186 C"))
    page = words(answer)
    assert answer.status_code == 409
    assert "王建国" in page
    assert "客户单号 NEU-1 RH-2611-018" in page
    assert "PANTONE 186 C" in page
    assert Order.objects.get().customer_po == "NEU-1"


def test_what_was_typed_can_be_put_on_top(cast: Cast) -> None:
    order = draft(cast)
    services.edit_order(order, order_input(customer_po="NEU-1"), actor=cast.laowang)
    li = browser(cast.xiaoli)
    refused = li.post(f"/orders/{order.number}/edit/", sheet(revision="1", colour="PANTONE 186 C"))
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', refused.content.decode()))
    assert li.post(f"/orders/{order.number}/edit/", kept).status_code == 302
    again = Order.objects.get()
    assert (again.customer_po, again.requirements["colour"]) == ("RH-2611-018", "PANTONE 186 C")


def test_files_that_came_with_a_stale_form_are_not_lost(cast: Cast, settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    order = draft(cast)
    services.edit_order(order, order_input(customer_po="NEU-1"), actor=cast.laowang)
    li, path = browser(cast.xiaoli), f"/orders/{order.number}/edit/"
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    token = "a-form-that-was-opened-once"
    refused = li.post(path, {**sheet(revision="1", token=token), "attachments": scan})
    assert refused.status_code == 409
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', refused.content.decode()))
    assert li.post(path, kept).status_code == 302
    assert [file.name for file in attachments_of(order)] == ["scan.pdf"]


def test_a_draft_that_saves_itself_over_a_newer_one_is_told(cast: Cast) -> None:
    order = draft(cast)
    services.edit_order(order, order_input(customer_po="NEU-1"), actor=cast.laowang)
    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/edit/draft/", sheet(revision="1"))
    assert answer.status_code == 409
    assert Order.objects.get().customer_po == "NEU-1"


def test_a_button_of_an_older_page_does_nothing(cast: Cast) -> None:
    order = submitted(cast)
    seen = order.revision - 1
    answer = browser(cast.laowang).post(f"/orders/{order.number}/accept/", {"version": str(seen)})
    assert answer.status_code == 409
    assert "别人刚改过这张单" in words(answer)
    assert Order.objects.get().state == "submitted"


def test_a_form_without_its_revision_is_as_stale_as_can_be(cast: Cast) -> None:
    order = draft(cast)
    assert browser(cast.xiaoli).post(f"/orders/{order.number}/edit/", sheet()).status_code == 409
