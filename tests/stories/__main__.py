"""`make demo`: one order from 接单 to 收款, told in the terminal as it happens through the API."""

from __future__ import annotations

import os
import sys
from typing import Any

import django

from tests.bench.talk import Line, accounts
from tests.stories.life import live

WIDTH = 46


class Teller:
    """Carries each request and says who did what, and what became of it."""

    def __init__(self) -> None:
        self.line, self.people = Line(), accounts()

    def get(self, username: str, path: str) -> dict[str, Any]:
        return self.line.get(username, path)

    def post(self, username: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.line.post(username, path, body)
        person = self.people[username]
        became = answer.get("state") or answer.get("number") or ""
        tell(f"  {person['name']}（{person['role']}）", f"{path:<{WIDTH}} {became}")
        return answer


def tell(who: str, words: str) -> None:
    sys.stdout.write(f"{who}  {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    tell("\n走完的业务单", live(Teller(), tell=lambda step, words: tell(f"—— {step}", words)))
