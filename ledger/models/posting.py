"""记账的并集：台账、已开发票、落行的收款、批准的调整，一笔一行（数据库视图 ledger_posting，A62）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from ledger.models import columns
from orders.models import Order, OrderLine


class Posting(models.Model):
    """一笔记账：台账动已发，发票动已开票，收款动已收，调整动应收；余额只从这里加总（A62、I3）。"""

    order = models.ForeignKey(Order, models.DO_NOTHING, related_name="+")
    order_line = models.ForeignKey(OrderLine, models.DO_NOTHING, related_name="+")
    day = models.DateField()
    shipped = columns.quantity()
    returned = columns.quantity()
    billable = columns.quantity()
    shipped_amount = columns.money()
    shipped_tax = columns.money()
    invoiced_quantity = columns.quantity()
    invoiced = columns.money()
    invoiced_tax = columns.money()
    received = columns.money()
    settled = columns.money()
    adjusted = columns.money()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        managed = False
        db_table = "ledger_posting"

    def __str__(self) -> str:
        return f"{self.order_line_id} {self.day}"
