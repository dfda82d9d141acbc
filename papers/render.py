"""render_pdf: the one door to the press, which stands in a child that can be killed (STYLE 4.12, F22)."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.template.loader import render_to_string

from papers import confined

SECONDS = 20
MEMORY = 512 * 1024 * 1024


def render_pdf(template: str, contexts: Sequence[dict[str, Any]]) -> bytes:
    """印一张单据：模板加冻结的内容，每份一组页，合成一个 PDF；超过 20 秒或 512 MB 即止（第二十条）。"""
    pages = [render_to_string(template, context) for context in contexts]
    press = import_module("papers.press")
    press.warm_up()
    return confined.run(lambda: press.draw(pages), seconds=SECONDS, memory=MEMORY)
