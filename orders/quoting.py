"""The facts a quotation's moves wait for, each with its article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflow import clock
from workflow.guards import guard

if TYPE_CHECKING:
    from orders.models.quotation import Quotation

ARTICLE = "B类 询报价"


@guard("还没有报价的行，至少要有一行", article=ARTICLE, rule="B1")
def has_lines(quotation: Quotation) -> bool:
    """报价总要报点什么。"""
    return bool(quotation.lines_now)


@guard(article=ARTICLE, rule="B1")
def is_valid_still(quotation: Quotation) -> Iterator[str]:
    """有效期没有过。"""
    if quotation.valid_until < clock.today():
        yield _("有效期到 %(day)s 已过，请另定有效期") % {"day": quotation.valid_until}


@guard(article=ARTICLE, rule="B1")
def no_version_is_accepted(quotation: Quotation) -> Iterator[str]:
    """客户已经接受了某一版，不再出别的版。"""
    for other in quotation.versions_now:
        if other.state == "accepted":
            yield _("客户已接受第 %(n)s 版 %(number)s，不能再送出别的版") % {"n": other.version, "number": other.number}


@guard("有效期还没有过", article=ARTICLE, rule="B1")
def validity_is_over(quotation: Quotation) -> bool:
    """过了有效期的那天才算过期。"""
    return quotation.valid_until < clock.today()
