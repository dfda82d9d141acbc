"""One spelling for content, so that equal content has an equal fingerprint, today and in ten years."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

# Counted up whenever `canonical` would spell the same content differently; stored beside every fingerprint.
HASH_VERSION = 1


class NotCanonical(TypeError):
    """A value that has no exact spelling: a float, a moment without zone, NaN, a NUL character."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """规范文本：键排序、无空格、NFC、小数与日期写成文字（第二十条）。"""
    return json.dumps(plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def fingerprint(content: Mapping[str, Any]) -> str:
    """内容指纹：规范文本的 sha256，签名与单据都绑定于它（第二十条）。"""
    return hashlib.sha256(canonical(content)).hexdigest()


# How content was fingerprinted under each version: an old signature is read as it was written, for ever.
FINGERPRINTS: dict[int, Callable[[Mapping[str, Any]], str]] = {1: fingerprint}


def fingerprint_as(version: int, content: Mapping[str, Any]) -> str | None:
    """按当时的写法再算一遍指纹；不认得的写法没有指纹（I19）。"""
    known = FINGERPRINTS.get(version)
    return known(content) if known is not None else None


def plain(value: Any) -> Any:
    """The same content in JSON's own types: what is stored, hashed and given to the templates."""
    if isinstance(value, Mapping):
        return {spell_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return spell(value)


def spell(value: object) -> bool | int | str | None:
    """One value: nothing, yes or no, a whole number, or text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str | Promise | UUID):
        return spell_text(str(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return spell_decimal(value)
    if isinstance(value, datetime):
        return spell_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise NotCanonical(f"content cannot hold {type(value).__name__}")


def spell_key(key: object) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"content keys are text, not {type(key).__name__}")
    return spell_text(str(key))


def spell_text(text: str) -> str:
    """NFC; what PostgreSQL or UTF-8 cannot hold is refused here, before anything is written."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise NotCanonical("content cannot hold NUL or half characters")
    return unicodedata.normalize("NFC", text)


def spell_decimal(number: Decimal) -> str:
    """Plain digits without trailing zeros and without −0: 20000.000 and 2E+4 are both 20000."""
    if not number.is_finite():
        raise NotCanonical("content cannot hold NaN or Infinity")
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spell_moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise NotCanonical("content cannot hold a moment without its time zone")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
