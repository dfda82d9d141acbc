"""Every dependency is explained, every lock is sealed and names no address."""

import json
import re
import tomllib

import pytest

from config.places import CHECKOUT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")


def declared() -> set[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    package = json.loads((CHECKOUT / "package.json").read_text())
    front = {*package["dependencies"], *package["devDependencies"]}
    return {re.split(r"[\[<>=;~! ]", line)[0] for line in lines} | front


def test_each_has_its_reason() -> None:
    explained = set(re.findall(r"^\| ([@\w/.-]+) \|", (CHECKOUT / "docs/dependencies.md").read_text(), re.MULTILINE))
    assert declared() == explained - {"package"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (CHECKOUT / lock).read_text()
    pinned = re.findall(r"^[\w.\[\]-]+==\S+.*?(?=^[\w.\[\]-]+==|\Z)", text, re.MULTILINE | re.DOTALL)
    assert pinned
    assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?://|--index-url|--find-links", text)


def test_the_front_end_lock_has_hashes_and_no_address() -> None:
    packages = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
