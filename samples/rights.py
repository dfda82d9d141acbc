"""Relations between a person and what stands in the register of samples: who keeps it, who has it, who lets it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orders import rights as order_rights
from parties.models import User
from parties.roles import Function, Role
from workflow.guards import guard

if TYPE_CHECKING:
    from samples.models import GatePass, Loan

VIEW = "orders.view"
KEEP = "samples.keep"
DISPATCH = "samples.dispatch"
LETS_OUT = "samples.approve_pass"
ACKNOWLEDGE = "samples.acknowledge_loan"
LEADERS = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.GM})


def leads(part: Any, user: User) -> bool:
    """带这张业务单的主任；没有业务单的，主任、总监（第三条）。"""
    return order_rights.leads(part.order, user) if part.order_id else user.role in LEADERS


def works(part: Any, user: User) -> bool:
    """办这张业务单的人；没有业务单的，登记人和主任（第三条）。"""
    if part.order_id:
        return order_rights.works(part.order, user)
    return part.made_by_id == user.pk or user.role in LEADERS


def keeps(part: Any, user: User) -> bool:
    """管这件东西的人：办单的、保管人，客供料还有物控与仓库（第十条、C类 客供料）。"""
    sample = part.kept
    return works(sample, user) or sample.holder_id == user.pk or (sample.is_material and is_store(user))


def is_store(user: User) -> bool:
    """物控部与仓库的人。"""
    inside = user.department is not None and user.department.function in {Function.MATERIAL, Function.WAREHOUSE}
    return inside or user.role == Role.WAREHOUSE


def borrows(loan: Loan, user: User) -> bool:
    """领用的部门的人，或领用人本人（第六条）。"""
    if loan.person_id:
        return loan.person_id == user.pk
    return loan.department_id is not None and loan.department_id == user.department_id


@guard("自己申请的放行条，自己不能批", article="C类 客供料", rule="C7")
def asked_for_it(pair: tuple[GatePass, User]) -> bool:
    """True when nothing stands against it: somebody else asked for the pass (I22)."""
    gate_pass, user = pair
    return gate_pass.made_by_id != user.pk
