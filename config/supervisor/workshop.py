"""Work on the code: tests, checks, measurements — each against servers that last as long as it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from config import places
from config.environment import read
from config.floors import FLOORS
from config.supervisor import house
from config.supervisor.place import open_place
from config.supervisor.servers import running
from config.supervisor.terminal import say, warn

BIN = Path(sys.executable).parent
# One order for everybody: a red run then speaks of the change, not of the draw. `make soak` draws anew each time.
ORDER_OF_TESTS = 3
# For `check --deploy`: production as its settings want it; the names are examples and reach nothing.
PRODUCTION = {
    "GENDAN_ENV": "production",
    "SECRET_KEY": "k" + "0123456789abcdef" * 5,
    "ALLOWED_HOSTS": "gendan.example",
    "CSRF_TRUSTED_ORIGINS": "https://gendan.example",
    "DATABASE_URL": "postgresql://gendan_web:secret@db.example/gendan",
    "REDIS_URL": "redis://valkey.example:6379/0",
}


@contextmanager
def scratch() -> Iterator[Path]:
    """A data folder that is gone afterwards, where PostgreSQL's account can reach it."""
    base = Path("/var/lib") if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="gendan-test-", dir=base))
    home.chmod(0o755)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def workshop() -> Iterator[dict[str, str]]:
    """The environment of a run: fast servers of its own, or those of DATABASE_URL and REDIS_URL."""
    with scratch() as home:
        place = open_place(home)
        with running(place, for_tests=True) as servers:
            told = servers.environment(place) | {"DATABASE_OWNER_URL": servers.owner_url}
            yield told | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


@contextmanager
def open_house() -> Iterator[dict[str, str]]:
    """A whole installation with its demo company, as `make run` makes it, on a free port; GENDAN_URL tells where."""
    with scratch() as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        os.environ |= {"GENDAN_HOME": str(home), "GENDAN_PORT": port, "GENDAN_ENV": "demo"}
        env, place = read(os.environ), open_place(home)
        with running(place) as servers, house.opened(env, place, servers):
            yield servers.environment(place) | {"GENDAN_URL": house.site(env)}


def bench(words: list[str]) -> int:
    """The table of DESIGN §8, measured against an installation of its own."""
    with open_house() as environment:
        return subprocess.run(
            [sys.executable, "-m", "tests.bench", *words], cwd=places.CHECKOUT, env=environment
        ).returncode


def demo(words: list[str]) -> int:
    """One order's life, told step by step against an installation of its own."""
    with open_house() as environment:
        return subprocess.run(
            [sys.executable, "-m", "tests.stories", *words], cwd=places.CHECKOUT, env=environment
        ).returncode


def handbook(words: list[str]) -> int:
    """The handbook's pictures, taken from an installation of its own in which it is a little after nine."""
    os.environ["TIME_ZONE"] = morning(datetime.now(UTC).hour)
    with open_house() as environment:
        return subprocess.run(
            [sys.executable, "-m", "tests.handbook", *words], cwd=places.CHECKOUT, env=environment
        ).returncode


def morning(hour: int) -> str:
    """The time zone in which it is nine o'clock now, by the hour of UTC: a day at work, whenever pictures are taken."""
    ahead = (9 - hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def test(words: list[str]) -> int:
    """The whole suite, always shuffled the same way (another: ARGS=--randomly-seed=7); pytest has the last line."""
    parallel = [] if any(word in {"-n", "-n0"} for word in words) else ["-n", "2", "--dist", "loadgroup"]
    with workshop() as environment:
        return pytest([*parallel, f"--randomly-seed={ORDER_OF_TESTS}", "-q", *words], environment)


def soak(words: list[str]) -> int:
    """Long runs: everything marked soak, race, fault and walk, with the full numbers."""
    with workshop() as environment:
        long = environment | {"GENDAN_SOAK": "1", "HYPOTHESIS_PROFILE": "soak"}
        return pytest(["-m", "soak or race or fault or walk", "-q", *words], long)


def pytest(words: list[str], environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=places.CHECKOUT, env=environment).returncode


def check(words: list[str]) -> int:
    """Everything that needs no running house; all of it is run, all failures are named."""
    with workshop() as environment:
        steps: dict[str, tuple[list[str], dict[str, str]]] = {
            "types": (["mypy", "config", *FLOORS, "tests"], {}),  # the longest first: two run at once on two cores
            "format": (["ruff", "format", "--check", "."], {}),
            "lint": (["ruff", "check", "."], {}),
            "imports": (["lint-imports"], {}),
            "templates": (["djlint", "templates", "--lint", "--quiet"], {}),
            "migrations": ([sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
            "deployment": ([sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        }
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            clean = pool.map(lambda name: passes(name, steps[name][0], environment | steps[name][1]), steps)
            failed = [name for name, well in zip(steps, clean, strict=True) if not well]
    if failed:
        warn("check: not clean: " + ", ".join(failed))
        return 1
    say("check: clean")
    return 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(command, cwd=places.CHECKOUT, env=environment, capture_output=True, text=True)
    said = "ok" if done.returncode == 0 else f"FAILED\n{done.stdout}{done.stderr}"
    say(f"check: {name} {said}")
    return done.returncode == 0
