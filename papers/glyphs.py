"""Which characters the paper font can draw: what it cannot prints as an empty box."""

from functools import cache

from django.conf import settings
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]


@cache
def drawable() -> frozenset[int]:
    """The characters that both weights of the font can draw."""
    maps = [set(TTFont(path, lazy=True).getBestCmap()) for path in settings.PAPER_FONTS.values()]
    return frozenset(set.intersection(*maps))


def missing_glyphs(text: str) -> str:
    """字库里没有、印出来会成空框的字；表单保存时提醒（第二十条）。"""
    known = drawable()
    return "".join(dict.fromkeys(sign for sign in text if sign not in "\r\n\t" and ord(sign) not in known))
