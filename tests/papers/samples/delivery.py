"""发货通知单与送货单：五行，五联。"""

from decimal import Decimal
from typing import Any, Literal

from papers.shapes import (
    Confirmation,
    DeliveryCopy,
    DeliveryLine,
    DeliverySnapshot,
    DispatchLine,
    DispatchNoticeSnapshot,
)
from tests.papers.samples.frame import CUSTOMER, at, day, frame, signed

LINES: list[tuple[Any, ...]] = [
    (
        "K-88120",
        "“岭上春”明前茶礼盒（天地盖）",
        "320 × 220 × 85 mm",
        "个",
        9600,
        96,
        "14.80",
        "142080.00",
        "404 箱（24 / 箱）",
        404,
        24,
    ),
    (
        "K-88121",
        "“岭上春”手提袋（竖款）",
        "280 × 100 × 350 mm",
        "个",
        9600,
        200,
        "5.65",
        "54240.00",
        "98 箱（100 / 箱）",
        98,
        100,
    ),
    ("K-88122", "冲泡指南（三折页）", "105 × 140 mm，6 P", "张", 20000, 600, "0.42", "8400.00", "6 箱，余装盒", 6, 0),
    ("K-88123", "封口贴（圆形）", "Φ 38 mm", "枚", 40000, 1000, "0.085", "3400.00", "21 卷，2 箱", 2, 0),
    (
        "K-87990",
        "春茶画册（骑马钉）",
        "210 × 285 mm，24 P",
        "本",
        3000,
        30,
        "6.20",
        "18600.00",
        "31 箱（100 / 箱）",
        31,
        100,
    ),
]
COPIES = [
    ("一", "客户", "白"),
    ("二", "仓库存根", "红"),
    ("三", "财务", "蓝"),
    ("四", "业务", "绿"),
    ("五", "收款", "黄"),
]
PRICED = {"财务", "收款"}


def delivery(sheet: Literal["a5l", "c241"] = "a5l") -> DeliverySnapshot:
    return DeliverySnapshot(
        **frame("SH26-000312", "GD-F-11", "12-10T16:22", signatures()),
        sheet=sheet,
        priced=True,
        customer=CUSTOMER,
        address="云岭区茶都大道 19 号 2 号库",
        contact="姚丽",
        phone="137 0000 5521",
        delivery_date=day("12-11"),
        dispatch_notice="FH26-000298",
        arrival="12-11 上午（已两次确认）",
        carrier="顺途物流",
        waybill="ST2612110087",
        vehicle="江 A·0T318",
        driver="罗建平 136 0000 7702",
        packages=541,
        weight_kg=6842,
        currency="CNY",
        tax_note="含税 13 %",
        total=sum((Decimal(row[7]) for row in LINES), Decimal()),
        lines=[line(no, row) for no, row in enumerate(LINES, 1)],
        note="请当面点清件数与外观；如有短少、破损，请在签收栏注明并于 3 日内书面告知。附：出货检验报告 1 份。",
        copies=[DeliveryCopy(ordinal=o, holder=h, colour=c, priced=h in PRICED) for o, h, c in COPIES],
    )


def line(no: int, row: tuple[Any, ...]) -> DeliveryLine:
    part, name, specification, unit, quantity, spare, price, amount, packing, *_ = row
    return DeliveryLine(
        no=no,
        customer_po="YLC-PO-2611-07",
        order_number="GD26-000231",
        customer_part=part,
        name=name,
        specification=specification,
        unit=unit,
        quantity=quantity,
        spare=spare,
        price=Decimal(price),
        amount=Decimal(amount),
        packing=packing,
    )


def signatures() -> list[Any]:
    return [
        signed("制单", "", "周雨桐", "12-10T16:22"),
        signed("审核", "", "许静怡", "12-10T17:05"),
        signed("送货人", "", "罗建平", "12-11T08:10", note="出厂"),
        {"act": "签收人（盖章）", "role": "", "name": ""},
        {"act": "签收日期 / 实收备注", "role": "", "name": ""},
    ]


def dispatch_notice() -> DispatchNoticeSnapshot:
    hands = [
        signed("编制", "跟单员", "周雨桐", "12-10T09:30", "1c0ffee5"),
        signed("审核", "跟单主任", "许静怡", "12-10T09:52", "8e20b6d4"),
        {"act": "备货", "role": "仓库", "name": ""},
    ]
    return DispatchNoticeSnapshot(
        **frame("FH26-000298", "GD-F-10", "12-10T09:30", hands),
        customer=CUSTOMER,
        address="云岭区茶都大道 19 号 2 号库",
        contact="姚丽",
        phone="137 0000 5521",
        notice_date=day("12-10"),
        arrival_date=day("12-11"),
        confirmations=[
            Confirmation(at=at("12-08T10:05"), by="周雨桐", person="采购 姚丽", how="电话", arrival_date=day("12-11")),
            Confirmation(at=at("12-10T09:10"), by="周雨桐", person="采购 姚丽", how="微信", arrival_date=day("12-11")),
        ],
        carrier="顺途物流",
        vehicle="江 A·0T318",
        delivery_number="SH26-000312",
        lines=[
            DispatchLine(
                no=no,
                order_number="GD26-000231",
                name=row[1],
                specification=row[2],
                unit=row[3],
                quantity=row[4],
                spare=row[5],
                packages=row[9],
                per_package=row[10],
                inspection=f"JY26-00{410 + no}",
            )
            for no, row in enumerate(LINES, 1)
        ],
        remark="附：出货检验报告 1 份、检测报告 2 份。",
    )
