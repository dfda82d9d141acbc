"""`python config/reachable.py <database address> <broker address>`: exit 0 if both hosts take a connection."""

import socket
import sys
from urllib.parse import urlsplit


def takes_connections(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=2):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if all(takes_connections(url) for url in sys.argv[1:]) else 1)
