"""Files and rows agree: every row has its bytes, every file has its row (I44)."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import structlog

from papers import storage
from papers.models import Attachment, Rendering, WaitingFile

GRACE = 7 * 24 * 3600

log = structlog.get_logger(__name__)


def faults() -> Iterator[str]:
    """Every row whose file is gone or altered, named."""
    for sha256, what in sorted(wanted().items()):
        place = storage.path_of(sha256)
        if not place.exists():
            yield f"{what}: 文件缺失 {sha256}"
        elif digest(place) != sha256:
            yield f"{what}: 文件被改动 {sha256}"


def wanted() -> dict[str, str]:
    """The hashes that rows name, with one row that names each."""
    found: dict[str, str] = {}
    waiting = WaitingFile.objects.filter(cleared_at=None)  # first: from here a file goes to an attachment
    for rows_of in (waiting, Rendering.objects.all(), Attachment.objects.all()):
        model, rows = rows_of.model, rows_of.values_list("sha256", "pk").iterator(chunk_size=5_000)
        found.update({sha256: f"{model._meta.db_table}:{pk}" for sha256, pk in rows})
    return found


def digest(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def orphans(*, now: float | None = None) -> Iterator[Path]:
    """Files that no row names, older than the days of grace: left by an upload that was rolled back."""
    limit = (time.time() if now is None else now) - GRACE
    named = wanted()
    for place in storage.root().glob("??/*"):
        if place.name not in named and place.stat().st_mtime < limit:
            yield place


def scrub() -> int:
    """核对文件与台账行：缺失、改动逐一写进日志；无主文件过了宽限期即清理（第二十条）。"""
    found = list(faults())
    for fault in found:
        log.error("papers.file_fault", fault=fault)
    limit = time.time() - GRACE
    for place in list(orphans()):
        storage.clear_away(place, older_than=limit)
    return len(found)
