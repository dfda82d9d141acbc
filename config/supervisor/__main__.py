"""`python -m config.supervisor <verb>`: what the Makefile calls once everything is installed."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from config.supervisor import house, keeping, workshop
from config.supervisor.terminal import Refused, warn

VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": house.run,
    "prepare": house.prepare_only,
    "test": workshop.test,
    "check": workshop.check,
    "soak": workshop.soak,
    "bench": workshop.bench,
    "demo": workshop.demo,
    "handbook": workshop.handbook,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "reset": keeping.reset,
}


def end(number: int, frame: FrameType | None) -> NoReturn:
    """A wish to stop unwinds everything that was begun: servers stop, scratch folders go."""
    sys.exit(128 + number)


def main() -> int:
    signal.signal(signal.SIGTERM, end)
    verb = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        if verb not in VERBS:
            raise Refused(f"no such verb: {verb}; there are {', '.join(VERBS)}")
        return VERBS[verb](sys.argv[2:])
    except Refused as refusal:
        warn(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
