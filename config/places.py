"""Where this installation keeps its data. Standard library only."""

import os
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED_HOME = Path("/var/lib/gendan")
UNPRIVILEGED = "nobody"


def reachable(folder: Path) -> bool:
    """Whether the unprivileged user, as whom root runs PostgreSQL, can enter this folder."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    probe = ["/bin/sh", "-c", 'cd "$1"', "probe", str(nearest)]
    return subprocess.run(probe, user=UNPRIVILEGED, extra_groups=[], stderr=subprocess.DEVNULL).returncode == 0


def reachable_by_servers(folder: Path) -> bool:
    """Whether the account that runs the servers can enter this folder; without root it is our own."""
    return os.geteuid() != 0 or reachable(folder)


def home() -> Path:
    """GENDAN_HOME; unset: `var/` in the checkout, for root only if PostgreSQL's user can reach it."""
    given = os.environ.get("GENDAN_HOME", "").strip()
    if given:
        return Path(given).expanduser().absolute()
    beside = CHECKOUT / "var"
    return beside if reachable_by_servers(beside) else SHARED_HOME
