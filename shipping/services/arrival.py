"""发出之前：到货日期的两次确认、随货资料、总监对款项关口的放行（第五章，A52–A54）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from shipping.models import Confirmation, Delivery, DispatchException
from shipping.models.delivery import State
from shipping.rights import works_all
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import locked, record, together

FURTHEST = dt.timedelta(days=365)


@together
def confirm_arrival(
    delivery: Delivery, arrival_date: dt.date, with_whom: str, how: str, *, actor: User, said: str = ""
) -> Confirmation:
    """跟客户或业务员确认到货日期；要两次，日期改了重新两次（第六条、第五章，到货确认）。"""
    delivery = locked(delivery)
    if not (actor.may("shipping.confirm_arrival") and works_all(delivery, actor)):
        raise PermissionDenied(_("这张送货单不是您的，不能登记确认"))
    _not_gone(delivery)
    today = clock.today()
    errors = {}
    if not today <= arrival_date <= today + FURTHEST:
        errors["arrival_date"] = _("到货日期要在今天以后一年以内")
    if not with_whom.strip():
        errors["with"] = _("请写明跟谁确认的")
    if not how.strip():
        errors["how"] = _("请写明怎么确认的")
    if errors:
        raise ValidationError(errors)
    confirmation: Confirmation = Confirmation.objects.create(
        delivery=delivery, arrival_date=arrival_date, with_whom=with_whom.strip(), how=how.strip(), said=said, by=actor
    )
    data = {"arrival_date": arrival_date, "with": confirmation.with_whom, "how": confirmation.how}
    _record(delivery, actor, "confirm_arrival", _("确认到货日期"), "A52", said, data)
    return confirmation


@together
def enclose_papers(delivery: Delivery, names: Sequence[str], *, actor: User) -> Delivery:
    """仓库核对随货资料：客户要哪些，哪些已经放进货里（第五章，发运）。"""
    delivery = locked(delivery)
    if not (actor.may("shipping.dispatch") or actor.may("shipping.confirm_arrival")):
        raise PermissionDenied(_("您没有核对随货资料的权限"))
    _not_gone(delivery)
    wanted = list(delivery.customer.accompanying_papers)
    if unknown := [name for name in names if name not in wanted]:
        raise ValidationError({"enclosed": _("客户没有要「%(name)s」") % {"name": unknown[0]}})
    delivery.enclosed = [name for name in wanted if name in names]
    return record(
        delivery,
        "enclose_papers",
        actor=actor,
        label=_("核对随货资料"),
        article="第五章，发运",
        rule="A54",
        data={"enclosed": delivery.enclosed},
    )


@together
def authorise_exception(delivery: Delivery, reason: str, *, actor: User) -> DispatchException:
    """总监放行这张送货单的款项关口，理由留存（第五章，付款条件）。"""
    delivery = locked(delivery)
    if not actor.may("shipping.authorise_exception"):
        raise PermissionDenied(_("只有总监能放行款项关口"))
    _not_gone(delivery)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由")})
    exception: DispatchException = DispatchException.objects.create(delivery=delivery, reason=reason.strip(), by=actor)
    _record(delivery, actor, "authorise_exception", _("放行款项关口"), "A53", reason.strip(), None)
    return exception


def _not_gone(delivery: Delivery) -> None:
    if delivery.state not in (State.DRAFT, State.NOTIFIED):
        raise WrongState(_("送货单「%(state)s」，货不在等着发了") % {"state": delivery.get_state_display()})


def _record(
    delivery: Delivery, actor: User, act: str, label: str, rule: str, reason: str, data: dict[str, object] | None
) -> None:
    article = "第五章，到货确认" if rule == "A52" else "第五章，付款条件"
    record(delivery, act, actor=actor, label=label, article=article, rule=rule, reason=reason, data=data, save=False)
