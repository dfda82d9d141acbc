"""What was backed up comes back whole, into another data folder too."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.places import CHECKOUT
from config.supervisor.workshop import scratch
from tests.runtime.house import House

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("house")]


def verb(house: House, *words: str) -> str:
    command = [sys.executable, "-m", "config.supervisor", *words]
    done = subprocess.run(command, cwd=CHECKOUT, env=house.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def note(house: House, words: str) -> None:
    with contextlib.closing(house.database()) as session, session.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, '', now())", [words]
        )


def notes(house: House) -> list[str]:
    with contextlib.closing(house.database()) as session, session.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def test_a_backup_comes_back_in_an_empty_data_folder() -> None:
    with scratch() as first, scratch() as second:
        old, new = House(first), House(second)
        old.start()
        note(old, "kept")
        (first / "files").mkdir(exist_ok=True)
        (first / "files" / "paper").write_bytes(b"kept too")
        verb(old, "backup")
        note(old, "later")
        old.stop()
        (archive,) = (first / "backups").glob("*.tar")
        assert archive.stat().st_mode & 0o777 == 0o600
        verb(new, "restore", str(archive))
        new.start()
        assert notes(new) == ["kept"]
        assert (second / "files" / "paper").read_bytes() == b"kept too"
        assert (second / "secret-key").read_text() == (first / "secret-key").read_text()
        new.stop()


def test_reset_forgets_all_but_backups() -> None:
    with scratch() as home:
        house = House(home)
        verb(house, "backup")
        verb(house, "reset", "--yes")
        left = {path.name for path in home.iterdir()} - {"said.txt"}
        assert left == {"backups", "supervisor.lock"}


@pytest.mark.parametrize("archive", ["", "/nowhere.tar"])
def test_restore_wants_an_archive(tmp_path: Path, archive: str) -> None:
    command = [sys.executable, "-m", "config.supervisor", "restore", archive]
    env = os.environ | {"GENDAN_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True)
    assert (done.returncode, "make restore FILE=" in done.stderr) == (1, True)
    assert not (tmp_path / "servers").exists()
