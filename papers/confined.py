"""Work that may hang or swell is done in a child that can be killed (F22)."""

import os
import resource
import select
import signal
import threading
import time
from collections.abc import Callable

CHUNK = 1 << 16
NICE = 5  # people waiting for a page come first
ONE_AT_A_TIME = threading.Lock()


class Confined(Exception):
    """The child did not finish: it was slow, too large, or failed."""


def run(work: Callable[[], bytes], *, seconds: float, memory: int) -> bytes:
    """在子进程里做：超时或超过内存即杀，主进程无恙（F22）。

    The child is a fork, so that fonts already loaded here are loaded there; it touches nothing but its pipe.
    """
    with ONE_AT_A_TIME:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            be_child(work, writer, memory)
        os.close(writer)
    try:
        answer = collect(reader, time.monotonic() + seconds)
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not answer.startswith(b"+"):
        raise Confined(answer[1:].decode("utf-8", "replace") or "the child died without a word")
    return answer[1:]


def be_child(work: Callable[[], bytes], writer: int, memory: int) -> None:
    """Only this work, within its limits; never back into the parent's code."""
    try:
        os.nice(NICE)
        limit_memory(memory)
        answer = b"+" + work()
    except BaseException as error:
        answer = b"-" + f"{type(error).__name__}: {error}".encode()[:2000]
    try:
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def limit_memory(memory: int) -> None:
    """So much more than the parent holds already: the fork shares that."""
    with open("/proc/self/statm", encoding="ascii") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))


def collect(reader: int, deadline: float) -> bytes:
    """Everything the child says, or what it said until the deadline."""
    parts = []
    while (left := deadline - time.monotonic()) > 0 and select.select([reader], [], [], left)[0]:
        part = os.read(reader, CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
    raise Confined("the child took too long and was stopped")
