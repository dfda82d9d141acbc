"""The handbook on its shelf: pages, what they point to, the list of pictures (docs/handbook/pictures.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "docs" / "handbook"
PICTURES = BOOK / "pictures"
LIST = BOOK / "pictures.toml"

DESK, PHONE = 1280, 390
HEIGHTS = {DESK: 860, PHONE: 844}
HEAVIEST, ALL_TOGETHER = 120 * 1024, 4 * 1024 * 1024

POINTER = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, how wide, which page, what is done before it is taken and what after."""

    name: str
    person: str
    page: str
    width: int = DESK
    height: int = 0
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height or HEIGHTS[self.width]

    @property
    def file(self) -> Path:
        return PICTURES / f"{self.name}.png"


def shots() -> list[Shot]:
    """The list, in the order in which the pictures are taken: what is done for one stays done for the next."""
    rows: list[dict[str, Any]] = tomllib.loads(LIST.read_text(encoding="utf-8"))["shot"]
    return [Shot(**row) for row in rows]


def pages() -> list[Path]:
    """The index and every chapter."""
    return sorted(BOOK.glob("*.md"))


def pointers(page: Path) -> Iterator[tuple[bool, str]]:
    """(is it a picture, where to) of every pointer of a page."""
    for picture, target in POINTER.findall(page.read_text(encoding="utf-8")):
        yield bool(picture), target


def anchors(page: Path) -> set[str]:
    """The headings of a page, as addresses within it: the way Markdown's readers make them."""
    return {anchor(words) for words in HEADING.findall(page.read_text(encoding="utf-8"))}


def anchor(words: str) -> str:
    """「一、早上看什么」→ 一早上看什么."""
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
