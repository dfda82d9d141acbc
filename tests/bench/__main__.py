"""`make bench`: the table of the design's speed goals, measured against the installation GENDAN_URL names."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pages import browse
from tests.bench.statements import count_statements
from tests.bench.talk import Line
from tests.stories.life import live

LIVES_PER_CLIENT = int(os.environ.get("GENDAN_BENCH_LIVES", "12"))


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, the goal, whether it was reached."""

    what: str
    found: str
    goal: str
    reached: bool


def percentile(times: list[float], share: float) -> float:
    """The time below which this share of the answers lies, in milliseconds."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


def _client(place: int, lives: int, results: multiprocessing.Queue[list[tuple[str, float]]]) -> None:
    line = Line()
    for n in range(lives):
        live(line, mark=f"B{place}-{n}-{time.time_ns() % 10**9}")
    results.put(line.times)


def lives(clients: int) -> tuple[float, list[tuple[str, float]]]:
    """Run lives with so many clients at once; lives per second and every answer's time."""
    results: multiprocessing.Queue[list[tuple[str, float]]] = multiprocessing.Queue()
    people = [multiprocessing.Process(target=_client, args=(n, LIVES_PER_CLIENT, results)) for n in range(clients)]
    begun = time.perf_counter()
    for person in people:
        person.start()
    times = [row for _ in people for row in results.get(timeout=600)]
    for person in people:
        person.join()
    return clients * LIVES_PER_CLIENT / (time.perf_counter() - begun), times


def measure_lives() -> Iterator[Row]:
    """Order lives through the API: one client, then four."""
    live(Line(), mark="warm")
    for clients, goal in ((1, 0.0), (4, 3.2)):
        before = spent()
        rate, times = lives(clients)
        _where_it_went(before, clients * LIVES_PER_CLIENT)
        requests = rate * len(times) / (clients * LIVES_PER_CLIENT)
        answers = [seconds for _, seconds in times]
        p95 = percentile(answers, 0.95)
        name = f"order life, {clients} client{'s' * (clients > 1)}"
        yield Row(f"{name}: lives/s", f"{rate:.2f}", f"≥ {goal}" if goal else "–", rate >= goal)
        wanted = 100 if clients == 4 else 0
        yield Row(f"{name}: requests/s", f"{requests:.0f}", f"≥ {wanted}" if wanted else "–", requests >= wanted)
        yield Row(f"{name}: p95", f"{p95:.0f} ms", "≤ 120 ms", p95 <= 120)
        if clients == 4:
            _slowest(times)


def _slowest(times: list[tuple[str, float]]) -> None:
    by_what: dict[str, list[float]] = defaultdict(list)
    for what, seconds in times:
        by_what[what].append(seconds)
    slow = sorted(by_what.items(), key=lambda item: -statistics.mean(item[1]))[:8]
    for what, found in slow:
        say(f"    {what:<40} mean {statistics.mean(found) * 1000:6.1f} ms   p95 {percentile(found, 0.95):6.1f} ms")


def measure_statements() -> Iterator[Row]:
    """SQL statements of each move of that story, in this process."""
    counts = count_statements()
    mean = statistics.mean(count for _, count in counts)
    for what, count in sorted(counts, key=lambda row: -row[1])[:8]:
        say(f"    {what:<60} {count:3d} statements")
    yield Row("SQL statements per move, mean", f"{mean:.1f}", "≤ 12", mean <= 12)


def measure_pages() -> Iterator[Row]:
    """Lists and the order page, warm, one client."""
    for what, goal, times in browse():
        p95 = percentile(times, 0.95)
        yield Row(f"{what}: p95", f"{p95:.0f} ms", f"≤ {goal} ms", p95 <= goal)


def measure_memory() -> Iterator[Row]:
    """Resident memory of the installation's processes, found by their data folder."""
    sizes = [(name, _proportional(pid)) for pid, name in processes()]
    total = sum(size for _, size in sizes)
    largest = max((size for name, size in sizes if name == "web"), default=0)
    yield Row("memory of the whole installation (proportional)", f"{total} MB", "≤ 700 MB", total <= 700)
    yield Row("largest web process", f"{largest} MB", "≤ 180 MB", largest <= 180)


def _where_it_went(before: dict[tuple[str, str], float], lived: int) -> None:
    """Processor time of each part of the installation per life."""
    used: dict[str, float] = defaultdict(float)
    for (pid, name), seconds in spent().items():
        used[name] += seconds - before.get((pid, name), 0.0)
    parts = "   ".join(f"{name} {seconds / lived * 1000:.0f} ms" for name, seconds in sorted(used.items()))
    say(f"    processor time per life: {parts}")


PARTS = {"gunicorn": "web", "celery": "worker", "postgres": "postgres", "valkey": "valkey"}


def processes() -> Iterator[tuple[str, str]]:
    """(pid, part) of every process of the installation, found by its data folder."""
    home = os.environ["GENDAN_HOME"]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "tests.bench" not in words and (home in environment or home in words):
            yield folder.name, next((part for word, part in PARTS.items() if word in words), "supervisor")


def spent() -> dict[tuple[str, str], float]:
    """Processor seconds of every process so far."""
    found = {}
    for pid, part in processes():
        with suppress(OSError):
            fields = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
            found[pid, part] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def _proportional(pid: str) -> int:
    """MB of one process, what it shares counted once among those that share it."""
    try:
        rollup = Path("/proc", pid, "smaps_rollup").read_text()
    except OSError:
        return 0
    return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) // 1024


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """Measure everything, print the table; the exit code is 0 however fast it was, a wrong answer is an error."""
    parts: list[Callable[[], Iterator[Row]]] = [measure_memory, measure_pages, measure_lives, measure_statements]
    rows = [row for part in parts for row in part()]
    say("\n| work | measured | goal | |\n|---|---|---|---|")
    for row in rows:
        say(f"| {row.what} | {row.found} | {row.goal} | {'reached' if row.reached else 'MISSED'} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
