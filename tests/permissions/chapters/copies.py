"""谁手里有什么、收发登记、批量签收、原件归档、随单交标样（第六条）。"""

from __future__ import annotations

from typing import Any

from tests import cast_samples as register
from tests.permissions.world import World

ROWS = """
GET  everybody                           -                 notices/copies/
GET  everybody                           -                 notices/copies/register/
GET  reviews.acknowledge_copy            -                 notices/acknowledge/
POST =engineering,engineering2           notice.issued     notices/acknowledge/
POST reviews.issue_notice                notice.issued     notices/<slug:number>/archive/
POST samples.keep!warehouse,material     copy.handed       notices/<slug:number>/copies/<slug:department>/hand-out/
GET  everybody                           -                 api/v1/notice-copies/
POST reviews.issue_notice                notice.issued     api/v1/notices/<slug:number>/archive/
"""


def prepare(world: World) -> None:
    """A standard of the order whose copy is handed out."""
    order = world.thing["copy.handed"].order
    world.keep("standard", register.standard(world.cast, order))


def _copy(world: World) -> dict[str, Any]:
    return {"copy": str(world.thing["copy.handed"].pk)}


def _place(world: World) -> dict[str, Any]:
    return {"place": "2 号柜"}


def _standard(world: World) -> dict[str, Any]:
    return {"sample": world.thing["standard"].number, "due_back": str(register.day(6))}


BODIES = {
    ("POST", "notices/acknowledge/"): _copy,
    ("*", "notices/<slug:number>/archive/"): _place,
    ("POST", "notices/<slug:number>/copies/<slug:department>/hand-out/"): _standard,
}
