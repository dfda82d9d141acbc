"""One indexed search text per document: numbers, names as bigrams, pinyin initials (DESIGN §6)."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet

Q = TypeVar("Q", bound=QuerySet[Any, Any])

HAN = re.compile(r"[㐀-䶿一-鿿]+")
WORD = re.compile(r"[a-z0-9]+")
LONGEST = 400


def search_text(*texts: str) -> str:
    """The tokens a document is found by: words, Han bigrams and single characters, pinyin initials of each run."""
    tokens: dict[str, None] = {}
    for text in texts:
        for token in _tokens(text, initials=True):
            tokens[token] = None
    return " ".join(list(tokens)[:LONGEST])


def _tokens(text: str, *, initials: bool) -> list[str]:
    text = text.lower()
    found = [*WORD.findall(text)]
    for run in HAN.findall(text):
        found.extend(run[i : i + 2] for i in range(len(run) - 1))
        found.extend(run if initials or len(run) == 1 else ())
        if initials:
            letters = initials_of(run)
            found.extend(letters[i:] for i in range(max(len(letters) - 1, 1)))
    return found


def initials_of(run: str) -> str:
    """First letters of the pinyin. Its dictionaries cost 55 MB, so only processes that write documents load them."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(run, style=Style.FIRST_LETTER))


def matching(rows: Q, words: str) -> Q:
    """Rows whose `search_text` holds every typed word, each by its beginning (GD26-0018 finds GD26-001842)."""
    tokens = _tokens(words[:100], initials=False)
    if not tokens:
        return rows.none() if words.strip() else rows
    query = SearchQuery(" & ".join(f"'{token}':*" for token in tokens), config="simple", search_type="raw")
    return rows.alias(document=SearchVector("search_text", config="simple")).filter(document=query)
