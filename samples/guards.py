"""The facts that the register of samples waits for, each with its article (第十条、C类)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflow.guards import guard
from workflow.templatetags.wording import quantity

if TYPE_CHECKING:
    from samples.models import Sample, SampleDispatch

PASSES = "C类 客供料"


@guard(article="第十条", rule="A10")
def nothing_is_out(sample: Sample) -> Iterator[str]:
    """借出去的都收回来了，才能注销。"""
    for loan in sample.loans_out:
        yield _("%(number)s 借给%(who)s的还没有收回") % {"number": loan.number, "who": loan.borrower}


@guard(article=PASSES, rule="C7")
def what_is_theirs_is_accounted_for(sample: Sample) -> Iterator[str]:
    """客户的东西退还了、用完了、或者说清了谁赔，才能注销。"""
    if sample.is_theirs and sample.balance.left > 0:
        yield _("客户的「%(name)s」还剩 %(left)s %(unit)s，要先退还、用完，或写明谁赔") % {
            "name": sample.name,
            "left": quantity(sample.balance.left),
            "unit": sample.unit,
        }


@guard(article=PASSES, rule="C7")
def pass_is_approved(dispatch: SampleDispatch) -> Iterator[str]:
    """东西出厂要有主任批准的放行条。"""
    if not dispatch.may_leave:
        yield _("还没有主任批准的放行条，不能出厂")


@guard(article="第十条", rule="A57")
def everything_is_there(dispatch: SampleDispatch) -> Iterator[str]:
    """要寄的都在册，数量够。"""
    for line in dispatch.lines_now:
        sample = line.sample
        if sample.state != "kept":
            yield _("%(number)s「%(name)s」已经注销") % {"number": sample.number, "name": sample.name}
        elif sample.balance.here < line.quantity:
            yield _("%(number)s「%(name)s」在手只有 %(here)s %(unit)s，不够寄 %(wanted)s") % {
                "number": sample.number,
                "name": sample.name,
                "here": quantity(sample.balance.here),
                "unit": sample.unit,
                "wanted": quantity(line.quantity),
            }
