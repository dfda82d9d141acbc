"""标样领用单与样品寄送单。"""

from decimal import Decimal

from papers.shapes import DispatchSlipSnapshot, LoanSlipSnapshot, Signature, SlipLine
from tests.papers.samples.frame import CUSTOMER, day, frame, signed

LINES = [
    SlipLine(
        no=1, number="YP26-000041", kind="标样", name="“岭上春”明前茶礼盒（天地盖）", unit="个",
        specification="320 × 220 × 85 mm，PANTONE 3425 C，客户 11-06 签样", quantity=Decimal(1),
    ),
    SlipLine(
        no=2, number="YP26-000042", kind="样张", name="冲泡指南（三折页）", unit="张", specification="105 × 140 mm",
        quantity=Decimal(3),
    ),
]  # fmt: skip


def loan_slip() -> LoanSlipSnapshot:
    hands = [
        signed("发出", "营销中心", "周雨桐", "11-20T14:05"),
        Signature(act="领用签收", role="印刷制造部", name=""),
        Signature(act="归还收回", role="营销中心", name=""),
    ]
    return LoanSlipSnapshot(
        **frame("LY26-000018", "GD-F-21", "11-20T14:05", hands),
        sheet="a5l", order_number="GD26-000231", borrower="印刷制造部", why="上机对色，首件签样", lines=LINES[:1],
        basis="TZ26-000187 第 3 份", lent_on=day("11-20"), due_back=day("12-12"),
    )  # fmt: skip


def dispatch_slip() -> DispatchSlipSnapshot:
    hands = [
        signed("寄出", "", "周雨桐", "11-22T16:40"),
        signed("放行", "跟单主任", "许静怡", "11-22T15:10"),
        Signature(act="收件", role="云岭春茶业有限公司", name=""),
    ]
    return DispatchSlipSnapshot(
        **frame("JY26-000009", "GD-F-22", "11-22T16:40", hands),
        sheet="a5l", order_number="GD26-000231", customer=CUSTOMER, sent_to="骆明轩 0871-6512 0000", lines=LINES,
        address="昆明市盘龙区青云街 88 号 三楼设计部", purpose="确认打样颜色与天地盖松紧", courier="顺丰速运",
        waybill="SF1390277746511", gate_pass="FX26-000006", sent_on=day("11-22"), feedback_due=day("11-28"),
    )  # fmt: skip
