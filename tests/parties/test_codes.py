"""动态码与恢复码（第三条）：口令对了还要一个码；错的计次，用过的不收，恢复码用一次作废。"""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings

from integration.services import issue_token
from parties import codes
from parties.models import AccountEvent, CodeDevice, Means, RecoveryCode, SignIn, User
from tests.cast import Cast
from tests.pages import words
from tests.parties.entering import HERE, code_on, entered, now, offered, stale
from tests.parties.test_login import SECRET

PAGE = "/login/code/"


class Li:
    """李晓雯, whose codes are on; everything happens at one moment unless a test moves on."""

    def __init__(self, user: User) -> None:
        self.user, self.client = user, entered(user)
        self.secret, self.recoveries = code_on(self.client)

    def at_the_code(self, then: str = "") -> Client:
        """The password was right; nothing is open yet."""
        client = Client(**HERE)
        form = {"username": "xiaoli", "password": SECRET, "next": then}
        assert client.post("/login/", form)["Location"] == PAGE
        return client

    def gives(self, code: str, then: str = "") -> Any:
        return self.at_the_code(then).post(PAGE, {"code": code})


@pytest.fixture
def li(cast: Cast) -> Li:
    return Li(cast.xiaoli)


def acts() -> list[tuple[str, str]]:
    return list(AccountEvent.objects.order_by("pk").values_list("act", "means"))


@pytest.mark.rule("A3")
@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B: the last six of its eight digits."""
    assert codes.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds // codes.STEP) == code


@pytest.mark.rule("A3")
def test_the_password_alone_opens_nothing(li: Li) -> None:
    client = li.at_the_code()
    for path in ("/", "/orders/", "/security/", "/password/", "/api/v1/duties/"):
        assert client.get(path).status_code in {302, 401, 403}, path
    page = client.get(PAGE)
    assert (page.status_code, "再输动态码" in words(page)) == (200, True)


@pytest.mark.rule("A3")
def test_password_and_code_open_the_door(li: Li) -> None:
    client = li.at_the_code("/duties/")
    answer = client.post(PAGE, {"code": now(li.secret, later=1)})

    assert answer["Location"] == "/duties/"
    assert client.get("/security/").status_code == 200
    assert SignIn.objects.latest("pk").means == Means.CODE
    assert acts()[-1] == ("entered", "code")


@pytest.mark.rule("A3")
def test_it_leads_nobody_astray(li: Li) -> None:
    assert li.gives(now(li.secret, later=1), "//evil.example")["Location"] == "/"


@pytest.mark.rule("A3")
def test_a_code_is_good_once(li: Li) -> None:
    code = now(li.secret, later=1)
    assert li.gives(code).status_code == 302
    again = li.gives(code)
    assert (again.status_code, "已经用过" in words(again)) == (400, True)
    assert acts()[-1] == ("refused", "code")


@pytest.mark.rule("A3")
def test_the_code_that_turned_it_on_is_spent_and_older_ones_too(li: Li) -> None:
    for later in (0, -1):
        assert li.gives(now(li.secret, later=later)).status_code == 400


@pytest.mark.rule("A3")
@pytest.mark.parametrize("later", [-3, 2, 100])
def test_a_clock_may_be_off_by_one_step_only(li: Li, later: int) -> None:
    moment = (int(time.time()) // codes.STEP + 10) * codes.STEP
    with time_machine.travel(moment, tick=False):
        assert li.gives(now(li.secret, later=later)).status_code == 400
        assert li.gives(now(li.secret, later=-1)).status_code == 302
        assert li.gives(now(li.secret, later=1)).status_code == 302


@pytest.mark.rule("A3")
@pytest.mark.parametrize("code", ["", "000000x", "12345", "１２３４５６", "x" * 61, "ABCD-EFGH-JKLM-NPQR"])
def test_what_is_no_code_is_refused(li: Li, code: str) -> None:
    assert li.gives(code).status_code == 400


@pytest.mark.rule("A3")
def test_wrong_codes_count_and_lock(li: Li) -> None:
    client = li.at_the_code()
    for _n in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post(PAGE, {"code": "ABC"}).status_code == 400
    locked = client.post(PAGE, {"code": "ABC"})
    assert (locked.status_code, "请过 5 分钟再试" in words(locked)) == (429, True)
    assert client.post(PAGE, {"code": now(li.secret, later=1)}).status_code == 429
    assert Client(**HERE).post("/login/", {"username": "xiaoli", "password": SECRET}).status_code == 429


@pytest.mark.rule("A3")
def test_the_right_password_forgives_no_wrong_code(li: Li) -> None:
    for _n in range(settings.AXES_FAILURE_LIMIT - 1):
        assert li.gives("ABC").status_code == 400
    assert li.gives("ABC").status_code == 429


@pytest.mark.rule("A3")
def test_nobody_comes_to_the_code_without_the_password(cast: Cast) -> None:
    assert Client().get(PAGE)["Location"] == "/login/"
    assert Client().post(PAGE, {"code": "123456"})["Location"] == "/login/"


@pytest.mark.rule("A3")
def test_the_wait_for_the_code_lapses(li: Li) -> None:
    client = li.at_the_code()
    with time_machine.travel(time.time() + 660):
        assert client.post(PAGE, {"code": now(li.secret)})["Location"] == "/login/"


@pytest.mark.rule("A3")
def test_another_password_meanwhile_ends_the_wait(li: Li) -> None:
    client = li.at_the_code()
    li.user.set_password("another-long-2026")
    li.user.save()
    assert client.post(PAGE, {"code": now(li.secret, later=1)})["Location"] == "/login/"


@pytest.mark.rule("A3")
def test_an_initial_password_is_changed_after_the_code(li: Li) -> None:
    User.objects.filter(pk=li.user.pk).update(initial_password=True)
    client = li.at_the_code()
    assert client.get("/login/first-password/")["Location"] == "/login/"
    assert client.post(PAGE, {"code": now(li.secret, later=1)})["Location"] == "/login/first-password/"
    new = {"new_password1": "my-own-long-word-77", "new_password2": "my-own-long-word-77"}
    assert client.post("/login/first-password/", new)["Location"] == "/"
    assert acts()[-1] == ("entered", "code")


@pytest.mark.rule("A3")
def test_a_recovery_code_is_good_once(li: Li) -> None:
    assert len(set(li.recoveries)) == codes.RECOVERIES
    one = li.recoveries[3]
    assert li.gives(one.lower().replace("-", " ")).status_code == 302
    assert acts()[-1] == ("entered", "recovery")
    assert li.gives(one).status_code == 400
    assert "恢复码还剩 9 个" in words(li.client.get("/security/"))


@pytest.mark.rule("A3")
def test_recovery_codes_are_shown_once_and_kept_as_fingerprints(li: Li) -> None:
    page = words(li.client.get("/security/"))
    kept = str(list(RecoveryCode.objects.values_list("sha256", flat=True)))
    assert not [word for word in li.recoveries if word in page or word.replace("-", "") in kept]
    assert li.secret not in CodeDevice.objects.get().sealed


@pytest.mark.rule("A3")
def test_new_recovery_codes_end_the_old_ones(li: Li) -> None:
    assert "重新生成恢复码" in words(li.client.post("/security/recovery-codes/"))
    new = li.client.post("/security/recovery-codes/", {"password": SECRET}).context["recoveries"]
    assert not set(new) & set(li.recoveries)
    assert li.gives(li.recoveries[0]).status_code == 400
    assert li.gives(new[0]).status_code == 302


@pytest.mark.rule("A3")
def test_turning_it_on_needs_a_right_code_and_a_fresh_proof(cast: Cast) -> None:
    client = stale(entered(cast.xiaoli))
    assert "再输一次口令" in words(client.get("/security/code/"))
    assert client.post("/security/code/", {"password": SECRET})["Location"] == "/security/code/"
    assert 'src="data:image/svg+xml' in client.get("/security/code/").content.decode()
    secret, offer = offered(client)
    wrong = client.post("/security/code/", {"code": "000000x", "offer": offer})
    assert (wrong.status_code, "动态码不对" in words(wrong)) == (400, True)
    assert "".join(wrong.context["groups"]) == secret
    assert not CodeDevice.objects.exists()
    assert client.post("/security/code/", {"code": now(secret), "offer": offer}).status_code == 200
    assert client.get("/security/code/")["Location"] == "/security/"


@pytest.mark.rule("A3")
def test_an_offer_is_ones_own_and_lapses(cast: Cast) -> None:
    li, chen = entered(cast.xiaoli), entered(cast.xiaochen)
    secret, offer = offered(li)
    for client, sent in ((chen, offer), (li, "made up"), (li, "")):
        answer = client.post("/security/code/", {"code": now(secret), "offer": sent})
        assert answer["Location"] == "/security/code/"
    with time_machine.travel(time.time() + codes.WAITS + 60):
        late = codes.offered(cast.xiaoli, offer)
    assert (late, codes.offered(cast.xiaoli, offer)) == ("", secret)
    assert not CodeDevice.objects.exists()


@pytest.mark.rule("A3")
def test_turning_it_off_always_asks(li: Li) -> None:
    assert "再输一次口令" in words(li.client.post("/security/code/turn-off/"))
    assert li.client.post("/security/code/turn-off/", {"password": "wrong"}).status_code == 400
    assert CodeDevice.objects.exists()

    assert li.client.post("/security/code/turn-off/", {"password": SECRET})["Location"] == "/security/"

    assert not CodeDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert Client(**HERE).post("/login/", {"username": "xiaoli", "password": SECRET})["Location"] == "/"
    assert ("code_off", "") in acts()


@pytest.mark.rule("A3")
def test_the_back_office_has_no_door_of_its_own(cast: Cast) -> None:
    admin = entered(cast.admin)
    code_on(admin)
    client = Client(**HERE)
    assert (
        client.post("/admin/login/", {"username": "admin", "password": SECRET})["Location"]
        == "/login/?next=%2Fadmin%2F"
    )
    assert client.get("/admin/").status_code == 302
    form = {"username": "admin", "password": SECRET, "next": "/admin/"}
    assert client.post("/login/", form)["Location"] == PAGE
    assert client.get("/admin/").status_code == 302


@pytest.mark.rule("A3")
def test_tokens_of_programs_ask_for_no_code(li: Li) -> None:
    _token, secret = issue_token(li.user, name="ERP")
    assert Client(headers={"Authorization": f"Token {secret}"}).get("/api/v1/duties/").status_code == 200


@pytest.mark.rule("A3")
def test_a_new_key_of_the_house_keeps_the_codes_while_it_knows_the_old(li: Li) -> None:
    old = settings.SECRET_KEY
    device = CodeDevice.objects.get()
    with override_settings(SECRET_KEY="n" * 60, SECRET_KEY_FALLBACKS=[old]):
        assert codes._opened(device) == li.secret
    with override_settings(SECRET_KEY="n" * 60):
        assert codes._opened(device) == ""
        assert codes.accepted(li.user, now(li.secret, later=1)) is None
        assert codes.accepted(li.user, li.recoveries[0]) == Means.RECOVERY
