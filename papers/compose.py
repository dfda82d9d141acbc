"""What the templates get: the frozen content, and what belongs to this one face, copy or print."""

from typing import Any

from django.utils.translation import gettext as _

from papers import qr
from papers.kinds import KINDS
from papers.models import Paper, PaperVoid, PrintLog
from papers.templatetags.paper_text import moment, pairs

EVERY_COPY = "*"


def pages_of(
    paper: Paper, *, priced: bool, void: PaperVoid | None = None, log: PrintLog | None = None
) -> list[dict[str, Any]]:
    """One context per sheet set: a delivery note printed for all its holders has one per copy."""
    base = context_of(paper, priced=priced, void=void, log=log)
    pages = [base | chosen for chosen in copies_of(paper, log)]
    return [page | {"made": made(paper, page, log=log)} for page in pages]


def context_of(paper: Paper, *, priced: bool, void: PaperVoid | None, log: PrintLog | None) -> dict[str, Any]:
    """The content and its frame: title, fingerprint, code, foot, and the void mark."""
    kind = KINDS[paper.kind]
    content = paper.content
    return {
        "doc": content,
        "title": paper.title,
        "subtitle": kind.subtitle,
        "sheet": content.get("sheet", "a4l" if kind.code == "ledger" else "a4"),
        "fingerprint": pairs(paper.fingerprint),
        "symbol": qr.symbol(paper.number, paper.fingerprint),
        "void": void,
        "void_words": kind.void_words,
        "priced": priced and content.get("priced", True),
        "facts": log.facts if log else {},
        "copy": None,
    }


def copies_of(paper: Paper, log: PrintLog | None) -> list[dict[str, Any]]:
    """The copies this print is for: the one named, all of a delivery note, or none in particular."""
    if not log or not log.copy:
        return [{}]
    copies = zip(paper.holders, paper.content.get("copies") or [], strict=True)
    chosen = [copy for holder, copy in copies if log.copy in (EVERY_COPY, holder)]
    return [{"copy": copy, "priced": log.priced and copy.get("priced", True)} for copy in chosen] or [{}]


def made(paper: Paper, page: dict[str, Any], *, log: PrintLog | None) -> str:
    """The foot: who prepared, who printed which time, form and layout."""
    content = paper.content
    words = [f"{_('制单')} {content['prepared_by']} {moment(content['prepared_at'])}"]
    if log:
        printed = _("作废后打印") if page["void"] else _("打印")
        words.append(f"{printed} {log.by_name} {moment(log.at)}　{_('第 %d 次') % log.nth}")
    else:
        words.append(f"{_('归档')} {paper.filed_by_name} {moment(paper.filed_at)}")
    words.append(f"{content['form']} / {_('版面')} {content['layout']}")
    if KINDS[paper.kind].money and not page["priced"]:
        words.append(str(_("本联不列价格")))
    return "　·　".join(words)
