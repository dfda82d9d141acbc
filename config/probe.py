"""`python -m config.probe <address>`: exit 0 if it answers 200. Health checks of the supervisor and of images."""

import os
import sys
import urllib.error
import urllib.request


def answers(url: str) -> bool:
    """Asked under a name that the installation serves: others are refused before anything else."""
    asked = urllib.request.Request(url, headers={"Host": served_name()})  # noqa: S310 - an address of our own
    try:
        with urllib.request.urlopen(asked, timeout=4) as reply:  # noqa: S310
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def served_name() -> str:
    names = [name.strip().lstrip(".") for name in os.environ.get("ALLOWED_HOSTS", "").split(",")]
    return next((name for name in names if name and name != "*"), "localhost")


if __name__ == "__main__":
    sys.exit(0 if answers(sys.argv[1]) else 1)
