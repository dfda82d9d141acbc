"""The installation as `make run` starts it: what is killed comes back, what was acknowledged stays."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psycopg2
import pytest

from config.places import CHECKOUT
from config.supervisor.workshop import scratch
from tests.runtime.house import House, eventually, gone

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("house")]

POST = "INSERT INTO workflow_outboxmessage (kind, aggregate, payload, created_at, attempt, next_at, last_error)"
VALUES = " VALUES ('duty.climbed', %s, %s, now(), 0, now(), '')"
A_DUTY = """
from django.utils import timezone
from parties.models import User
from workflow.models import Duty
now = timezone.now()
holder = User.objects.create(username="keeper", name="保管员")
facts = {"rule": "A1", "reminder": "test", "about": "test", "title": "试", "words": "试", "article": "", "url": "/"}
print(Duty.objects.create(by=now, holder=holder, opened_at=now, seen_at=now, **facts).pk)
"""


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with scratch() as home:
        built = House(home)
        built.start()
        yield built
        if built.running():
            built.stop()


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (["gunicorn"], "/healthz"),
        (["celery"], "/healthz"),
        (["valkey-server"], "/readyz"),
        (["bin/postgres"], "/readyz"),
        (["bin/postgres", "valkey-server", "celery", "gunicorn"], "/readyz"),
    ],
)
def test_whatever_is_killed_comes_back(house: House, words: list[str], path: str) -> None:
    struck = house.kill(*words)
    assert struck
    assert eventually(lambda: gone(struck))
    assert eventually(lambda: house.answers(path))
    assert eventually(lambda: all(any(word in line for line in house.children().values()) for word in words))


def test_the_outbox_drains_after_worker_and_broker_were_killed(house: House) -> None:
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", A_DUTY]
    duty = subprocess.run(shell, cwd=CHECKOUT, env=house.env, capture_output=True, text=True, check=True).stdout.strip()
    with contextlib.closing(house.database()) as session, session.cursor() as cursor:
        for number in range(60):
            cursor.execute(POST + VALUES, [f"test:{number % 6}", f'{{"duty": {duty}}}'])
            if number in {20, 40}:
                assert house.kill("celery", "valkey-server")
                time.sleep(1)

        def drained() -> bool:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE sent_at IS NULL), count(*) FROM workflow_outboxmessage"
                " WHERE aggregate LIKE 'test:%'"  # another test of this house may have written its own before
            )
            return bool(cursor.fetchone() == (0, 60))

        assert eventually(drained, 60)


def test_no_acknowledged_row_is_lost_with_the_database_server(house: House) -> None:
    acknowledged: list[int] = []

    def write() -> None:
        with contextlib.suppress(psycopg2.Error), contextlib.closing(house.database()) as session:
            for number in range(100_000):
                session.cursor().execute(POST + VALUES, ["crash", f'{{"number": {number}}}'])
                acknowledged.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    assert eventually(lambda: len(acknowledged) > 200)
    house.kill("bin/postgres")
    writer.join(10)
    assert eventually(lambda: house.answers("/readyz"))
    with contextlib.closing(house.database()) as session, session.cursor() as cursor:
        cursor.execute("SELECT (payload->>'number')::int FROM workflow_outboxmessage WHERE aggregate = 'crash'")
        assert set(acknowledged) <= {row[0] for row in cursor.fetchall()}


def test_a_data_folder_has_one_supervisor(house: House) -> None:
    command = [sys.executable, "-m", "config.supervisor", "run"]
    second = subprocess.run(command, cwd=CHECKOUT, env=house.env, capture_output=True, text=True, timeout=60)
    assert (second.returncode, "already running" in second.stderr) == (1, True)


def test_it_stops_cleanly_and_starts_again_in_seconds(house: House) -> None:
    before = set(house.children())
    assert house.stop(signal.SIGTERM).endswith("stopped")
    assert gone(before)
    assert house.start() < 30  # 15 s on an idle machine; the tests share theirs


def test_nothing_outlives_a_killed_supervisor(house: House) -> None:
    assert house.process
    before = set(house.children())
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait()
    assert eventually(lambda: gone(before))
    house.start()
