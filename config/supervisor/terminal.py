"""What the supervisor says to the person at the terminal."""

import sys


class Refused(Exception):
    """Something a person must put right; shown as one sentence, never as a traceback."""


def say(words: str) -> None:
    print(f"gendan: {words}", flush=True)


def warn(words: str) -> None:
    print(f"gendan: {words}", file=sys.stderr, flush=True)
