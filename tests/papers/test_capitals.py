"""金额大写。"""

from decimal import Decimal

import pytest

from papers.capitals import capitals


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("107.30", "壹佰零柒元叁角整"),
        ("1001.01", "壹仟零壹元零壹分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("10005", "壹万零伍元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("200010", "贰拾万零壹拾元整"),
        ("226720", "贰拾贰万陆仟柒佰贰拾元整"),
        ("426596.00", "肆拾贰万陆仟伍佰玖拾陆元整"),
        ("1000000", "壹佰万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1200000000000", "壹万贰仟亿元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-114.00", "负壹佰壹拾肆元整"),
    ],
)
def test_the_capitals_of_an_amount(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "1E+16"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        capitals(Decimal(amount))
