"""`make run`: the whole installation under one roof until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from config import places
from config.environment import Environment, read
from config.probe import answers
from config.supervisor.children import Child, stop_all, wait_for
from config.supervisor.place import Place, locked, open_place
from config.supervisor.servers import Servers, running
from config.supervisor.terminal import Refused, say

WEB_SECONDS = 60.0
TICK = 0.2


class Ending(Exception):
    """Somebody asked the installation to stop."""


def run(words: list[str]) -> int:
    env = read(os.environ)
    with locked(env.home):
        refuse_taken_port(env)
        place = open_place(env.home)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, end)
        try:
            with running(place) as servers:
                keep_house(env, place, servers)
        except Ending:
            say("stopped")
    return 0


def end(number: int, frame: FrameType | None) -> None:
    """The first wish to stop counts; what follows is done without being disturbed."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Ending


def keep_house(env: Environment, place: Place, servers: Servers) -> None:
    place.write_addresses({"DATABASE_URL": servers.web_url, "REDIS_URL": servers.redis_url})
    with opened(env, place, servers) as processes:
        welcome(env, place)
        while True:
            watch([*servers.children, *processes])


@contextmanager
def opened(env: Environment, place: Place, servers: Servers) -> Iterator[list[Child]]:
    """The product for as long as the block lasts: set up, started, answering."""
    prepare(place, servers)
    first_start(env, place, servers)
    processes = product(env, place, servers)
    try:
        for child in processes:
            child.start()
        wait_for(processes[0], lambda: answers(f"{site(env)}/healthz"), WEB_SECONDS)
        yield processes
    finally:
        stop_all(processes)


def watch(children: list[Child]) -> None:
    now = time.monotonic()
    for child in children:
        child.keep(now)
    time.sleep(TICK)


def prepare_only(words: list[str]) -> int:
    """For installations whose processes somebody else keeps (docker-compose.yml): set up, then leave."""
    env = read(os.environ)
    with locked(env.home):
        place = open_place(env.home)
        with running(place) as servers:
            prepare(place, servers)
            first_start(env, place, servers)
    return 0


def prepare(place: Place, servers: Servers) -> None:
    """As the owner: migrations, then the web role's rights; static files where they changed."""
    manage(place, servers, "set_up", "--web-role", servers.web_role, owner=True)


def first_start(env: Environment, place: Place, servers: Servers) -> None:
    """A demo installation gets its company once; production is opened by a person with a one-time code."""
    if env.production:
        if has_command("first_run_code"):
            manage(place, servers, "first_run_code", show=True)
    elif has_command("make_demo") and not demo_accounts(place).exists():
        say("making the demo company")
        manage(place, servers, "make_demo")


def has_command(name: str) -> bool:
    return any(places.CHECKOUT.glob(f"*/management/commands/{name}.py"))


def demo_accounts(place: Place) -> Path:
    return place.home / "demo-accounts.json"


def manage(place: Place, servers: Servers, command: str, *words: str, owner: bool = False, show: bool = False) -> None:
    """A step of the set-up in a process of its own; its words go to the log, or are shown instead: secrets."""
    arguments = [sys.executable, "manage.py", command, *words]
    environment = servers.environment(place, owner=owner)
    done = subprocess.run(arguments, cwd=places.CHECKOUT, env=environment, capture_output=True, text=True)
    with (place.logs / "set-up.log").open("a", encoding="utf-8") as log:
        log.write(done.stderr if show else done.stdout + done.stderr)
    if done.returncode:
        end = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise Refused(f"`manage.py {command}` failed (all of it in {place.logs}/set-up.log):\n{end}")
    if show and done.stdout.strip():
        say(done.stdout.strip())


def product(env: Environment, place: Place, servers: Servers) -> list[Child]:
    """Web first: it is what people wait for."""
    told = servers.environment(place)
    python, celery, quiet = [sys.executable, "-m"], ["celery", "--quiet", "--app"], ["--loglevel", "WARNING"]
    web = [*python, "gunicorn", "--config", "config/gunicorn.py"]
    lean = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--hostname", f"gendan-{env.port}@%h"]
    worker = [*python, *celery, "config.celery", "worker", "--concurrency", "2", *quiet, *lean]
    beat = [*python, *celery, "config.beat", "beat", *quiet, "--pidfile="]
    # Nobody waits at a screen for the worker: it steps back for the web, and its printing helper once more.
    # SIGQUIT: the worker ends its task if ten seconds do (CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT), else gives it back.
    soft = signal.SIGQUIT
    return [
        Child("web", web, told, place.logs / "web.log"),
        Child("worker", worker, told, place.logs / "worker.log", stop_signal=soft, patience=30.0, nice=5),
        Child("beat", beat, told, place.logs / "beat.log"),
    ]


def refuse_taken_port(env: Environment) -> None:
    """Say at once what gunicorn would say a minute later."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.bind, env.port))
        except OSError as error:
            raise Refused(f"{env.bind}:{env.port} cannot be used ({error.strerror}): set GENDAN_PORT") from error


def site(env: Environment) -> str:
    host = "127.0.0.1" if env.bind in {"0.0.0.0", "::"} else env.bind  # noqa: S104 - compared, not bound
    return f"http://{host}:{env.port}"


def welcome(env: Environment, place: Place) -> None:
    say(f"open {site(env)}/   (Ctrl-C stops everything)")
    if demo_accounts(place).exists():
        say(f"people of the demo company and their passwords: {demo_accounts(place)}")
    say(f"logs: {place.logs}")
