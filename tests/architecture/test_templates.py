"""What every template keeps, because no browser test looks at all of them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW_LINK = re.compile(r"<td\b[^>]*>(?:(?!</td>).)*stretched-link", re.DOTALL)


def test_no_link_stretches_out_of_a_table_row() -> None:
    """A row is no positioned box: the last row's link would lie over the whole list and every click open it."""
    wrong = [path.name for path in (ROOT / "templates").rglob("*.html") if ROW_LINK.search(path.read_text("utf-8"))]
    assert wrong == []
