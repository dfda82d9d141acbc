"""How many SQL statements each move of the story takes, counted in this process against the same database."""

from __future__ import annotations

import os
from typing import Any


def count_statements() -> list[tuple[str, int]]:
    """(move, statements) for one warm life; transaction control is not counted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.bench.talk import accounts
    from tests.stories.life import live

    settings.ALLOWED_HOSTS = ["*"]
    tokens = {name: row["api_token"] for name, row in accounts().items()}
    found: list[tuple[str, int]] = []

    class Counted:
        """Carries the story through Django's test client."""

        def get(self, username: str, path: str) -> dict[str, Any]:
            return self._carry(username, "GET", path, None)

        def post(self, username: str, path: str, body: Any = None) -> dict[str, Any]:
            return self._carry(username, "POST", path, {} if body is None else body)

        def _carry(self, username: str, method: str, path: str, body: Any) -> dict[str, Any]:
            client = Client(headers={"Authorization": f"Token {tokens[username]}"})
            key = {"Idempotency-Key": os.urandom(8).hex()} if method == "POST" else {}
            with CaptureQueriesContext(connection) as captured:
                reply = client.generic(
                    method, f"/api/v1/{path}", _encoded(body), content_type="application/json", headers=key
                )
            if reply.status_code >= 300:
                raise RuntimeError(f"{method} {path}: {reply.status_code} {reply.content.decode()[:400]}")
            if method == "POST":
                found.append((f"POST {path}", sum(not control(one["sql"]) for one in captured.captured_queries)))
            answer: dict[str, Any] = reply.json()
            return answer

    live(Counted(), mark=os.urandom(4).hex())
    found.clear()
    live(Counted(), mark=os.urandom(4).hex())
    return found


def control(sql: str) -> bool:
    """Whether a statement only opens or closes a transaction."""
    return sql.lstrip().upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"))


def _encoded(body: Any) -> bytes:
    import json

    return b"" if body is None else json.dumps(body).encode()
