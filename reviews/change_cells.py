"""Colours and sizes in one box: a cell to a line, typed or pasted from a spreadsheet (C类 服装印染)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.services.release import plain_cells
from workflow.forms import WordsField, figure

BETWEEN = re.compile(r"\t|[，,；;、]")
PARTS = 3
LONGEST = 40


class CellsField(WordsField):
    """一行一格：颜色、尺码、数量；从 Excel 粘贴三列也行。"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, lines=True, required=False, **kwargs)
        self.widget.attrs |= {"rows": 3, "placeholder": _("红，M，600")}

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        lines = [(n, line) for n, line in enumerate(words.split("\n"), start=1) if line.strip()]
        return plain_cells([_cell(n, line) for n, line in lines])

    def prepare_value(self, value: Any) -> Any:
        return said(value) if isinstance(value, (list, tuple)) else value


def said(cells: Sequence[dict[str, str]]) -> str:
    """Cells as the box shows them."""
    return "\n".join("，".join((one["colour"], one["size"], one["quantity"])) for one in cells)


def _cell(n: int, line: str) -> dict[str, str]:
    parts = [part.strip() for part in BETWEEN.split(line)]
    parts = parts if len(parts) > 1 else line.split()
    if len(parts) == PARTS - 1:
        parts.insert(1, "")  # a colour and its quantity, without a size
    if len(parts) != PARTS or max(map(len, parts)) > LONGEST:
        raise ValidationError(_("第 %(n)d 格写成「红，M，600」这样：颜色，尺码，数量") % {"n": n}, code="not_a_cell")
    colour, size, number = parts
    try:
        quantity = figure(number, digits=14, places=3)
    except ValidationError as error:
        raise ValidationError(
            _("第 %(n)d 格的数量%(why)s") % {"n": n, "why": error.messages[0]}, code="figure"
        ) from error
    return {"colour": colour, "size": size, "quantity": str(quantity)}
