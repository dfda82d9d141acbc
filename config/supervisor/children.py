"""Processes that are kept alive: started, restarted when they die, stopped in order."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.places import CHECKOUT
from config.supervisor.terminal import Refused, say, warn

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024
STEADY_AFTER = 30.0
LONGEST_PAUSE = 10.0


@dataclass
class Child:
    """One process of the installation, as it should be."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 20.0
    nice: int = 0  # how far it steps back for the others when everybody wants the processor
    account: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    resume: float = 0.0

    def start(self) -> None:
        """Its own session, so that Ctrl-C reaches only the supervisor; it ends with us even if we are killed."""
        with open_log(self.log) as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=CHECKOUT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=born(self.stop_signal, self.nice),
                **self.account,
            )
        self.started = time.monotonic()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process and self.alive():
            self.process.send_signal(self.stop_signal)

    def await_end(self) -> None:
        """Wait as long as is polite, then end the whole group."""
        if self.process is None:
            return
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            warn(f"{self.name} did not stop in {self.patience:.0f} s and is ended")
        end_group(self.process)

    def keep(self, now: float) -> None:
        """Called again and again: a dead child is started again, each time a little later."""
        if self.alive():
            return
        if self.process is not None:
            code, self.process = self.process.returncode, None
            steady = now - self.started > STEADY_AFTER
            self.pause = 0.2 if steady or not self.pause else min(self.pause * 2, LONGEST_PAUSE)
            self.resume = now + self.pause
            warn(f"{self.name} ended ({describe(code)}); starting it again")
        if now >= self.resume:
            self.start()

    def last_words(self, lines: int = 15) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def open_log(log: Path) -> Any:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    return log.open("ab")


def describe(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit {code}"


def born(how: signal.Signals, nice: int) -> Callable[[], None]:
    """Linux tells the child when its parent is gone; elsewhere nothing happens. A patient child steps back."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def ask_the_kernel() -> None:
        os.nice(nice)
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, int(how))

    return ask_the_kernel


def end_group(process: subprocess.Popen[bytes]) -> None:
    """What a stopped parent left behind ends too (gunicorn's and Celery's own children)."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
    finally:
        process.wait()


def stop_all(children: Iterable[Child]) -> None:
    """Ask all at once, wait for each."""
    running = [child for child in children if child.process is not None]
    for child in running:
        child.ask_to_stop()
    for child in running:
        child.await_end()


def wait_for(child: Child, ready: Callable[[], bool], seconds: float) -> None:
    """Until it answers; if it dies or stays silent, show why."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return
        if not child.alive():
            break
        time.sleep(0.05)
    say(f"the end of {child.log}:\n{child.last_words()}")
    raise Refused(f"{child.name} did not start")
