"""通行密钥（第三条、第二十条）：加一把、凭它登录、凭它再证明；不是本人、不是这里、不是这一次的，都不认。"""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from parties import passkeys
from parties.models import AccountEvent, Means, Passkey, SignIn
from tests.cast import Cast
from tests.pages import words
from tests.parties.device import FLAG, Device
from tests.parties.entering import HERE, enrolled, entered, proved, stale
from tests.parties.test_login import SECRET


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def li(cast: Cast, device: Device) -> Client:
    """李晓雯 with one passkey."""
    client = entered(cast.xiaoli)
    assert enrolled(client, device).status_code == 302
    return client


def come_in(device: Device, **more: str) -> Any:
    client = Client(**HERE)
    return client.post("/login/passkey/", {"passkey": proved(client, device), **more})


def acts() -> list[tuple[str, str]]:
    return list(AccountEvent.objects.order_by("pk").values_list("act", "means"))


@pytest.mark.rule("A3")
def test_a_passkey_is_added_with_a_name(li: Client, cast: Cast) -> None:
    passkey = Passkey.objects.get()
    assert (passkey.user, passkey.name, passkey.host) == (cast.xiaoli, "办公桌上的电脑", "localhost")
    page = words(li.get("/security/"))
    assert "办公桌上的电脑" in page
    assert "还没用过" in page
    assert acts() == [("entered", "password"), ("passkey_added", "")]


@pytest.mark.rule("A3")
def test_it_opens_the_door_without_a_password(li: Client, device: Device, cast: Cast) -> None:
    client = Client(**HERE)
    answer = client.post("/login/passkey/", {"passkey": proved(client, device), "next": "/duties/"})

    assert answer["Location"] == "/duties/"
    assert client.get("/security/").status_code == 200
    assert SignIn.objects.latest("pk").means == Means.PASSKEY
    assert acts()[-1] == ("entered", "passkey")
    assert Passkey.objects.get().used_at is not None


@pytest.mark.rule("A3")
@pytest.mark.parametrize("target", ["//evil.example", "javascript:alert(1)", "https://evil.example/"])
def test_it_leads_nobody_astray(li: Client, device: Device, target: str) -> None:
    assert come_in(device, next=target)["Location"] == "/"


@pytest.mark.rule("A3")
def test_an_answer_is_good_once(li: Client, device: Device) -> None:
    client = Client(**HERE)
    answer = {"passkey": proved(client, device)}
    assert client.post("/login/passkey/", answer).status_code == 302
    for again in (client, Client(**HERE)):
        refused = again.post("/login/passkey/", answer)
        assert (refused.status_code, "没有核对上" in words(refused)) == (400, True)


@pytest.mark.rule("A3")
@pytest.mark.parametrize(
    "bend",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:8001"},
        {"flags": FLAG.UP},
        {"flags": FLAG.UV},
        {"identity": b"device-2"},
        {"handle": "OTk5"},
        {"key": Device().key},
    ],
    ids=["another site", "another port", "nobody verified", "nobody there", "unknown", "another's", "another key"],
)
def test_what_is_not_right_is_refused(li: Client, device: Device, bend: dict[str, Any]) -> None:
    for name, value in bend.items():
        setattr(device, name, value)
    answer = come_in(device)
    assert (answer.status_code, "没有核对上" in words(answer)) == (400, True)
    assert not SignIn.objects.filter(means=Means.PASSKEY).exists()


@pytest.mark.rule("A3")
@pytest.mark.parametrize("word", ["", "{}", "[]", "nonsense", '{"rawId": 7}', '{"rawId": "ZGV2aWNlLTE"}', "x" * 30_000])
def test_nonsense_is_refused(li: Client, word: str) -> None:
    client = Client(**HERE)
    client.post("/passkeys/question/")
    assert client.post("/login/passkey/", {"passkey": word}).status_code == 400


@pytest.mark.rule("A3")
def test_an_old_question_is_not_answered(li: Client, device: Device) -> None:
    client = Client(**HERE)
    answer = proved(client, device)
    session = client.session
    purpose, state, since = session[passkeys.KEY]
    session[passkeys.KEY] = [purpose, state, since - passkeys.WAITS - 1]
    session.save()
    assert client.post("/login/passkey/", {"passkey": answer}).status_code == 400


@pytest.mark.rule("A3")
def test_a_copied_device_is_noticed(li: Client, device: Device) -> None:
    device.count = 7
    assert come_in(device).status_code == 302
    assert come_in(device).status_code == 400
    device.count = 8
    assert come_in(device).status_code == 302


@pytest.mark.rule("A3")
def test_wrong_answers_count_and_lock(li: Client, device: Device) -> None:
    right, device.key = device.key, Device().key
    for _n in range(settings.AXES_FAILURE_LIMIT - 1):
        assert come_in(device).status_code == 400
    assert come_in(device).status_code == 429
    device.key = right
    assert come_in(device).status_code == 429
    assert acts()[-1] == ("refused", "passkey")


@pytest.mark.rule("A3")
def test_who_is_put_out_of_service_does_not_come_in(li: Client, device: Device, cast: Cast) -> None:
    cast.xiaoli.is_active = False
    cast.xiaoli.save()
    assert come_in(device).status_code == 400


@pytest.mark.rule("A3")
def test_an_initial_password_is_changed_first_all_the_same(li: Client, device: Device, cast: Cast) -> None:
    cast.xiaoli.initial_password = True
    cast.xiaoli.save()
    assert come_in(device)["Location"] == "/login/first-password/"


@pytest.mark.rule("A3")
def test_it_works_at_its_own_address_alone(li: Client, device: Device) -> None:
    elsewhere = Client(SERVER_NAME="gendan.localhost")
    device.origin = "http://gendan.localhost"
    answer = {"passkey": proved(elsewhere, device)}
    assert elsewhere.post("/login/passkey/", answer).status_code == 400


@pytest.mark.rule("A3")
@pytest.mark.parametrize(("host", "says"), [("192.168.1.20", "不认 IP 地址"), ("gendan.lan", "不是 https")])
def test_where_browsers_give_none_the_page_says_so(cast: Cast, host: str, says: str) -> None:
    client = Client(SERVER_NAME=host)
    assert says in words(client.get("/login/"))
    assert says in client.post("/passkeys/question/").json()["words"]
    client.force_login(cast.xiaoli, backend="django.contrib.auth.backends.ModelBackend")
    assert says in words(client.get("/security/"))
    assert "加一把" not in words(client.get("/security/"))


@pytest.mark.rule("A3")
def test_over_https_a_name_is_enough(cast: Cast) -> None:
    client = Client(SERVER_NAME="gendan.lan")
    assert client.post("/passkeys/question/", secure=True).json()["publicKey"]["rpId"] == "gendan.lan"


@pytest.mark.rule("A3")
def test_adding_one_asks_who_it_is(cast: Cast, device: Device) -> None:
    client = stale(entered(cast.xiaoli))
    assert "再输一次口令" in words(client.get("/security/passkeys/new/"))
    assert "再证明一次" in client.post("/security/passkeys/question/").json()["words"]
    assert client.post("/security/passkeys/new/", {"password": SECRET})["Location"] == "/security/passkeys/new/"
    page = client.get("/security/passkeys/new/")
    assert "在这台设备上建" in words(page)
    assert enrolled(client, device)["Location"] == "/security/"


@pytest.mark.rule("A3")
def test_one_is_added_once_and_needs_a_name(li: Client, device: Device, cast: Cast) -> None:
    again = enrolled(li, device)
    assert (again.status_code, "已经加过了" in words(again)) == (400, True)
    nameless = enrolled(li, Device(identity=b"device-3"), name=" ")
    assert (nameless.status_code, "请起个名字" in words(nameless)) == (400, True)
    assert Passkey.objects.count() == 1
    other = entered(cast.xiaochen)
    assert enrolled(other, device).status_code == 400


@pytest.mark.rule("A3")
def test_a_question_for_one_thing_answers_no_other(li: Client, device: Device) -> None:
    proof = proved(li, device)
    li.post("/security/passkeys/question/")
    assert Client(**HERE).post("/login/passkey/", {"passkey": proof}).status_code == 400
    assert li.post("/login/passkey/", {"passkey": proof}).status_code == 400


@pytest.mark.rule("A3")
def test_removing_one_always_asks(li: Client, device: Device, cast: Cast) -> None:
    pk = Passkey.objects.get().pk
    path = f"/security/passkeys/{pk}/remove/"
    assert entered(cast.xiaochen).post(path, {"password": SECRET}).status_code == 404
    asked = li.post(path)
    assert (asked.status_code, "去掉「办公桌上的电脑」" in words(asked)) == (200, True)
    assert li.post(path, {"password": "wrong"}).status_code == 400
    assert Passkey.objects.exists()

    assert li.post(path, {"password": SECRET})["Location"] == "/security/"

    assert not Passkey.objects.exists()
    assert come_in(device).status_code == 400
    assert acts()[-1] == ("passkey_removed", "")


@pytest.mark.rule("A3")
def test_the_log_is_only_added_to(li: Client) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AccountEvent.objects.update(words="x")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM parties_accountevent")


@pytest.mark.rule("A3")
def test_nothing_secret_stays_in_the_records_of_the_door(li: Client, device: Device) -> None:
    device.key = Device().key
    come_in(device)
    kept = AccessAttempt.objects.latest("pk")
    assert "clientDataJSON" not in f"{kept.post_data}{kept.get_data}"
