"""会挂会胀的活在子进程里做：超时、超量、暴毙都换人再来。"""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from papers.confined import Bench, Confined

MB = 1024 * 1024
pytestmark = pytest.mark.fault

Maker = Callable[..., Bench]


def work(order: bytes) -> bytes:
    """What the order says."""
    if order == b"hang":
        time.sleep(60)
    if order == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == b"swell":
        return bytes(600 * MB)
    if order == b"fail":
        raise ValueError("no such paper")
    return str(os.getpid()).encode() if order == b"who" else order * 2


@pytest.fixture
def bench() -> Iterator[Maker]:
    made: list[Bench] = []

    def make(seconds: float = 10, memory: int = 64 * MB, orders: int = 100) -> Bench:
        made.append(Bench(work, seconds=seconds, memory=memory, orders=orders))
        return made[-1]

    yield make
    for one in made:
        one.dismiss()


def test_the_same_helper_does_one_piece_after_another(bench: Maker) -> None:
    table = bench()
    assert table.do(b"x" * 3 * MB) == b"x" * 6 * MB
    assert table.do(b"who") == table.do(b"who") != str(os.getpid()).encode()


def test_work_that_hangs_is_stopped(bench: Maker) -> None:
    table, begun = bench(seconds=0.3), time.monotonic()
    with pytest.raises(Confined, match="too long"):
        table.do(b"hang")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("order", "why"), [(b"swell", "MemoryError"), (b"fail", "ValueError: no such paper"), (b"die", "died")]
)
def test_work_that_fails_says_why_and_the_next_is_done(bench: Maker, order: bytes, why: str) -> None:
    table = bench()
    with pytest.raises(Confined, match=why):
        table.do(order)
    assert table.do(b"next") == b"nextnext"


def test_a_stopped_helper_is_gone_and_replaced(bench: Maker) -> None:
    table = bench(seconds=0.5)
    pid = int(table.do(b"who"))
    with pytest.raises(Confined):
        table.do(b"hang")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert int(table.do(b"who")) != pid


def test_a_worn_out_helper_is_replaced(bench: Maker) -> None:
    table = bench(orders=2)
    assert len({table.do(b"who") for _ in range(5)}) == 3


def test_the_helper_holds_no_file_of_its_parent(bench: Maker) -> None:
    reader, writer = os.pipe()
    table = bench()
    table.do(b"who")
    os.close(writer)
    assert os.read(reader, 1) == b""  # end of file: nobody else has the other end
    os.close(reader)
