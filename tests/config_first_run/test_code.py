"""一次性代码：只存指纹，一天有效，每次启动换新，试多了要等。"""

from __future__ import annotations

import json
import stat
import time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from config.first_run.code import DAY, PAUSE
from config.management.commands.first_run_code import site
from parties.models import User
from tests.cast import Cast
from tests.config_first_run.opening import nothing_written, printed_code, send, sheet
from tests.pages import words

WRONG = "0123-4567-89ab-cdef-0123-4567-89ab-cdef"


def test_only_its_fingerprint_is_kept(code: str, production: Path) -> None:
    file = production / "first-run.json"
    bare = code.replace("-", "")
    assert (len(bare) * 4, stat.S_IMODE(file.stat().st_mode)) == (128, 0o600)
    assert bare not in file.read_text()
    assert code not in file.read_text()
    assert [path.name for path in production.iterdir()] == ["first-run.json"]


def test_every_start_makes_a_new_one(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    newer = printed_code(capsys)
    assert newer != code
    assert (send(code).status_code, nothing_written()) == (400, True)
    assert send(f" {newer.upper().replace('-', ' ')} ").status_code == 200


def test_where_people_are_there_is_none(
    production: Path, code: str, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("first_run_code")
    assert (capsys.readouterr().out, list(production.iterdir())) == ("", [])


def test_a_demo_has_none(db: None) -> None:
    with pytest.raises(CommandError, match="production"):
        call_command("first_run_code")


@pytest.mark.parametrize(
    ("origins", "hosts", "address"),
    [
        (["https://gendan.example:8443"], ["gendan.example"], "https://gendan.example:8443"),
        (["https://*.example"], [".example"], "https://example"),
        ([], ["*"], "http://127.0.0.1:"),
    ],
)
def test_the_address_is_one_that_browsers_reach(
    settings: Any, origins: list[str], hosts: list[str], address: str
) -> None:
    settings.CSRF_TRUSTED_ORIGINS, settings.ALLOWED_HOSTS = origins, hosts
    assert site().startswith(address)


@pytest.mark.parametrize(("typed", "said"), [(WRONG, "代码不对"), ("", "请填一次性代码"), ("的" * 80, "代码不对")])
def test_a_wrong_one_writes_nothing(code: str, typed: str, said: str) -> None:
    answer = send(typed, people=sheet())
    assert (answer.status_code, said in words(answer), nothing_written()) == (400, True, True)


def test_after_a_day_it_is_void(code: str) -> None:
    with time_machine.travel(time.time() + DAY + 1):
        answer = send(code)
        assert (answer.status_code, "代码已经失效" in words(answer), nothing_written()) == (400, True, True)


def test_one_that_was_never_made_opens_nothing(production: Path) -> None:
    (production / "first-run.json").write_text("{")
    assert ("代码已经失效" in words(send(WRONG)), nothing_written()) == (True, True)


def test_after_five_wrong_ones_one_waits(code: str, production: Path) -> None:
    now = time.time()
    with time_machine.travel(now, tick=False):
        assert [send(WRONG).status_code for _n in range(5)] == [400] * 5
        paused = send(code)
        assert (paused.status_code, f"请过 {PAUSE + 1} 秒再试" in words(paused)) == (429, True)
        assert (json.loads((production / "first-run.json").read_text())["wrong"], nothing_written()) == (5, True)
    with time_machine.travel(now + PAUSE + 1, tick=False):
        assert send(WRONG).status_code == 400
        assert send(code).status_code == 429
    with time_machine.travel(now + 3 * PAUSE, tick=False):
        assert send(code).status_code == 200
    assert User.objects.count() == 1
