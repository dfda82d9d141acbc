"""手机丢了（第三条）：管理员证明自己以后清掉那个人的二次验证，登录都结束，谁清的写得出。"""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from parties import second_factor
from parties.models import AccountEvent, CodeDevice, Passkey
from tests.cast import Cast
from tests.pages import words
from tests.parties.device import Device
from tests.parties.entering import HERE, code_on, enrolled, entered
from tests.parties.test_login import SECRET

LIST = "/admin/parties/user/"


@pytest.fixture
def li(cast: Cast) -> Client:
    client = entered(cast.xiaoli)
    code_on(client)
    enrolled(client, Device())
    return client


@pytest.mark.rule("A3")
def test_the_administrator_clears_it_and_it_is_written_down(li: Client, cast: Cast) -> None:
    admin = entered(cast.admin)
    form = {"action": "clear_second_factor", "_selected_action": [str(cast.xiaoli.pk)]}
    asked = admin.post(LIST, form)
    assert "清除李晓雯的二次验证" in words(asked)
    assert Passkey.objects.exists()

    assert admin.post(LIST, {**form, "password": SECRET})["Location"] == LIST

    assert not Passkey.objects.exists()
    assert not CodeDevice.objects.exists()
    assert li.get("/").status_code == 302
    row = AccountEvent.objects.get(act="reset")
    assert (row.person, row.actor, row.actor_name) == (cast.xiaoli, cast.admin, str(cast.admin))
    assert Client(**HERE).post("/login/", {"username": "xiaoli", "password": SECRET})["Location"] == "/"
    assert "管理员清除二次验证" in words(entered(cast.xiaoli).get("/security/"))


@pytest.mark.rule("A3")
def test_nobody_else_clears_it(li: Client, cast: Cast) -> None:
    for actor in (cast.director, cast.xiaoli, cast.gm):
        with pytest.raises(PermissionDenied):
            second_factor.clear(cast.xiaoli, actor=actor)
    assert Passkey.objects.exists()
    assert not AccountEvent.objects.filter(act="reset").exists()


@pytest.mark.rule("A3")
def test_on_the_server_an_administrator_answers_for_it(li: Client, cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("clear_second_factor", "xiaoli", by="laowang")
    with pytest.raises(CommandError):
        call_command("clear_second_factor", "nobody-here", by="admin")
    assert Passkey.objects.exists()

    told = StringIO()
    call_command("clear_second_factor", "xiaoli", by="admin", stdout=told)

    assert "xiaoli: 2 removed" in told.getvalue()
    assert AccountEvent.objects.get(act="reset").actor == cast.admin
