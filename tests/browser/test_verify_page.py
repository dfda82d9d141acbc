"""谁拿到纸都能扫码核验：手机宽度，现行、已更改、已取消、查无此单，客户一字不提（第二十二条）。"""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from papers import qr
from papers.models import Paper
from papers.services import void_paper
from tests.browser.stage import PHONE, People
from tests.cast import Cast
from tests.cast_reviews import issued_notice

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SECRETS = ("瑞禾", "C001", "RH-2611", "产品画册", "1,000", "李晓雯")


def scanned(people: People, paper: Paper) -> Page:
    """What a phone shows that scans the code on the paper: nobody is logged in."""
    page = people.stranger(qr.qr_content(paper.number, paper.fingerprint))
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return page


def says(page: Page, *words: str) -> None:
    """These words, none of the customer, and nothing beside the screen."""
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    text = page.locator("body").inner_text()
    assert not [secret for secret in SECRETS if secret in text]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.rule("A22", "B7")
def test_a_phone_that_scans_the_paper_sees_whether_it_holds(
    people: People, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PUBLIC_URL", people.address)
    changed, cancelled = (
        Paper.objects.get(kind="notice", number=issued_notice(cast, customer_po=f"RH-2611-{n}").number) for n in (1, 2)
    )
    page = scanned(people, changed)
    assert "/V/TZ26-" in page.url
    says(page, "现行", changed.number, "业务通知单")

    void_paper(changed, reason="客户改数量", successor="TZ26-000009", actor=cast.laowang)
    void_paper(cancelled, reason="客户不要了", actor=cast.laowang)

    says(scanned(people, Paper.objects.get(pk=changed.pk)), "作废", "已更改，由 TZ26-000009 取代")
    says(scanned(people, Paper.objects.get(pk=cancelled.pk)), "作废", "已取消")
    page.goto(f"/V/{changed.number}/00000000")
    says(page, "查无此单")
