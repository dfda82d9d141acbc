"""Relations between a person and an order: who owns it, who leads its team (A3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parties.roles import Role
from workflow.deputies import either, ids
from workflow.guards import guard

if TYPE_CHECKING:
    from orders.models import Order
    from parties.models import User


SEES_ALL_QUOTATIONS = frozenset({Role.DIRECTOR, Role.GM, Role.OFFICE, Role.MACHINE})


def leads(order: Order, user: User) -> bool:
    """带这张单的主任，或者总监、总经理；请假时由代理人（第三条）。"""
    return either(user, lambda person: leads_by_office(order, person))


def leads_by_office(order: Order, person: User) -> bool:
    """带这张单的就是这个人，不是代别人。"""
    if person.role in {Role.DIRECTOR, Role.GM}:
        return True
    return person.role == Role.SUPERVISOR and order.team is not None and order.team.supervisor_id == person.pk


def organises(order: Order, user: User) -> bool:
    """组织评审的人：带这张单的主任，或种类定的部门的第一负责人（第十六条）。"""
    if leads(order, user):
        return True
    code = order.kind.organiser
    return bool(code) and either(user, lambda person: _heads(person, code))


def _heads(person: User, code: str) -> bool:
    return person.department is not None and person.department.code == code and person.heads(person.department_id)


def owns(order: Order, user: User) -> bool:
    """这张单的跟单员（主任也可以自己有单）；请假时由代理人（第三条）。"""
    return either(user, lambda person: order.coordinator_id == person.pk)


def works(order: Order, user: User) -> bool:
    """办这张单的人：跟单员本人，或带他的主任（第三条：主任办本班组的单）。"""
    return owns(order, user) or leads(order, user)


def quotes(quotation: Any, user: User) -> bool:
    """办这张报价的人：经办人、跟单员、业务员本人，或带他的主任（B1）。"""
    held = {quotation.holder_id, quotation.coordinator_id, quotation.salesperson_id}
    return either(user, lambda person: person.pk in held or _leads_team(quotation, person))


def handles_inquiry(inquiry: Any, user: User) -> bool:
    """办这次询盘的人：经办人本人、客户的业务员，或带他的主任（B1）。"""
    salesperson = inquiry.customer.salesperson_id if inquiry.customer else None
    held = {inquiry.holder_id, salesperson}
    return either(user, lambda person: person.pk in held or _leads_team(inquiry, person))


def _leads_team(document: Any, user: User) -> bool:
    return user.role == Role.SUPERVISOR and document.team is not None and document.team.supervisor_id == user.pk


def works_contract(contract: Any, user: User) -> bool:
    """办这张业务单的人，也办它的合同（B1b）。"""
    return works(contract.order, user)


def negotiates(order: Order, user: User) -> bool:
    """与客户协商的人：办这张单的人，或它的业务员（第二十条：营销中心协商）。"""
    return works(order, user) or order.salesperson_id == user.pk


def answers_instruction(instruction: Any, user: User) -> bool:
    """答复请示的人：带这张单的主任，或总监；自己的请示自己不能答（第六条）。"""
    return leads(instruction.order, user) and instruction.asked_by_id not in ids(user)


@guard("自己提交的单，自己不能审", article="第六条", rule="A6.1e")
def submitted_it(pair: tuple[Order, User]) -> bool:
    """True when nothing stands against it: neither they nor the absent submitted it, nor anybody in their name."""
    order, user = pair
    return not {order.submitted_by_id, order.coordinator_id} & set(ids(user))
