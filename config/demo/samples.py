"""The register of samples in the demo company: ten things, three loans (one overdue), two dispatches."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from orders.models import Order, State
from parties.models import Customer, Department, User
from samples import services
from samples.models import Sample
from samples.services import DispatchInput, LoanInput, SampleInput
from workflow import clock

AGO = dt.timedelta(days=9)
# (kind, what of the line, place, kept for so many days)
THINGS = (
    ("standard", "签样", "样品柜 A-1", 180), ("standard", "签样", "样品柜 A-2", 180),
    ("standard", "签样", "样品柜 A-3", 90), ("sheet", "上机样张", "样品柜 B-1", 30),
    ("folder", "资料袋", "资料架 2-4", 365), ("sheet", "打样样张", "样品柜 B-2", 14),
    ("retained", "留样", "留样室 3 层", 5),
)  # fmt: skip


def make_samples(people: dict[str, User]) -> int:
    """Registered nine days ago, lent and sent since; how many things there are."""
    now = clock.now()
    producing = list(Order.objects.filter(state=State.PRODUCING, coordinator=people["xiaoli"]).order_by("pk")[:6])
    if not producing:
        return 0
    with clock.told(now - AGO):
        things = [_thing(producing[n % len(producing)], people, *row) for n, row in enumerate(THINGS)]
        materials = [
            _material(producing[0], "客供烫金纸", 60, "卷", people),
            _material(producing[-1], "客供吊牌", 8000, "个", people),
        ]
        services.register_sample(_specimen(), actor=people["xiaoli"])
        _lend(things[0], "printing_manufacturing", 6, people)
        _lend(things[1], "printing_quality", 20, people)
        services.use_up_sample(materials[0], Decimal(22), "首批烫金", actor=people["warehouse"])
    with clock.told(now - dt.timedelta(days=2)):
        _lend(things[3], "engineering", 10, people)
        _send(things[5], people, sent=True)
    _send(things[2], people, sent=False)
    return Sample.objects.count()


def _thing(order: Order, people: dict[str, User], kind: str, what: str, place: str, days: int) -> Sample:
    line = order.lines_now[0]
    given = SampleInput(
        kind=kind, name=f"{line.product_name}{what}", specification=line.specification, order=order, line=line,
        place=place, unit=line.unit, retention_until=clock.today() + dt.timedelta(days=days),
    )  # fmt: skip
    return services.register_sample(given, actor=people["xiaoli"])


def retain(order: Order, *, actor: User) -> None:
    """每行做好了留一件样（第十条）。"""
    for line in order.lines_now:
        given = SampleInput(
            kind=Sample.Kind.RETAINED, name=f"{line.product_name}留样", specification=line.specification, order=order,
            line=line, place="留样室 1 层", unit=line.unit, retention_until=clock.today() + dt.timedelta(days=365),
        )  # fmt: skip
        services.register_sample(given, actor=actor)


def _material(order: Order, name: str, quantity: int, unit: str, people: dict[str, User]) -> Sample:
    given = SampleInput(
        kind=Sample.Kind.MATERIAL, owner=Sample.Owner.CUSTOMER, name=name, order=order, place="客供料区 1 号架",
        quantity=Decimal(quantity), unit=unit,
    )  # fmt: skip
    return services.register_sample(given, actor=people["warehouse"])


def _specimen() -> SampleInput:
    customer = Customer.objects.get(code="C002")
    return SampleInput(kind=Sample.Kind.SPECIMEN, name="特种纸样本册", place="展示架", customer=customer, unit="册")


def _lend(sample: Sample, department: str, days: int, people: dict[str, User]) -> None:
    due = clock.today() + dt.timedelta(days=days)
    borrower = Department.objects.get(code=department)
    given = LoanInput(department=borrower, why="上机对色、首件签样", due_back=due)
    loan = services.lend_sample(sample, given, actor=people["xiaoli"])
    if borrower.head and days != 10:
        services.acknowledge_loan(loan, actor=borrower.head)


def _send(sample: Sample, people: dict[str, User], *, sent: bool) -> None:
    given = DispatchInput(
        lines=[(sample, Decimal(1))], sent_to="客户设计部 0571-8800 1200", address="杭州市西湖区龙井路 1 号",
        purpose="确认打样颜色", feedback_due=clock.today() + dt.timedelta(days=3), courier="顺丰速运",
    )  # fmt: skip
    dispatch = services.prepare_dispatch(given, actor=people["xiaoli"])
    if sent:
        services.approve_pass(dispatch.passes.get(), actor=people["laowang"])
        services.send_dispatch(
            dispatch, actor=people["xiaoli"], courier="顺丰速运", waybill="SF1390277746511", cost=Decimal(23)
        )
