"""The one door to WeasyPrint: our fonts, our style sheet, no network, one font configuration per process."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from papers import confined

PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,")
SECONDS = 20
MEMORY = 512 * 1024 * 1024


class OwnFilesOnly(URLFetcher):
    """Fetches our fonts and the pictures written into the page; any other address stops the rendering (B7)."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(PICTURES) or local(url) in font_files():
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"a paper may not fetch {url[:80]}")


def local(url: str) -> Path | None:
    """The file a file: address means, or None."""
    parts = urlsplit(url)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" and not parts.netloc else None


def font_files() -> dict[Path, int]:
    """The two weights of the paper font."""
    return {Path(path): weight for weight, path in settings.PAPER_FONTS.items()}


@cache
def fonts() -> FontConfiguration:
    """One per process: loading the font costs more than a page."""
    return FontConfiguration()


@cache
def styles() -> CSS:
    """static/css/paper.css, parsed once, with the fonts' own addresses before it."""
    faces = "".join(
        f'@font-face {{ font-family: "Paper"; font-weight: {weight}; src: url("{path.as_uri()}"); }}\n'
        for path, weight in font_files().items()
    )
    sheet = (settings.BASE_DIR / "static/css/paper.css").read_text(encoding="utf-8")
    return CSS(string=faces + sheet, font_config=fonts(), url_fetcher=OwnFilesOnly())


def render_pdf(template: str, contexts: Sequence[dict[str, Any]]) -> bytes:
    """印一张单据：模板加冻结的内容，每份一组页，合成一个 PDF；超过 20 秒或 512 MB 即止（第二十条）。"""
    pages = [render_to_string(template, context) for context in contexts]
    warm_up()
    return confined.run(lambda: draw(pages), seconds=SECONDS, memory=MEMORY)


def draw(pages: Sequence[str]) -> bytes:
    """HTML to PDF, here and now; every page set counts its own pages."""
    sets = [
        HTML(string=page, url_fetcher=OwnFilesOnly()).render(stylesheets=[styles()], font_config=fonts())
        for page in pages
    ]
    pdf: bytes = sets[0].copy([sheet for document in sets for sheet in document.pages]).write_pdf()
    return pdf


@cache
def warm_up() -> bool:
    """Load fonts and style sheet into this process once, so that every child begins with them."""
    return bool(draw(["<p>业务通知单 TZ26-000001 <b>业务通知单 TZ26-000001</b></p>"]))


@cache
def drawable() -> frozenset[int]:
    """The characters that both weights of the font can draw."""
    maps = [TTFont(path, lazy=True).getBestCmap() for path in font_files()]
    return frozenset(set(maps[0]).intersection(*maps[1:]))


def missing_glyphs(text: str) -> str:
    """The characters of a text that would print as an empty box; a form warns of them when saving (第二十条)."""
    known = drawable()
    return "".join(dict.fromkeys(sign for sign in text if sign not in "\r\n\t" and ord(sign) not in known))
