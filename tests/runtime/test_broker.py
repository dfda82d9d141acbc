"""No request waits more than a second for a broker that is dead or does not answer (F6)."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from config.celery import app as house

LONGEST = 1.5  # a second, and what a busy machine adds


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Path]:
    """A broker that takes connections and never says a word."""
    path = tmp_path / "silent.sock"
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(path))
        ear.listen(8)
        yield path


def wake_through(path: Path) -> float:
    """Seconds until a call for the worker is given up."""
    app = Celery("probe", set_as_current=False, fixups=[])
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = f"redis+socket://{path}"
    begun = time.monotonic()
    with pytest.raises((OperationalError, OSError)):
        app.send_task("workflow.relay_outbox", retry=False)
    return time.monotonic() - begun


def test_a_dead_broker_costs_no_time(tmp_path: Path) -> None:
    assert wake_through(tmp_path / "nobody.sock") < LONGEST


def test_a_silent_broker_costs_a_second(silent: Path) -> None:
    assert wake_through(silent) < LONGEST


def test_a_worker_that_dies_gives_its_task_back() -> None:
    assert house.conf.task_acks_late
    assert house.conf.task_reject_on_worker_lost
    assert house.conf.worker_prefetch_multiplier == 1
    assert house.conf.broker_transport_options["visibility_timeout"] >= 2 * house.conf.task_time_limit
