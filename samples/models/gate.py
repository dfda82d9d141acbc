"""放行条：东西出厂，主任批准（C7）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models.seeing import SEES_ALL
from parties.models import User
from samples.models.dispatch import SampleDispatch
from samples.models.part import Part, PartQuerySet, by_order
from samples.models.sample import Sample
from samples.rights import LETS_OUT, asked_for_it, leads
from workflow import clock
from workflow.guards import Right

ARTICLE = "C类 客供料"


class GatePassQuerySet(PartQuerySet):
    """Passes, as far as their order is seen, and by who asked for them."""

    def visible_to(self, user: User) -> Self:
        """跟着业务单看得见；自己申请的也看得见（第三条、B7）。"""
        return self if user.role in SEES_ALL else self.filter(by_order(user) | Q(made_by=user))


class GatePass(Part):
    """一张放行条：为一次寄样，为一件样品退还、借给客户，或为一车成品（`basis` 是送货单）；批准一次，用一次（C7）。"""

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("可以出厂")
        REFUSED = "refused", _("没有批")
        USED = "used", _("已出厂")

    class Purpose(models.TextChoices):
        SEND = "send", _("寄样")
        RETURN = "return", _("退还客户")
        LEND = "lend", _("借给客户")
        GOODS = "goods", _("成品出厂")

    series = "FX"
    provisional_prefix = "F"
    lock_with = ("sample__customer", "dispatch", "made_by")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.ASKED, protected=True)
    purpose = models.CharField(_("为什么出厂"), max_length=10, choices=Purpose)
    sample = models.ForeignKey(Sample, models.PROTECT, null=True, blank=True, related_name="passes")
    dispatch = models.ForeignKey(SampleDispatch, models.PROTECT, null=True, blank=True, related_name="passes")
    basis = models.CharField(_("凭哪张送货单"), max_length=60, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3, null=True, blank=True)
    what = models.CharField(_("什么、给谁"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = GatePassQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = _("放行条")
        constraints: ClassVar = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                name="pass_is_for_one_thing",
                condition=Q(sample__isnull=False, dispatch__isnull=True, quantity__gt=0, basis="")
                | Q(sample__isnull=True, dispatch__isnull=False, basis="")
                | Q(sample__isnull=True, dispatch__isnull=True, order__isnull=False, purpose="goods") & ~Q(basis=""),
            ),
            models.UniqueConstraint(
                fields=["basis"],
                condition=Q(state__in=["asked", "approved"]) & ~Q(basis=""),
                name="one_open_pass_per_delivery",
            ),
            models.UniqueConstraint(
                fields=["dispatch"], condition=Q(state__in=["asked", "approved"]), name="one_open_pass_per_dispatch"
            ),
            models.UniqueConstraint(
                fields=["sample", "purpose"],
                condition=Q(state__in=["asked", "approved"]),
                name="one_open_pass_per_sample",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["made_at"], name="pass_to_approve", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"

    @property
    def own_chain(self) -> str:
        return self.dispatch.chain if self.dispatch else f"samples_sample:{self.sample_id}"

    def own_roots(self) -> models.QuerySet[Any]:
        if self.dispatch_id:
            return SampleDispatch.objects.filter(pk=self.dispatch_id)
        return Sample.objects.filter(passes=self.pk)

    # --- the machine -------------------------------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.ASKED,
        target=State.APPROVED,
        permission=Right(LETS_OUT, when=leads, unless=asked_for_it),
        custom={"label": _("批准放行"), "article": ARTICLE, "rule": "C7", "takes_number": True},
    )
    def approve(self, *, by: User) -> None:
        """主任批准出厂（C类 客供料）。"""
        self.decided_by, self.decided_at = by, clock.now()

    @transition(
        field=state,
        source=State.ASKED,
        target=State.REFUSED,
        permission=Right(LETS_OUT, when=leads, unless=asked_for_it),
        custom={"label": _("不放行"), "article": ARTICLE, "rule": "C7", "needs_reason": True},
    )
    def refuse(self, *, by: User) -> None:
        """主任不放行，写明理由（C类 客供料）。"""
        self.decided_by, self.decided_at = by, clock.now()

    @transition(
        field=state,
        source=State.APPROVED,
        target=State.USED,
        permission=Right("orders.view"),
        custom={"label": _("出厂"), "article": ARTICLE, "rule": "C7", "driven": True},
    )
    def use(self, *, by: User) -> None:
        """照放行条出了厂，这一张用过了（C类 客供料）。"""

    @transition(
        field=state,
        source=[State.ASKED, State.APPROVED],
        target=State.REFUSED,
        permission=Right("orders.view"),
        custom={"label": _("不用了"), "article": ARTICLE, "rule": "C7", "driven": True},
    )
    def withdraw(self, *, by: User) -> None:
        """要出厂的东西不出了，放行条随之作罢（C类 客供料）。"""
