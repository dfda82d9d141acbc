"""规范文本与指纹：同样的内容，同样的指纹，年年如此。"""

from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from papers.canonical import HASH_VERSION, NotCanonical, canonical, fingerprint

CONTENT: dict[str, Any] = {
    "客户": "云岭春茶业有限公司",
    "amount": Decimal("426596.00"),
    "lines": [
        {"no": 1, "quantity": Decimal("20000.000"), "promised": date(2026, 12, 11), "urgent": True, "remark": None}
    ],
    "at": datetime(2026, 11, 13, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai")),
}

# One hash for each version of the spelling; an old one is never edited, a new spelling adds its own line.
GOLDEN = {1: "8ca90db3b1ab480c869fb0e37837fd1747ac968b1a374bac829262122182cf48"}


@pytest.mark.rule("A20.1")
def test_the_spelling_of_today_is_the_golden_one() -> None:
    assert fingerprint(CONTENT) == GOLDEN[HASH_VERSION]


def test_the_text_is_sorted_and_without_blanks() -> None:
    assert canonical(CONTENT).decode() == (
        '{"amount":"426596","at":"2026-11-13T02:12:00Z","lines":[{"no":1,"promised":"2026-12-11",'
        '"quantity":"20000","remark":null,"urgent":true}],"客户":"云岭春茶业有限公司"}'
    )


@pytest.mark.parametrize(
    "same",
    [
        OrderedDict(reversed(CONTENT.items())),
        CONTENT | {"amount": Decimal("4.26596E+5")},
        CONTENT | {"at": datetime(2026, 11, 13, 2, 12, tzinfo=UTC)},
        CONTENT | {"lines": tuple(CONTENT["lines"])},
    ],
)
def test_how_a_value_was_written_does_not_matter(same: Any) -> None:
    assert fingerprint(same) == GOLDEN[1]


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("key", ["客户", "amount", "at", "lines"])
def test_every_value_matters(key: str) -> None:
    assert fingerprint(CONTENT | {key: "别的"}) != GOLDEN[1]


def test_composed_and_decomposed_letters_are_one() -> None:
    assert fingerprint({"name": "Caf\u00e9"}) == fingerprint({"name": "Cafe\u0301"})


@pytest.mark.parametrize(
    ("number", "text"), [("-0.00", "0"), ("0.0850", "0.085"), ("1E+3", "1000"), ("-12.50", "-12.5")]
)
def test_decimals_have_one_spelling(number: str, text: str) -> None:
    assert canonical({"n": Decimal(number)}) == f'{{"n":"{text}"}}'.encode()


@pytest.mark.parametrize(
    "value",
    [0.1, Decimal("NaN"), Decimal("Infinity"), datetime(2026, 1, 1), "a\x00b", "\ud800", b"raw", {1: "x"}, {"a"}],  # noqa: DTZ001
)
def test_what_has_no_exact_spelling_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical({"value": value})
