"""客户与联系人（第一章、第五十三条的付款条件）。"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PaymentTerms(models.TextChoices):
    """付款方式：决定投产与发货的款项关口（第五章，A53；D1）。"""

    MONTHLY_30 = "monthly_30", _("月结 30 天")
    DEPOSIT_30 = "deposit_30", _("定金 30%，发货前付清")
    PREPAID = "prepaid", _("款到发货")
    COD = "cod", _("货到付款")


@pghistory.track(append_only=True)
class Customer(models.Model):
    """客户：信用额度与付款方式在这里，业务单上另存一份快照（I30）。"""

    code = models.CharField(_("客户编号"), max_length=40, unique=True)
    name = models.CharField(_("客户名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    grade = models.CharField(_("客户等级"), max_length=10, blank=True)
    address = models.CharField(_("送货地址"), max_length=200, blank=True)
    credit_limit = models.DecimalField(_("信用额度"), max_digits=14, decimal_places=2, null=True, blank=True)
    payment_terms = models.CharField(
        _("付款方式"), max_length=20, choices=PaymentTerms, default=PaymentTerms.MONTHLY_30
    )
    salesperson = models.ForeignKey(
        "parties.User", models.PROTECT, null=True, blank=True, related_name="customers", verbose_name=_("业务员")
    )
    accompanying_papers = models.JSONField(_("随货资料"), default=list, blank=True)
    external_id = models.CharField(_("外部编号"), max_length=80, blank=True)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("客户")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="customer_credit_limit_is_money",
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0, credit_limit__lt=10**12),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """平时怎么称呼：简称，没有就用全名。"""
        return self.short_name or self.name


class Contact(models.Model):
    """客户的联系人：到货确认、告知都写明是跟谁说的（A52）。"""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("联系人")

    def __str__(self) -> str:
        return self.name
