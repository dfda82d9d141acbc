"""用户手册：每个岗位有一页，图都在单子上也都在，链接都通，粗体的字屏幕上真有。没有浏览器，随时可跑。"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from config.floors import FLOORS
from parties.roles import Role
from tests.handbook.shelf import (
    ALL_TOGETHER,
    BOOK,
    DESK,
    HEAVIEST,
    PHONE,
    PICTURES,
    ROOT,
    anchors,
    pages,
    pointers,
    shots,
)

CHAPTER_OF = {
    Role.COORDINATOR: "coordinator.md",
    Role.SUPERVISOR: "supervisor.md",
    Role.DIRECTOR: "supervisor.md",
    Role.GM: "gm.md",
    Role.OFFICE: "gm.md",
    Role.DEPARTMENT: "department.md",
    Role.SALES: "sales.md",
    Role.FINANCE: "finance.md",
    Role.WAREHOUSE: "warehouse.md",
    Role.ADMIN: "admin.md",
    Role.MACHINE: "admin.md",
}
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


@cache
def screens() -> str:
    """Every word the product can show: its templates and its code."""
    files = list((ROOT / "templates").rglob("*.html"))
    files += [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def used() -> dict[str, set[str]]:
    """Pictures by name, with the pages that show them."""
    found: dict[str, set[str]] = {}
    for page in pages():
        for picture, target in pointers(page):
            if picture:
                found.setdefault(Path(target).stem, set()).add(page.name)
    return found


def test_every_role_has_its_page() -> None:
    index = (BOOK / "README.md").read_text(encoding="utf-8")
    assert set(CHAPTER_OF) == set(Role)
    for role, name in CHAPTER_OF.items():
        row = next((line for line in index.splitlines() if line.startswith("|") and str(role.label) in line), "")
        assert f"({name})" in row, role
        assert (BOOK / name).exists()


def test_every_picture_shown_is_on_the_list_and_on_the_shelf() -> None:
    listed = {shot.name for shot in shots()}
    assert len(listed) == len(shots())
    assert set(used()) == listed
    assert {path.stem for path in PICTURES.iterdir()} == listed


def test_pictures_are_light_and_of_the_two_widths() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > HEAVIEST} == {}
    assert sum(sizes.values()) <= ALL_TOGETHER
    assert {shot.width for shot in shots()} == {DESK, PHONE}
    assert {shot.width for shot in shots() if shot.name.endswith("-phone")} == {PHONE}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for _, target in pointers(page):
        if target.startswith(("http://", "https://")):
            continue
        path, _, place = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (place and place not in anchors(file)):
            dead.append(target)
    assert dead == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_bold_words_are_words_of_the_screen(page: Path) -> None:
    """按钮改了名字，手册就得改；只为着重的话用 *斜体*。"""
    words = {word.strip() for word in BOLD.findall(page.read_text(encoding="utf-8"))}
    assert sorted(word for word in words if word not in screens()) == []


def test_the_readme_leads_to_the_handbook() -> None:
    assert "(docs/handbook/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
