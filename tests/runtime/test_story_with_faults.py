"""One order from 接单 to 收款 while the house is shot at: nothing acknowledged is lost, nothing happens twice."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.places import CHECKOUT
from config.supervisor.workshop import scratch
from tests.runtime.erp import Persistent
from tests.runtime.house import House, eventually
from tests.stories.life import live

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("house")]

A_COMPANY = """
from config.demo.company import make_company
from config.demo.partners import make_partners
from django.core.management import call_command
make_partners(make_company())
call_command("make_demo")
"""


@pytest.fixture
def house() -> Iterator[House]:
    """The demo company without its orders, which take longest to make."""
    with scratch() as home:
        built = House(home)
        built.start()
        (home / "demo-accounts.json").unlink()
        shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", A_COMPANY]
        subprocess.run(shell, cwd=CHECKOUT, env=built.env, check=True, capture_output=True)
        yield built
        built.stop()


def test_the_story_ends_well_under_fire(house: House) -> None:
    carrier = Persistent(
        house,
        {
            "conclude": lambda: house.kill("celery", "valkey-server"),
            "issue": lambda: house.kill("gunicorn"),
            "finish-production": lambda: house.kill("bin/postgres"),
            "dispatch": lambda: house.kill("celery"),
            "payments": lambda: house.kill("bin/postgres", "valkey-server", "celery", "gunicorn"),
        },
    )
    number = live(carrier)
    assert carrier.faults == {}
    assert carrier.repeated > 0
    assert carrier.get("xiaoli", f"orders/{number}/")["state"] == "completed"
    assert eventually(lambda: unsent(house) == 0, 120)
    assert once(house) == (1, 1, 1, 1)


def unsent(house: House) -> int:
    with contextlib.closing(house.database()) as session, session.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workflow_outboxmessage WHERE sent_at IS NULL")
        return int(cursor.fetchone()[0])


def once(house: House) -> tuple[int, ...]:
    """How many orders, deliveries, invoices and payments there are."""
    with contextlib.closing(house.database()) as session, session.cursor() as cursor:
        tables = ("orders_order", "shipping_delivery", "ledger_invoice", "ledger_payment")
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))
        return tuple(cursor.fetchone())
