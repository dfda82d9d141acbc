"""签字前再证明是本人（第二十条）：口令或者通行密钥；凭什么证明的，签字里写得出。"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from integration.services import issue_token
from parties.models import AccountEvent
from reviews.models import Notice, Signature
from tests.cast import Cast
from tests.cast_reviews import drafted
from tests.pages import words
from tests.parties.device import Device
from tests.parties.entering import code_on, enrolled, entered, now, proved, stale
from tests.parties.test_login import SECRET
from tests.reviews.test_authorisations_page import given

PAGE = "/notices/sign/"


def ticked(notice: Notice) -> dict[str, Any]:
    return {"notice": [str(notice.pk)], f"seen_{notice.pk}": notice.sha256}


@pytest.fixture
def notice(cast: Cast) -> Notice:
    return drafted(cast)


@pytest.mark.rule("A20.1", "A6.3a")
def test_signed_by_a_passkey(cast: Cast, notice: Notice) -> None:
    client, device = entered(cast.gm), Device()
    enrolled(client, device)
    asked = words(stale(client).post(PAGE, ticked(notice)))
    assert "用这台设备的指纹" in asked
    assert "或者输口令" in asked

    answer = client.post(PAGE, {**ticked(notice), "passkey": proved(client, device)})

    assert answer.status_code == 302
    assert Signature.objects.get(notice=notice).auth_means == "passkey"


@pytest.mark.rule("A20.1", "A6.3a")
def test_signed_by_a_password(cast: Cast, notice: Notice) -> None:
    client = stale(entered(cast.gm))
    assert "指纹、面容" not in words(client.post(PAGE, ticked(notice)))
    assert client.post(PAGE, {**ticked(notice), "password": SECRET}).status_code == 302
    assert Signature.objects.get(notice=notice).auth_means == "password"


@pytest.mark.rule("A20.1", "A6.3a")
def test_just_come_in_by_code_is_proof_enough(cast: Cast, notice: Notice) -> None:
    client = entered(cast.gm)
    secret, _recoveries = code_on(client)
    client.post("/logout/")
    client.post("/login/", {"username": "gm", "password": SECRET})
    client.post("/login/code/", {"code": now(secret, later=1)})

    assert client.post(PAGE, ticked(notice)).status_code == 302
    assert Signature.objects.get(notice=notice).auth_means == "code"


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("whose", ["another's device", "an answer twice", "nonsense"])
def test_what_proves_nobody_signs_nothing(cast: Cast, notice: Notice, whose: str) -> None:
    client, device = entered(cast.gm), Device()
    enrolled(client, device)
    answer = "nonsense" if whose == "nonsense" else proved(client, device)
    if whose == "an answer twice":
        client.post("/login/passkey/", {"passkey": answer})
    if whose == "another's device":
        other, theirs = entered(cast.evp), Device(identity=b"device-2")
        enrolled(other, theirs)
        answer = theirs.prove(client.post("/passkeys/question/").json())

    refused = stale(client).post(PAGE, {**ticked(notice), "passkey": answer})

    assert (refused.status_code, "没有核对上" in words(refused)) == (400, True)
    assert not Signature.objects.filter(notice=notice).exists()


@pytest.mark.rule("A20.1")
def test_signed_by_a_token_of_a_program(cast: Cast, notice: Notice) -> None:
    _token, secret = issue_token(cast.gm, name="ERP", scopes=["sign"])
    client = Client(headers={"Authorization": f"Token {secret}"})
    answer = client.post(f"/api/v1/notices/{notice.number}/sign/", content_type="application/json")
    assert answer.status_code == 200
    assert Signature.objects.get(notice=notice).auth_means == "token"


@pytest.mark.rule("A19.2")
def test_an_authorisation_is_granted_by_a_passkey(cast: Cast) -> None:
    client, device = entered(cast.material), Device()
    enrolled(client, device)
    assert "用通行密钥立" in words(stale(client).get("/authorisations/"))

    assert client.post("/authorisations/", given(passkey="nonsense")).status_code == 400
    answer = client.post("/authorisations/", given(passkey=proved(client, device)))

    assert answer.status_code == 302
    assert AccountEvent.objects.latest("pk").means == "passkey"
