"""Backup, restore, reset: what is kept of an installation, and what is forgotten."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from config.environment import Database, Environment, parse_database, read
from config.supervisor.house import manage, prepare
from config.supervisor.place import in_use, locked, make_folder, open_place
from config.supervisor.postgres import binaries
from config.supervisor.servers import Servers, opened, running
from config.supervisor.terminal import Refused, say

DUMP = "database.dump"
KEPT = ("files", "secret-key", "demo-accounts.json")
OURS = (*KEPT, "static", "logs", "secrets.json", "servers.json")


def backup(words: list[str]) -> int:
    """Database first, files after: files are only ever added, so no row can name a file that is missing."""
    env = read(os.environ)
    target = make_folder(env.home / "backups") / f"gendan-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"
    with database_of(env) as database, tempfile.TemporaryDirectory(dir=env.home) as folder:
        dump = Path(folder) / DUMP
        postgres_tool(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        half = target.with_suffix(".half")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            write_archive(file, env.home, dump)
        half.rename(target)
    say(f"backup: {target}")
    return 0


def write_archive(file: object, home: Path, dump: Path) -> None:
    with tarfile.open(fileobj=file, mode="w") as archive:  # type: ignore[call-overload]
        archive.add(dump, DUMP)
        for name in KEPT:
            if (home / name).exists():
                archive.add(home / name, name)


@contextmanager
def database_of(env: Environment) -> Iterator[Database]:
    """The database of this installation, whether it is running or not."""
    if in_use(env.home):
        yield env.database
        return
    with locked(env.home), running(open_place(env.home)) as servers:
        yield parse_database("DATABASE_URL", servers.web_url)


def restore(words: list[str]) -> int:
    """Everything as it was in the archive; what is there now is replaced."""
    env = read(os.environ)
    archive = Path(words[0]).expanduser().absolute() if words and words[0] else None
    if archive is None or not archive.is_file():
        raise Refused("name the archive: make restore FILE=…/backups/gendan-….tar")
    with locked(env.home):
        place = open_place(env.home)
        with tempfile.TemporaryDirectory(dir=env.home) as folder, tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
            with running(place) as servers:
                replace_database(servers, Path(folder))
                replace_files(env.home, Path(folder))
                prepare(place, servers)
                manage(place, servers, "check")
    say(f"restored from {archive}")
    return 0


def replace_database(servers: Servers, folder: Path) -> None:
    owner = parse_database("DATABASE_OWNER_URL", servers.owner_url)
    listed = postgres_tool(owner, "pg_restore", "--list", str(folder / DUMP))
    contents = folder / "contents"
    contents.write_text("".join(f"{line}\n" for line in listed.splitlines() if " SCHEMA - public " not in line))
    with opened(owner) as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    postgres_tool(owner, "pg_restore", *options, f"--use-list={contents}", f"--dbname={owner.name}", str(folder / DUMP))


def replace_files(home: Path, folder: Path) -> None:
    for name in KEPT:
        new, old = folder / name, home / name
        if new.exists():
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
            shutil.move(new, old)


def postgres_tool(database: Database, tool: str, *words: str) -> str:
    """A tool of the wheel; the password goes by the environment, never on the command line."""
    login = {
        "PGDATABASE": database.name,
        "PGUSER": database.user,
        "PGPASSWORD": database.password,
        "PGHOST": database.host,
        "PGPORT": database.port,
    }
    env = {"PATH": os.environ.get("PATH", "")} | {name: value for name, value in login.items() if value}
    done = subprocess.run([str(binaries() / tool), *words], env=env, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{tool} failed:\n{done.stderr}")
    return done.stdout


def reset(words: list[str]) -> int:
    """Forget this installation's data: servers, files, accounts. Backups stay."""
    env = read(os.environ)
    if "--yes" not in words and input(f"Forget all data in {env.home} (backups stay)? Type yes: ").strip() != "yes":
        raise Refused("nothing was changed")
    with locked(env.home):
        forget(env.home)
    say(f"{env.home} is empty; the next `make run` begins anew")
    return 0


def forget(home: Path) -> None:
    servers = home / "servers"
    if servers.is_symlink():
        shutil.rmtree(servers.resolve(), ignore_errors=True)
        servers.unlink()
    elif servers.exists():
        shutil.rmtree(servers)
    for name in (*OURS, *(path.name for path in home.glob("beat-schedule*"))):
        path = home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
