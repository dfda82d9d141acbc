"""The register of samples: things registered, lent, let out and sent, by the services and the people who do it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from orders.models import Order
from parties.models import Customer, Department
from samples import services
from samples.models import GatePass, Loan, Sample, SampleDispatch
from samples.services import DispatchInput, LoanInput, SampleInput
from tests.cast import Cast
from tests.cast_reviews import issued
from workflow import clock


def day(after: int) -> dt.date:
    """So many days from today."""
    return clock.today() + dt.timedelta(days=after)


def sample_input(**changes: Any) -> SampleInput:
    """一件标样，放在样品柜。"""
    given: dict[str, Any] = {"kind": "standard", "name": "产品画册签样", "place": "样品柜 A-3", "unit": "本"}
    return SampleInput(**(given | changes))


def standard(cast: Cast, order: Order | None = None, **changes: Any) -> Sample:
    """业务单的一件标样。"""
    order = order or issued(cast)
    return services.register_sample(sample_input(order=order, **changes), actor=cast.xiaoli)


def loose(cast: Cast, **changes: Any) -> Sample:
    """没有业务单的一件样本。"""
    given = {"kind": "specimen", "name": "特种纸样本", "customer": Customer.objects.get(code="C001")}
    return services.register_sample(sample_input(**(given | changes)), actor=cast.xiaoli)


def material(cast: Cast, order: Order | None = None, **changes: Any) -> Sample:
    """客户供的料：烫金纸 100 卷，仓库收下、保管。"""
    given = {
        "kind": "material", "owner": "customer", "name": "客供烫金纸", "quantity": Decimal(100), "unit": "卷",
        "place": "客供料区 1 号架", "order": order or issued(cast),
    }  # fmt: skip
    return services.register_sample(sample_input(**(given | changes)), actor=cast.warehouse)


def loan_input(code: str = "printing_manufacturing", **changes: Any) -> LoanInput:
    """交给印刷制造部，七天后还。"""
    given: dict[str, Any] = {"why": "上机对色", "due_back": day(7)}
    if not {"person", "customer", "department"} & set(changes):
        given["department"] = Department.objects.get(code=code)
    return LoanInput(**(given | changes))


def lent(cast: Cast, sample: Sample | None = None, **changes: Any) -> Loan:
    """交出去了，还没有签收。"""
    return services.lend_sample(sample or standard(cast), loan_input(**changes), actor=cast.xiaoli)


def dispatch_input(*samples: Sample, **changes: Any) -> DispatchInput:
    """各寄一件，五天后要答复。"""
    given: dict[str, Any] = {
        "lines": [(sample, Decimal(1)) for sample in samples], "sent_to": "何经理 0571-8800 1234",
        "address": "杭州市西湖区龙井路 1 号", "purpose": "确认打样颜色", "feedback_due": day(5),
    }  # fmt: skip
    return DispatchInput(**(given | changes))


def prepared(cast: Cast, *samples: Sample, **changes: Any) -> SampleDispatch:
    """备好了，放行条在主任那里。"""
    samples = samples or (standard(cast),)
    return services.prepare_dispatch(dispatch_input(*samples, **changes), actor=cast.xiaoli)


def allowed(cast: Cast, *samples: Sample, **changes: Any) -> SampleDispatch:
    """放行条批了，等寄出。"""
    dispatch = prepared(cast, *samples, **changes)
    services.approve_pass(pass_of(dispatch), actor=cast.laowang)
    return dispatch


def sent(cast: Cast, *samples: Sample, **changes: Any) -> SampleDispatch:
    """寄出了。"""
    dispatch = allowed(cast, *samples, **changes)
    return services.send_dispatch(
        dispatch, actor=cast.xiaoli, courier="顺丰速运", waybill="SF1390277746511", cost=Decimal(23)
    )


def pass_of(dispatch: SampleDispatch) -> GatePass:
    """这次寄样的放行条，重新读。"""
    found: GatePass = GatePass.objects.filter(dispatch=dispatch).latest("pk")
    return found


def let_go(cast: Cast, sample: Sample, purpose: str, amount: str) -> GatePass:
    """为一件东西申请并批了放行条。"""
    asked = services.ask_pass(sample, purpose, Decimal(amount), "瑞禾茶业", actor=cast.xiaoli)
    return services.approve_pass(asked, actor=cast.laowang)


def again(document: Any) -> Any:
    """重新读。"""
    return type(document).objects.get(pk=document.pk)
