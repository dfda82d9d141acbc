"""A private folder for files, and every sample paper printed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from papers import compose, registry
from papers.canonical import fingerprint, plain
from papers.kinds import KINDS
from papers.models import Paper, PaperVoid, PrintLog
from papers.render import render_pdf
from papers.services import file_paper
from tests.papers.samples import SAMPLES, notice

if TYPE_CHECKING:
    from parties.models import User
    from tests.cast import Cast

NOON = datetime(2026, 12, 12, 4, tzinfo=UTC)
DOCUMENT = "reviews_notice:1"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def open_sight() -> Iterator[None]:
    """Everybody but sales may see the papers of notices."""
    before = dict(registry.SIGHT)
    registry.sees("reviews_notice")(lambda user, pk: user.role != "sales")
    yield
    registry.SIGHT.clear()
    registry.SIGHT.update(before)


@pytest.fixture
def filed(cast: Cast) -> Paper:
    """A notice that has just been signed."""
    return filed_notice(cast.gm)


def filed_notice(actor: User, number: str = "TZ26-000187") -> Paper:
    content = notice()
    content["number"] = number
    return file_paper(kind="notice", about=DOCUMENT, number=number, version=1, snapshot=content, actor=actor)


def unsaved(kind: str, snapshot: Any) -> Paper:
    """A paper that no database knows, for what only concerns print."""
    return Paper(
        kind=kind,
        number=snapshot["number"],
        version=snapshot["version"],
        content=plain(snapshot),
        fingerprint=fingerprint(snapshot),
        filed_by_name="邓启明",
        filed_at=NOON,
    )


def log_of(copy: str, *, priced: bool = True, facts: Any = None) -> PrintLog:
    return PrintLog(nth=2, copy=copy, priced=priced, facts=plain(facts or {}), by_name="周雨桐", at=NOON)


def void_of(successor: str = "TZ26-000203") -> PaperVoid:
    return PaperVoid(reason="客户更改", successor=successor, by_name="许静怡", at=NOON)


def printed(kind: str, snapshot: Any, **how: Any) -> bytes:
    paper = unsaved(kind, snapshot)
    return render_pdf(KINDS[kind].template, compose.pages_of(paper, **{"priced": KINDS[kind].money, **how}))


@cache
def sample_pdf(kind: str) -> bytes:
    return printed(kind, SAMPLES[kind]())


Printed = Callable[[str], bytes]
