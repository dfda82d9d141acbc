"""/healthz says that the web process lives, /readyz what its servers say."""

import time
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client


@pytest.mark.smoke
def test_the_web_process_answers(db: None, client: Client) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


@pytest.mark.smoke
def test_both_servers_answer(db: None, client: Client) -> None:
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok", "database": "ok", "broker": "ok"})


def test_a_dead_broker_is_told_and_not_waited_for(
    db: None, client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    begun = time.monotonic()
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json()["status"], reply.json()["broker"]) == (503, "degraded", "unreachable")
    assert time.monotonic() - begun < 1.0


def test_health_is_only_looked_at(db: None, client: Client) -> None:
    assert client.post("/healthz").status_code == 405
