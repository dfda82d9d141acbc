"""Relations between a person and an outsourcing order: who works it, who approves how much (第四章)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from orders import rights as order_rights
from parties.models import AmountLimit, User
from workflow.deputies import ids
from workflow.guards import guard

if TYPE_CHECKING:
    from outsourcing.models import OutsourcingOrder, OutsourcingPlan

VIEW = "outsourcing.view"
CREATE = "outsourcing.create"
APPROVE_PLAN = "outsourcing.approve_plan"
APPROVE_LARGE = "outsourcing.approve_large"
MOVE_MATERIAL = "outsourcing.move_material"
RECEIVE = "outsourcing.receive"
EDIT_PROCESSOR = "outsourcing.edit_processor"
PURPOSE = "outsourcing"
ARTICLE = "第四章，加工单"


def leads(document: Any, user: User) -> bool:
    """带这张单的主任，或总监、总经理（第三条）。"""
    return order_rights.leads(document.order, user)


def works(document: Any, user: User) -> bool:
    """办这张单的人：跟单员本人，或带他的主任（第三条）。"""
    return order_rights.works(document.order, user)


def moves_or_works(document: Any, user: User) -> bool:
    """收发材料的人，或办这张单的人（第四章，收货）。"""
    return user.may(MOVE_MATERIAL) or works(document, user)


@guard("自己编制的计划，自己不能批", article="第四章，外协计划", rule="A23.0")
def made_it(pair: tuple[OutsourcingPlan, User]) -> bool:
    """True when nothing stands against it: somebody else made the plan (I22)."""
    plan, user = pair
    return plan.made_by_id not in ids(user)


@guard(article=ARTICLE, rule="A23.2")
def approves_amount(pair: tuple[OutsourcingOrder, User]) -> Iterator[str]:
    """自己开的自己不批；超过本岗位金额权限的，由总监批（B10）。"""
    document, user = pair
    if document.made_by_id in ids(user):
        yield _("自己开的加工单，自己不能批")
    if user.may(APPROVE_LARGE):
        return
    limit = AmountLimit.objects.filter(role=user.role, purpose=PURPOSE).values_list("amount", flat=True).first()
    if limit is not None and document.amount > limit:
        yield _("加工费 %(amount)s 元超过%(role)s权限 %(limit)s 元，要总监批") % {
            "amount": f"{document.amount:,.2f}",
            "role": user.get_role_display(),
            "limit": f"{limit:,.2f}",
        }
