"""What the orders floor itself does when an order changes or ends: its contracts follow (B1b)."""

from __future__ import annotations

from orders.events import OrderCancelled, OrderRejected, OrderVersionKept
from orders.services.contract import drop_contracts, supersede_contracts
from workflow.events import on


@on(OrderVersionKept)
def contracts_are_of_the_old_version(fact: OrderVersionKept) -> None:
    """业务单出了新版，照旧版出的合同不再有效（B类 合同）。"""
    if fact.version > 1:
        supersede_contracts(fact.order_id, fact.version, actor=fact.actor)


@on(OrderRejected)
def contracts_fall_with_a_rejected_order(fact: OrderRejected) -> None:
    """业务单拒绝，合同随之作废（B类 合同）。"""
    drop_contracts(fact.order_id, fact.reason, actor=fact.actor)


@on(OrderCancelled)
def contracts_fall_with_a_cancelled_order(fact: OrderCancelled) -> None:
    """业务单取消，合同随之作废（B类 合同）。"""
    drop_contracts(fact.order_id, fact.reason, actor=fact.actor)
