"""The matrix, API tokens: the administrator's alone."""

from __future__ import annotations

from tests.permissions.world import World

ROWS = """
GET  parties.administer                  -                 tokens/
POST parties.administer                  -                 tokens/
POST parties.administer                  token             tokens/<int:pk>/take-back/
"""
BODIES = {("POST", "tokens/"): lambda world: {"user": "erp", "name": "ERP"}}


def prepare(world: World) -> None:
    """Somebody's token."""
    from integration.services import issue_token

    token, _secret = issue_token(world.cast.people["erp"], name="matrix-own")
    world.keep("token", token, pk=token.pk)
