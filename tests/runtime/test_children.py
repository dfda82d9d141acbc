"""A child that dies is started again, one that is stopped is gone with all it began."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.supervisor.children import Child, stop_all, wait_for
from config.supervisor.terminal import Refused

SLEEPER = "import time; print('up', flush=True); time.sleep(60)"
PARENT = (
    f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]).pid, flush=True); " + SLEEPER
)


def child(tmp_path: Path, code: str = SLEEPER, patience: float = 5.0) -> Child:
    command = [sys.executable, "-c", code]
    return Child("sleeper", command, dict(os.environ), tmp_path / "sleeper.log", patience=patience)


def eventually(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def keep(sleeper: Child) -> int | None:
    sleeper.keep(time.monotonic())
    return sleeper.process.pid if sleeper.process else None


def first_word(sleeper: Child) -> str:
    words = sleeper.last_words().split()
    return words[0] if words else ""


def test_a_killed_child_is_started_again(tmp_path: Path) -> None:
    sleeper = child(tmp_path)
    sleeper.start()
    assert sleeper.process
    first = sleeper.process.pid
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: keep(sleeper) not in {None, first})
    assert sleeper.alive()
    stop_all([sleeper])


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(tmp_path: Path) -> None:
    sleeper, now = child(tmp_path, "raise SystemExit(3)"), 1000.0
    pauses = []
    for _ in range(4):
        sleeper.keep(now)
        assert eventually(lambda: not sleeper.alive())
        sleeper.started = now
        sleeper.keep(now)
        pauses.append(sleeper.pause)
        now += 20
    assert pauses == [0.2, 0.4, 0.8, 1.6]


def test_stopping_ends_grandchildren_too(tmp_path: Path) -> None:
    sleeper = child(tmp_path, PARENT)
    sleeper.start()
    assert eventually(lambda: first_word(sleeper).isdigit())
    grandchild = int(first_word(sleeper))
    stop_all([sleeper])
    assert eventually(lambda: not alive(grandchild))


def test_one_that_will_not_stop_is_ended(tmp_path: Path) -> None:
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER
    sleeper = child(tmp_path, stubborn, patience=0.3)
    sleeper.start()
    assert eventually(lambda: first_word(sleeper) == "up")
    stop_all([sleeper])
    assert not sleeper.alive()


def test_one_that_cannot_start_is_refused_with_its_last_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sleeper = child(tmp_path, "raise SystemExit('no room')")
    sleeper.start()
    with pytest.raises(Refused, match="sleeper did not start"):
        wait_for(sleeper, lambda: False, 10.0)
    assert "no room" in capsys.readouterr().out
