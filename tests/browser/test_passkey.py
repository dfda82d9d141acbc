"""通行密钥从头到尾（第三条、第二十条）：在设备上建，凭它登录，凭它签发；换一台没有的设备进不来。"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from parties import reauth
from parties.models import AccountEvent, Passkey, SignIn
from reviews.models import Signature
from tests.browser.accessible import troubles
from tests.browser.stage import PHONE, People, picture
from tests.cast import Cast
from tests.cast_reviews import drafted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def device_of(page: Page) -> tuple[CDPSession, str]:
    """A platform authenticator in this window, whose owner is always there."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    made: dict[str, Any] = wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return wire, made["authenticatorId"]


@pytest.mark.rule("A3", "A20.1", "A6.3a")
def test_made_on_the_device_opens_the_door_and_signs(
    people: People, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = drafted(cast)
    page = people.at("gm", "/security/")
    wire, device = device_of(page)
    assert troubles(page) == []
    picture(page, "security-empty")
    page.get_by_role("link", name="加一把").click()
    assert troubles(page) == []
    page.get_by_label("名字").fill("总经理的手机")
    page.get_by_role("button", name="在这台设备上建").click()
    expect(page.get_by_text("「总经理的手机」加好了")).to_be_visible()
    assert len(wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    assert troubles(page) == []

    page.goto("/security/passkeys/new/")
    page.get_by_role("button", name="在这台设备上建").click()
    expect(page.get_by_text("这台设备上的已经加过了。")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/login/?next=/notices/sign/")
    page.get_by_role("button", name="用通行密钥").click()
    expect(page.get_by_role("heading", name="待签发通知单")).to_be_visible()
    assert SignIn.objects.latest("pk").means == "passkey"

    monkeypatch.setattr(reauth, "FRESH", -reauth.FRESH)  # as if five minutes had passed
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("heading", name="用通行密钥")).to_be_visible()
    assert troubles(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    picture(page, "prove-phone")
    page.get_by_role("button", name="用这台设备的指纹").click()
    expect(page.get_by_text("签发了 1 份")).to_be_visible()

    assert Signature.objects.get(notice=notice).auth_means == "passkey"
    assert Passkey.objects.get().sign_count > 0
    assert [row.act for row in AccountEvent.objects.order_by("pk")] == ["entered", "passkey_added", "entered", "proved"]


@pytest.mark.rule("A3")
def test_a_device_without_one_says_so_and_the_password_is_there(people: People, cast: Cast) -> None:
    page = people.stranger("/login/")
    device_of(page)
    page.get_by_role("button", name="用通行密钥").click()
    expect(page.get_by_text("没有完成。可以再试，或者用口令。")).to_be_visible()
    expect(page.get_by_label("口令")).to_be_visible()


@pytest.mark.rule("A3")
def test_an_ip_number_gives_no_passkeys_and_the_page_says_so(people: People, cast: Cast) -> None:
    people.address = people.address.replace("localhost", "127.0.0.1")
    page = people.stranger("/login/")
    expect(page.get_by_text("不认 IP 地址")).to_be_visible()
    expect(page.get_by_role("button", name="用通行密钥")).to_have_count(0)
