"""Work that may hang or swell is done by a helper process that can be killed and is then replaced (F22)."""

import gc
import os
import resource
import select
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

Work = Callable[[bytes], bytes]

NICE = 14  # people who wait for a page come first; the worker has stepped back already
HEAD = 8  # bytes that say how long a message is
CHUNK = 1 << 16


class Confined(Exception):
    """The work did not get done: it took too long, grew too large, or failed."""


@dataclass(frozen=True)
class Child:
    """A running helper: its process, the pipe to it, the pipe from it, and whose child it is."""

    pid: int
    orders: int
    answers: int
    parent: int


class Bench:
    """一张工作台：活在子进程里做，超时或超过内存即杀，换人再来，主进程无恙（F22）。

    The helper is forked at the first order and kept, because what it has loaded is worth more than the work itself.
    """

    def __init__(self, work: Work, *, seconds: float, memory: int, orders: int = 100) -> None:
        self.work, self.seconds, self.memory, self.orders = work, seconds, memory, orders
        self.child: Child | None = None
        self.done = 0
        self.one_at_a_time = threading.Lock()

    def do(self, order: bytes) -> bytes:
        """One piece of work, within its time and memory."""
        with self.one_at_a_time:
            child = self.standing_child()
            try:
                send(child.orders, order)
                answer = receive(child.answers, time.monotonic() + self.seconds)
                if not answer:
                    raise Confined("the helper died over its work")
            except (Confined, OSError) as error:
                self.dismiss()
                raise Confined(str(error)) from error
            self.done += 1
        if not answer.startswith(b"+"):
            raise Confined(answer[1:].decode("utf-8", "replace"))
        return answer[1:]

    def standing_child(self) -> Child:
        """The helper; a new one when there is none, when it is worn out, or when it is somebody else's."""
        if self.child and (self.child.parent != os.getpid() or self.done >= self.orders):
            self.dismiss()
        if self.child is None:
            self.child, self.done = self.hire(), 0
        return self.child

    def hire(self) -> Child:
        order_end, orders = os.pipe()
        answers, answer_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            be_child(self.work, order_end, answer_end, self.memory)
        os.close(order_end)
        os.close(answer_end)
        return Child(pid, orders, answers, os.getpid())

    def dismiss(self) -> None:
        """Close the pipes, end the helper."""
        child, self.child = self.child, None
        if child is None:
            return
        os.close(child.orders)
        os.close(child.answers)
        if child.parent == os.getpid():
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(child.pid, signal.SIGKILL)
                os.waitpid(child.pid, 0)


def be_child(work: Work, orders: int, answers: int, memory: int) -> None:
    """Work until the parent is gone; never back into the parent's code, never near its connections."""
    try:
        close_all_but(orders, answers)
        os.nice(NICE)
        limit_memory(memory)
        gc.disable()  # garbage is collected between two orders, not while somebody waits
        while order := receive(orders, None):
            send(answers, answer_to(work, order))
            gc.collect()
            gc.freeze()  # what the first order loaded stays, and is not looked through again
    finally:
        os._exit(0)


def answer_to(work: Work, order: bytes) -> bytes:
    try:
        return b"+" + work(order)
    except Exception as error:
        return b"-" + f"{type(error).__name__}: {error}".encode()[:2000]


def close_all_but(*kept: int) -> None:
    """The database and broker connections belong to the parent alone."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) not in kept:
            with suppress(OSError):
                os.close(int(name))


def limit_memory(memory: int) -> None:
    """So much more than the parent holds already: the fork shares that."""
    with open("/proc/self/statm", encoding="ascii") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))


def send(pipe: int, message: bytes) -> None:
    """A message, its length before it."""
    left = memoryview(len(message).to_bytes(HEAD, "big") + message)
    while left:
        left = left[os.write(pipe, left) :]


def receive(pipe: int, deadline: float | None) -> bytes:
    """A whole message, or nothing when the other side is gone for good."""
    head = read(pipe, HEAD, deadline)
    return read(pipe, int.from_bytes(head, "big"), deadline) if len(head) == HEAD else b""


def read(pipe: int, size: int, deadline: float | None) -> bytes:
    """So many bytes, or fewer when the other side closed."""
    parts: list[bytes] = []
    while size:
        if not readable(pipe, deadline):
            raise Confined("the work took too long and was stopped")
        part = os.read(pipe, min(size, CHUNK))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def readable(pipe: int, deadline: float | None) -> bool:
    """Whether there is something to read before the deadline; without one, wait for as long as it takes."""
    left = None if deadline is None else max(0.0, deadline - time.monotonic())
    return bool(select.select([pipe], [], [], left)[0])
