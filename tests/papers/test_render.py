"""印制：不出网、限时限量、原样转义。"""

import socket
from typing import Any

import pytest
from weasyprint.urls import FatalURLFetchingError

from papers import press
from tests.papers.conftest import printed, sample_pdf
from tests.papers.reading import squeezed, text_of
from tests.papers.samples import notice


@pytest.mark.rule("B7")
@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x.png",
        "https://example.com/x.png",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "data:text/html;base64,PGI+",
        "data:image/svg+xml;base64,PHN2Zy8+",
    ],
)
def test_no_address_but_our_own_is_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    with pytest.raises(FatalURLFetchingError):
        press.draw([f'<img src="{address}" alt="">'])


def test_an_address_without_scheme_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    press.styles()  # our own sheet and fonts are read once, before
    monkeypatch.setattr(press.OwnFilesOnly, "fetch", lambda *given: pytest.fail("something was fetched"))
    assert b"/Image" not in press.draw(['<img src="//example.com/x.png" alt=""><img src="x.png" alt="">'])


def test_a_picture_in_the_page_is_drawn() -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    assert b"/Image" in press.draw([f'<img src="data:image/png;base64,{dot}" alt="">'])


def test_what_a_customer_writes_is_text() -> None:
    content = notice()
    content["lines"][0]["name"] = '<img src="http://127.0.0.1/x">{{ 7*7 }}<b>'
    assert '<imgsrc="http://127.0.0.1/x">{{7*7}}<b>' in squeezed(text_of(printed("notice", content)))


@pytest.mark.rule("A22")
def test_the_same_paper_prints_the_same_bytes() -> None:
    assert printed("notice", notice()) == sample_pdf("notice")
