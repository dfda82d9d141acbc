"""Coming in by the login page, with whatever a person has to prove who they are."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client

from parties import codes, reauth
from parties.models import User
from tests.parties.device import HOST, Device
from tests.parties.test_login import SECRET

HERE: dict[str, Any] = {"SERVER_NAME": HOST}


def with_password(user: User) -> Client:
    """Somebody in front of the login page of this machine's own name; their password is SECRET."""
    user.set_password(SECRET)
    user.save()
    return Client(**HERE)


def entered(user: User) -> Client:
    """Logged in by password just now."""
    client = with_password(user)
    assert client.post("/login/", {"username": user.username, "password": SECRET})["Location"] == "/"
    return client


def stale(client: Client) -> Client:
    """The same session, an hour later."""
    session = client.session
    session[reauth.KEY] = int(time.time()) - 3600
    session.save()
    return client


def enrolled(client: Client, device: Device, name: str = "办公桌上的电脑") -> Any:
    """A passkey of this device, added by its page."""
    question = client.post("/security/passkeys/question/").json()
    return client.post("/security/passkeys/new/", {"name": name, "made": device.make(question)})


def proved(client: Client, device: Device) -> str:
    """The device's answer to the question that the server asks now."""
    return device.prove(client.post("/passkeys/question/").json())


def code_on(client: Client) -> tuple[str, list[str]]:
    """The secret of the codes and the recovery codes, after turning them on."""
    secret, offer = offered(client)
    answer = client.post("/security/code/", {"code": now(secret), "offer": offer})
    return secret, answer.context["recoveries"]


def offered(client: Client) -> tuple[str, str]:
    """The secret on the page that turns codes on, and what the page sends back of it."""
    page = client.get("/security/code/")
    return "".join(page.context["groups"]), str(page.context["form"]["offer"].value())


def now(secret: str, *, later: int = 0) -> str:
    """The six digits that a phone shows now, or some steps later."""
    return codes.code_at(secret, int(time.time()) // codes.STEP + later)
