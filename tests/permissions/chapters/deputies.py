# ruff: noqa: E501
"""The matrix, who signs and for whom: leave and deputies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from parties.models import Authorisation, SignIn
from tests.permissions.world import World
from workflow import clock
from workflow.leave import take_leave

ROWS = """
GET  everybody                           -                 leaves/
POST everybody                           -                 leaves/
POST =engineering2,engineering,director,admin leave        leaves/<int:pk>/end/
GET  public                              -                 login/first-password/
POST public                              -                 login/first-password/
GET  everybody                           -                 sessions/
POST =xiaoli                             sign_in           sessions/<int:pk>/end/
GET  everybody                           -                 authorisations/
POST =gm,evp,director,engineering,material,printing_mfg,printing_qc,paper_mfg,paper_qc,planning,purchasing,hr,finance,warehouse -                 authorisations/
POST =gm,evp                             authorisation     authorisations/<int:pk>/revoke/
GET  =director,engineering,material,printing_mfg,printing_qc,paper_mfg,paper_qc,planning,purchasing,hr,finance,warehouse - reviews/countersign/
POST =engineering                        - reviews/countersign/
"""


def granted(world: World) -> dict[str, Any]:
    """The general manager's written word for the notices: heads give others."""
    day = str(clock.today() + dt.timedelta(days=30))
    return {"scope": "sign_notice", "delegate": "hr", "valid_from": day, "valid_to": day, "file": "授权书.pdf"}


def proxies(world: World) -> dict[str, Any]:
    answer = world.thing["answer.proxy"]
    return {"answer": answer.pk, f"seen_{answer.pk}": answer.sha256}


BODIES = {("POST", "authorisations/"): granted, ("POST", "reviews/countersign/"): proxies}


def prepare(world: World) -> None:
    """A leave that is still ahead: nobody's rights are others' because of it."""
    day = clock.today() + dt.timedelta(days=60)
    cast = world.cast
    world.keep("sign_in", SignIn.objects.create(user=cast.xiaoli, session_key="elsewhere"))
    made = Authorisation.objects.get(number="SQ26-001")
    world.keep("authorisation", made, pk=made.pk)
    world.keep("leave", take_leave(cast.engineering2, cast.planning, day, day, actor=cast.engineering2))
