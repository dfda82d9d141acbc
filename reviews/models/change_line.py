"""更改的每一项：改一行、加一行、关一行，新值旁边是旧值（第二十二条）。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models import OrderLine, Product
from orders.services import Changes, LineChange, LineInput

if TYPE_CHECKING:
    from reviews.models.change import ChangeRequest

COLUMNS = ("quantity", "unit_price", "requested_date", "specification")

LINES_STAND = pgtrigger.Trigger(
    name="lines_stand",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
    IF (SELECT state FROM reviews_changerequest WHERE id = COALESCE(NEW.request_id, OLD.request_id)) <> 'draft' THEN
        RAISE EXCEPTION 'gendan: the lines of change % stand', COALESCE(NEW.request_id, OLD.request_id)
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
    """,
)


class ChangeLine(models.Model):
    """更改的一项：改一行、加一行、关一行；`was_…` 是写申请时的旧值（第二十二条）。"""

    class Kind(models.TextChoices):
        CHANGE = "change", _("更改")
        ADD = "add", _("新增")
        CLOSE = "close", _("关闭")

    request = models.ForeignKey(
        "reviews.ChangeRequest", models.CASCADE, related_name="lines", verbose_name=_("更改申请")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("怎样改"), max_length=6, choices=Kind)
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务单行")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("产品")
    )
    product_name = models.CharField(_("品名"), max_length=120, blank=True)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    fee = models.BooleanField(_("费用"), default=False)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit_price = models.DecimalField(_("单价"), max_digits=18, decimal_places=6, null=True, blank=True)
    requested_date = models.DateField(_("要求交期"), null=True, blank=True)
    specification = models.CharField(_("规格"), max_length=200, null=True, blank=True)  # noqa: DJ001 - null = unchanged
    was_quantity = models.DecimalField(_("原数量"), max_digits=14, decimal_places=3, null=True, blank=True)
    was_unit_price = models.DecimalField(_("原单价"), max_digits=18, decimal_places=6, null=True, blank=True)
    was_requested_date = models.DateField(_("原要求交期"), null=True, blank=True)
    was_specification = models.CharField(_("原规格"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("更改项")
        ordering: ClassVar = ["position"]
        triggers: ClassVar = [LINES_STAND]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "position"], name="change_line_positions_differ"),
            models.UniqueConstraint(
                fields=["request", "line"], condition=Q(line__isnull=False), name="one_change_per_line"
            ),
            models.CheckConstraint(
                name="change_line_names_its_line",
                condition=Q(kind="add", line__isnull=True, quantity__isnull=False, unit_price__isnull=False)
                | Q(kind__in=["change", "close"], line__isnull=False),
            ),
            models.CheckConstraint(
                name="change_line_figures_are_finite",
                condition=(Q(quantity__isnull=True) | Q(quantity__gt=0, quantity__lt=10**11))
                & (Q(unit_price__isnull=True) | Q(unit_price__gte=0, unit_price__lt=10**12)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.position}"

    @property
    def change(self) -> LineChange:
        """What it asks, as the orders floor takes it."""
        if self.kind == self.Kind.ADD:
            return LineChange(add=self._added())
        if self.kind == self.Kind.CLOSE:
            return LineChange(line=self.line_id, close=True)
        return LineChange(self.line_id, self.quantity, self.unit_price, self.requested_date, self.specification)

    @property
    def content(self) -> dict[str, Any]:
        """这一项写了什么，进指纹的就是它。"""
        names = ("kind", "line_id", "product_id", "product_name", "unit", *COLUMNS)
        fee = {"fee": True} if self.fee else {}  # said only where it is one: what was signed before stays as it was
        return {name: getattr(self, name) for name in names} | fee

    def _added(self) -> LineInput:
        return LineInput(
            quantity=self.quantity or Decimal(0),
            unit=self.unit,
            unit_price=self.unit_price or Decimal(0),
            product=self.product,
            product_name=self.product_name,
            specification=self.specification or "",
            requested_date=self.requested_date,
            fee=self.fee,
        )

    @classmethod
    def of(cls, request: ChangeRequest, changes: Changes) -> Iterator[ChangeLine]:
        """The rows of a change, with the old values beside the new."""
        now = {line.pk: line for line in request.order.lines_now}
        for position, change in enumerate(changes.lines, start=1):
            if change.add is not None:
                yield cls(request=request, position=position, kind=cls.Kind.ADD, **_of_input(change.add))
                continue
            line = now[change.line or 0]
            kind = cls.Kind.CLOSE if change.close else cls.Kind.CHANGE
            was = {f"was_{name}": getattr(line, name) for name in change.values}
            if change.close:
                was = {"was_quantity": line.quantity}
            yield cls(request=request, position=position, kind=kind, line=line, **change.values, **was)


def _of_input(given: LineInput) -> dict[str, Any]:
    product = given.product
    return {
        "product": product,
        "product_name": given.product_name.strip() or (product.name if product else ""),
        "unit": given.unit.strip(),
        "fee": given.fee,
        "quantity": given.quantity,
        "unit_price": given.unit_price,
        "requested_date": given.requested_date,
        "specification": given.specification or (product.specification if product else ""),
    }
