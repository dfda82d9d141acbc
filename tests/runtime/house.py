"""A whole installation in a process of its own, to be killed in parts."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2

from config.environment import parse_database
from config.management.commands.set_up import static_seal
from config.places import CHECKOUT

SERVERS_OF_OTHERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def eventually(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """What `make run` starts, without its demo company and static files: no test here looks at a page."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        own = {name: word for name, word in os.environ.items() if name not in SERVERS_OF_OTHERS}
        self.env = own | {"GENDAN_HOME": str(home), "GENDAN_PORT": str(self.port), "GENDAN_ENV": "demo"}
        (home / "demo-accounts.json").write_text("[]")
        (home / "static").mkdir()
        (home / "static" / ".collected").write_text(static_seal())
        self.said = home / "said.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until it says that it is open."""
        begun = time.monotonic()
        command = [sys.executable, "-m", "config.supervisor", "run"]
        with self.said.open("w") as out:
            self.process = subprocess.Popen(command, cwd=CHECKOUT, env=self.env, stdout=out, stderr=subprocess.STDOUT)
        assert eventually(lambda: self.open() or not self.running(), 90)
        assert self.open(), self.stop()
        return time.monotonic() - begun

    def open(self) -> bool:
        return "Ctrl-C stops" in self.said.read_text()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, how: signal.Signals = signal.SIGINT) -> str:
        """Its last words."""
        assert self.process
        self.process.send_signal(how)
        self.process.wait(60)
        return self.said.read_text().rstrip()

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as reply:
                return bool(json.load(reply)["status"] == "ok")
        except (urllib.error.URLError, OSError, ValueError):
            return False

    def children(self) -> dict[int, str]:
        """Process ids below the supervisor, with their command lines."""
        return descendants(self.process.pid) if self.process else {}

    def kill(self, *words: str) -> set[int]:
        """kill -9 every process whose command line has one of these words."""
        struck = {pid for pid, line in self.children().items() if any(word in line for word in words)}
        for pid in struck:
            os.kill(pid, signal.SIGKILL)
        return struck

    def database(self) -> Any:
        """A session of the web role."""
        where = parse_database("DATABASE_URL", json.loads((self.home / "servers.json").read_text())["DATABASE_URL"])
        opened = psycopg2.connect(dbname=where.name, user=where.user, password=where.password, host=where.host)
        opened.autocommit = True
        return opened


def descendants(pid: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for word in read(f"/proc/{pid}/task/{pid}/children").split():
        found[int(word)] = read(f"/proc/{word}/cmdline").replace("\0", " ")
        found |= descendants(int(word))
    return found


def read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def gone(pids: set[int]) -> bool:
    return not any(read(f"/proc/{pid}/stat").rsplit(")", 1)[-1].split()[:1] not in ([], ["Z"]) for pid in pids)
