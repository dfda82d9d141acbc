"""Relations between a person and an order: who owns it, who leads its team (A3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parties.roles import Role
from workflow.guards import guard

if TYPE_CHECKING:
    from orders.models import Order
    from parties.models import User


def leads(order: Order, user: User) -> bool:
    """带这张单的主任，或者总监、总经理（第三条）。"""
    if user.role in {Role.DIRECTOR, Role.GM}:
        return True
    return user.role == Role.SUPERVISOR and order.team is not None and order.team.supervisor_id == user.pk


def owns(order: Order, user: User) -> bool:
    """这张单的跟单员本人（主任也可以自己有单）。"""
    return order.coordinator_id == user.pk


def works(order: Order, user: User) -> bool:
    """办这张单的人：跟单员本人，或带他的主任（第三条：主任办本班组的单）。"""
    return owns(order, user) or leads(order, user)


def answers_instruction(instruction: Any, user: User) -> bool:
    """答复请示的人：带这张单的主任，或总监；自己的请示自己不能答（第六条）。"""
    return leads(instruction.order, user) and instruction.asked_by_id != user.pk


@guard("自己提交的单，自己不能审", article="第六条", rule="A6.1e")
def submitted_it(pair: tuple[Order, User]) -> bool:
    """True when nothing stands against it: somebody else submitted the order."""
    order, user = pair
    return order.submitted_by_id != user.pk
