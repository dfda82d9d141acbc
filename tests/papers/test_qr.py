"""二维码：大写网址，小而清楚。"""

from typing import Any

import pytest
import segno

from papers import qr

HASH = "9f3c21a8" + "0" * 56


def test_the_camera_reads_capitals_and_the_page_is_small(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["gd.example.com"]
    content = qr.qr_content("TZ26-000187", HASH)
    assert content == "HTTPS://GD.EXAMPLE.COM/V/TZ26-000187/9F3C21A8"
    assert qr.verify_path("TZ26-000187", HASH) == "/v/TZ26-000187/9f3c21a8/"


def test_the_symbol_is_alphanumeric_at_level_m(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["gd.example.com"]
    code = segno.make_qr(qr.qr_content("TZ26-000187", HASH), error="m", boost_error=False)
    assert (code.mode, code.error, code.version) == ("alphanumeric", "M", 3)
    assert qr.symbol("TZ26-000187", HASH).size == 29 + 2 * qr.QUIET


def test_the_path_draws_every_dark_module(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["gd.example.com"]
    code = segno.make_qr(qr.qr_content("TZ26-000187", HASH), error="m", boost_error=False)
    runs = [int(stroke.partition("h")[2]) for stroke in qr.symbol("TZ26-000187", HASH).path.split("M")[1:]]
    assert sum(runs) == sum(sum(row) for row in code.matrix)


@pytest.mark.parametrize(
    ("hosts", "address"),
    [(["*"], "http://{bind}:{port}"), ([".b.cn", "a.b.cn"], "https://a.b.cn"), (["a.cn", "b.cn"], "https://a.cn")],
)
def test_the_host_is_the_first_that_is_named(settings: Any, hosts: list[str], address: str) -> None:
    settings.ALLOWED_HOSTS = hosts
    assert qr.public_address() == address.format(bind=settings.ENV.bind, port=settings.ENV.port)


def test_a_given_address_goes_before(settings: Any) -> None:
    settings.PUBLIC_URL = "http://192.168.1.8:8000/"
    assert qr.qr_content("TZ26-000187", HASH).startswith("HTTP://192.168.1.8:8000/V/")
