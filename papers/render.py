"""render_pdf: the one door to the press, which stands in a process that can be killed (STYLE 4.12, F22)."""

import json
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.template.loader import render_to_string

from papers.confined import Bench

SECONDS = 20
MEMORY = 512 * 1024 * 1024


def press_pages(order: bytes) -> bytes:
    """In the helper: the pages of HTML, printed. WeasyPrint is loaded there and nowhere else."""
    pdf: bytes = import_module("papers.press").draw(json.loads(order))
    return pdf


PRESS = Bench(press_pages, seconds=SECONDS, memory=MEMORY)


def render_pdf(template: str, contexts: Sequence[dict[str, Any]]) -> bytes:
    """印一张单据：模板加冻结的内容，每份一组页，合成一个 PDF；超过 20 秒或 512 MB 即止（第二十条）。"""
    return PRESS.do(json.dumps([render_to_string(template, context) for context in contexts]).encode())
