"""What papers does for the outbox: print after commit."""

from typing import Any

from papers.services.filing import RENDER
from papers.services.printing import render_paper, render_print
from workflow.outbox import sends


@sends(RENDER)
def render(payload: dict[str, Any]) -> None:
    """印成一张单据的各面，或一次打印；可重复（第二十条）。"""
    if "print" in payload:
        render_print(int(payload["print"]))
    else:
        render_paper(int(payload["paper"]))
