"""The two measures of the ledger: money to the cent, quantities to the thousandth (DESIGN §6)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Column = models.DecimalField[Decimal | int | str, Decimal]


def money(name: Any = None) -> Column:
    """金额：两位小数。"""
    return models.DecimalField(name, max_digits=14, decimal_places=2)


def quantity(name: Any = None) -> Column:
    """数量：三位小数。"""
    return models.DecimalField(name, max_digits=14, decimal_places=3)


def price(name: Any = None) -> Column:
    """单价：六位小数。"""
    return models.DecimalField(name, max_digits=18, decimal_places=6)
