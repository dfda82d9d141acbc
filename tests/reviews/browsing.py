"""A person in front of the pages, with a password that was given just now or long ago."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client

from parties import reauth
from parties.models import User
from reviews.points import CODES
from tests.cast_reviews import day

PASSWORD = "correct horse"


def browser(user: User, *, fresh: bool = True) -> Client:
    """A logged-in client; `fresh=False` when the password was typed long ago."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client = Client()
    client.force_login(user)
    session = client.session
    session[reauth.KEY] = int(time.time()) - (0 if fresh else 3600)
    session.save()
    return client


def answer_fields(**changes: Any) -> dict[str, Any]:
    """The answer page as somebody filled it in."""
    return {
        "verdict": "agree", "planned_date": str(day(12)), "comment": "可以", **dict.fromkeys(CODES, "yes"), **changes,
    }  # fmt: skip
