"""The data folder: where servers, secrets, files and logs of one installation lie."""

import fcntl
import json
import os
import pwd
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import places
from config.environment import RUNTIME_FILE, write_private
from config.supervisor.terminal import Refused

LONGEST_SOCKET_FOLDER = 90  # a unix socket's whole path must stay below 108 bytes


@dataclass(frozen=True)
class Place:
    """One installation's folders. `servers` is reachable by the account that runs PostgreSQL and Valkey."""

    home: Path
    servers: Path
    sockets: Path

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    def secret(self, name: str) -> str:
        """A random word kept in the data folder, made on first use."""
        kept = self.home / "secrets.json"
        words: dict[str, str] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        if name not in words:
            words[name] = secrets.token_urlsafe(24)
            write_private(kept, json.dumps(words, indent=1))
        return words[name]

    def write_addresses(self, addresses: dict[str, str]) -> None:
        write_private(self.home / RUNTIME_FILE, json.dumps(addresses, indent=1))


def server_account() -> dict[str, Any]:
    """Popen's arguments for the account of the servers: root lends them an unprivileged one, others their own."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(places.UNPRIVILEGED)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give_to_servers(folder: Path) -> None:
    account = server_account()
    if account:
        os.chown(folder, account["user"], account["group"])


def make_folder(folder: Path, mode: int = 0o700, for_servers: bool = False) -> Path:
    """Make a folder of ours; one that exists keeps its mode and owner."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        folder.chmod(mode)
        if for_servers:
            give_to_servers(folder)
    return folder


def servers_folder(home: Path) -> Path:
    """`servers` in the data folder, or, where PostgreSQL's account cannot go there, a folder that it points to."""
    here = home / "servers"
    if here.is_symlink() or here.exists():
        return here.resolve()
    if places.reachable_by_servers(home):
        return make_folder(here, for_servers=True).resolve()
    make_folder(places.SHARED_HOME, mode=0o755)
    apart = make_folder(places.SHARED_HOME / f"servers-{secrets.token_hex(4)}", for_servers=True)
    here.symlink_to(apart)
    return apart


def sockets_folder(servers: Path) -> Path:
    beside = servers / "run"
    if len(str(beside)) <= LONGEST_SOCKET_FOLDER:
        return make_folder(beside, for_servers=True)
    short = Path(tempfile.mkdtemp(prefix="gendan-", dir="/tmp"))
    give_to_servers(short)
    return short


def open_place(home: Path) -> Place:
    try:
        make_folder(home, mode=0o755)
        make_folder(home / "logs")
        servers = servers_folder(home)
    except OSError as error:
        raise Refused(f"the data folder {home} cannot be used: {error.strerror} ({error.filename})") from error
    return Place(home=home, servers=servers, sockets=sockets_folder(servers))


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """One supervisor per data folder; the lock goes with the process, however it ends."""
    make_folder(home, mode=0o755)
    with (home / "supervisor.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"this installation is already running (data folder {home})") from error
        yield


def in_use(home: Path) -> bool:
    """Whether a supervisor holds this data folder."""
    try:
        with locked(home):
            return False
    except Refused:
        return True
