"""金额大写：壹贰叁…元角分整，as bills in this country are written."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")
GROUPS = ("", "万", "亿", "万亿")
LIMIT = Decimal(10) ** 16


def capitals(amount: Decimal) -> str:
    """金额的中文大写，例如 426596.05 → 肆拾贰万陆仟伍佰玖拾陆元零伍分（第二十条）。"""
    if not amount.is_finite() or abs(amount) >= LIMIT or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("金额须为不超过两位小数的有限数")
    if not amount:
        return "零元整"
    sign = "负" if amount < 0 else ""
    yuan, cents = divmod(int(abs(amount) * 100), 100)
    return sign + (f"{whole(yuan)}元" if yuan else "") + change(cents, after_yuan=bool(yuan))


def whole(number: int) -> str:
    """The yuan: groups of four digits, one 零 for any run of empty places."""
    text, gap = "", False
    for group in range(len(GROUPS) - 1, -1, -1):
        four = number // 10_000**group % 10_000
        if not four:
            gap = bool(text)
            continue
        if text and (gap or four < 1_000):
            text += DIGITS[0]
        text += four_digits(four) + GROUPS[group]
        gap = False
    return text.replace("万亿", "万") if "亿" in text.replace("万亿", "") else text


def four_digits(number: int) -> str:
    """1–9999, e.g. 1020 → 壹仟零贰拾."""
    text, gap = "", False
    for digit, place in zip(f"{number:04d}", PLACES, strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += (DIGITS[0] if gap else "") + DIGITS[int(digit)] + place
        gap = False
    return text


def change(cents: int, *, after_yuan: bool) -> str:
    """角 and 分; 整 closes what ends without 分."""
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整"
    if not fen:
        return f"{DIGITS[jiao]}角整"
    if not jiao:
        return (DIGITS[0] if after_yuan else "") + f"{DIGITS[fen]}分"
    return f"{DIGITS[jiao]}角{DIGITS[fen]}分"
