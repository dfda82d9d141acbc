"""Whom the demo company works with: carriers (L…) and processors (W…), all invented."""

from __future__ import annotations

from decimal import Decimal

from outsourcing.models import Processor
from outsourcing.rights import PURPOSE
from parties.models import AmountLimit, User
from parties.roles import Role
from shipping.models import Carrier

CARRIERS = (("L001", "顺途物流"), ("L002", "江澜快运"), ("L003", "四方专线"))

PROCESSORS = (
    ("W001", "新艺烫金加工厂", "烫金、击凸", "罗师傅", "江澜市东郊工业区 3 号", False, ""),
    ("W002", "联成裱糊厂", "裱盒、糊盒", "蔡厂长", "江澜市北港路 66 号", False, ""),
    ("W003", "云锋覆膜中心", "覆膜、过油", "熊经理", "江澜市印刷产业园 21 号", False, ""),
    ("W004", "宏达模切厂", "模切、清废", "向师傅", "江澜市南塘镇", True, "两次交期延误，整改中"),
)
SUPERVISOR_APPROVES = Decimal(20000)


def make_partners(people: dict[str, User]) -> None:
    """Write carriers and processors."""
    Carrier.objects.bulk_create([Carrier(code=code, name=name, phone="0571-5551 0000") for code, name in CARRIERS])
    make_processors()


def make_processors() -> None:
    """Write processors, one of them suspended, and up to what fee a supervisor approves."""
    Processor.objects.bulk_create(
        Processor(
            code=code, name=name, capability=capability, contact=contact, phone="0571-5552 0000", address=address,
            terms="月结 30 天", suspended=suspended, suspended_reason=reason,
        )
        for code, name, capability, contact, address, suspended, reason in PROCESSORS
    )  # fmt: skip
    AmountLimit.objects.create(role=Role.SUPERVISOR, purpose=PURPOSE, amount=SUPERVISOR_APPROVES)
