"""The one place that knows WeasyPrint: our fonts, our style sheet, no network, one font configuration per process.

Imported only by the helper that prints (`papers.render`): web and worker processes never pay for its memory.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,")


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
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


def draw(pages: Sequence[str]) -> bytes:
    """HTML to PDF, here and now; every page set counts its own pages."""
    sets = [
        HTML(string=page, url_fetcher=OwnFilesOnly()).render(stylesheets=[styles()], font_config=fonts())
        for page in pages
    ]
    pdf: bytes = sets[0].copy([sheet for document in sets for sheet in document.pages]).write_pdf()
    return pdf
