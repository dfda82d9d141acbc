"""更改的每一项：改一行、加一行、关一行，新值旁边是旧值（第二十二条）。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models import BusinessKind, KindVersion, OrderLine, Product
from orders.services import Changes, LineChange, LineInput

if TYPE_CHECKING:
    from reviews.models.change import ChangeRequest

COLUMNS = ("quantity", "unit_price", "requested_date", "specification", "breakdown")
DETAILS = ("material", "printing", "finishing", "spare_quantity", "requirements")
SINCE = (
    "breakdown",
    *DETAILS,
    "business_kind_id",
    "kind_version_id",
)  # in the fingerprint only where they say something

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
    breakdown: Any = models.JSONField(_("颜色尺码"), null=True, blank=True)
    business_kind = models.ForeignKey(
        BusinessKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务种类")
    )
    kind_version = models.ForeignKey(
        KindVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务种类版本")
    )
    material = models.CharField(_("材料"), max_length=200, blank=True)
    printing = models.CharField(_("印刷"), max_length=200, blank=True)
    finishing = models.CharField(_("后加工"), max_length=200, blank=True)
    spare_quantity = models.DecimalField(_("备品"), max_digits=14, decimal_places=3, default=0)
    requirements: Any = models.JSONField(_("要求"), default=dict, blank=True)
    was_quantity = models.DecimalField(_("原数量"), max_digits=14, decimal_places=3, null=True, blank=True)
    was_unit_price = models.DecimalField(_("原单价"), max_digits=18, decimal_places=6, null=True, blank=True)
    was_requested_date = models.DateField(_("原要求交期"), null=True, blank=True)
    was_specification = models.CharField(_("原规格"), max_length=200, blank=True)
    was_breakdown: Any = models.JSONField(_("原颜色尺码"), default=list, blank=True)

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
            models.CheckConstraint(
                name="change_line_spare_is_a_quantity", condition=Q(spare_quantity__gte=0, spare_quantity__lt=10**11)
            ),
            models.CheckConstraint(
                name="only_an_added_line_names_its_kind",
                condition=Q(kind="add") | Q(business_kind__isnull=True, kind_version__isnull=True),
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
        return LineChange(self.line_id, **{name: getattr(self, name) for name in COLUMNS})

    @property
    def only_money(self) -> bool:
        """只动钱：改单价，或是一项费用；做什么、做多少、何时交都照旧（第二十二条）。"""
        return self.change.only_price or bool(self.line.fee if self.line else self.fee)

    @property
    def content(self) -> dict[str, Any]:
        """这一项写了什么，进指纹的就是它。"""
        names = ("kind", "line_id", "product_id", "product_name", "unit", *COLUMNS)
        said = {name: getattr(self, name) for name in names if name not in SINCE}
        return said | {name: value for name in SINCE if (value := getattr(self, name))}

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
            business_kind=self.business_kind,
            kind_version=self.kind_version,
            breakdown=self.breakdown or (),
            **{name: getattr(self, name) for name in DETAILS},
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
            new = {name: list(value) if name == "breakdown" else value for name, value in change.values.items()}
            yield cls(request=request, position=position, kind=kind, line=line, **new, **was)


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
        "business_kind": given.business_kind,
        "kind_version": given.business_kind.current_version() if given.business_kind else None,
        "breakdown": list(given.breakdown) or None,
        **{name: getattr(given, name) for name in DETAILS},
    }
