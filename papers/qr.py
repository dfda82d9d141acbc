"""The QR code on every paper: an address in upper case, so that the symbol stays small (alphanumeric mode, level M)."""

from dataclasses import dataclass
from functools import lru_cache

import segno
from django.conf import settings

QUIET = 2  # modules of quiet zone inside the picture; the white paper around it gives the rest


@dataclass(frozen=True)
class Symbol:
    """One QR code as a path: `size` modules wide, drawn by the template as SVG."""

    size: int
    path: str


def hash8(fingerprint: str) -> str:
    """指纹前 8 位，印在纸上与核验地址里。"""
    return fingerprint[:8].upper()


def verify_path(number: str, fingerprint: str) -> str:
    """The public address of the verify page, without host."""
    return f"/v/{number}/{hash8(fingerprint).lower()}/"


def qr_content(number: str, fingerprint: str) -> str:
    """What the camera reads: upper case, no closing slash."""
    return f"{public_address().upper()}/V/{number.upper()}/{hash8(fingerprint)}"


def public_address() -> str:
    """Where people reach this installation: PUBLIC_URL, else the first host it is named by, else where it listens."""
    given: str = settings.PUBLIC_URL
    if given:
        return given.rstrip("/")
    named = [host for host in settings.ALLOWED_HOSTS if host and not host.startswith((".", "*"))]
    return f"https://{named[0]}" if named else f"http://{settings.ENV.bind}:{settings.ENV.port}"


def symbol(number: str, fingerprint: str) -> Symbol:
    """二维码：扫码到核验页（第二十二条）。"""
    return drawn(qr_content(number, fingerprint))


@lru_cache(maxsize=256)
def drawn(content: str) -> Symbol:
    code = segno.make_qr(content, error="m", boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    strokes = "".join(stroke(y, row) for y, row in enumerate(rows))
    return Symbol(size=len(rows) + 2 * QUIET, path=strokes)


def stroke(y: int, row: bytes) -> str:
    """One row of modules: a move and a horizontal line for each dark run."""
    marks, x = "", 0
    while (start := row.find(1, x)) >= 0:
        x = end if (end := row.find(0, start)) >= 0 else len(row)
        marks += f"M{start + QUIET} {y + QUIET}.5h{x - start}"
    return marks
