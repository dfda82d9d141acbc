"""`python -m config.supervisor <verb>`: what the Makefile calls once everything is installed."""

import sys
from collections.abc import Callable

from config.supervisor import house, workshop
from config.supervisor.terminal import Refused, warn

VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": house.run,
    "test": workshop.test,
    "check": workshop.check,
    "soak": workshop.soak,
}


def main() -> int:
    verb = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        if verb not in VERBS:
            raise Refused(f"no such verb: {verb}; there are {', '.join(VERBS)}")
        return VERBS[verb](sys.argv[2:])
    except Refused as refusal:
        warn(str(refusal))
        return 1


if __name__ == "__main__":
    sys.exit(main())
