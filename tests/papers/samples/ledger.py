"""附件5：三个客户的发出商品台账，含退货、部分开票与待开红字。"""

from decimal import Decimal
from typing import Any

from papers.shapes import Customer, LedgerGroup, LedgerRow, LedgerSnapshot, LedgerSums
from tests.papers.samples.frame import day, frame, signed

# day, name, specification, unit, shipped, returned, price, invoiced quantity, received
ROWS: list[list[tuple[Any, ...]]] = [
    [
        ("11-03", "春茶画册（骑马钉）", "210 × 285 mm，24 P", "本", 5000, 0, "6.20", 5000, "31000"),
        ("11-06", "秋茶礼盒（抽屉式）", "260 × 180 × 70 mm", "个", 8000, 120, "11.35", 7880, "60000"),
        ("11-12", "品鉴卡（压凹）", "90 × 54 mm", "盒", 600, 0, "28", 0, "0"),
        ("11-17", "秋茶手提袋", "280 × 100 × 350 mm", "个", 6000, 0, "5.40", 4000, "0"),
        ("11-20", "封口贴（圆形）", "Φ 38 mm", "枚", 50000, 0, "0.085", 0, "0"),
    ],
    [
        ("11-02", "线装笔记本 A5", "148 × 210 mm，192 P", "本", 12000, 0, "7.85", 12000, "0"),
        ("11-05", "线装笔记本 B5", "176 × 250 mm，160 P", "本", 8000, 0, "9.10", 8000, "0"),
        ("11-09", "活页替芯", "A5，80 张", "包", 20000, 0, "2.36", 0, "0"),
        ("11-13", "便签本", "76 × 76 mm，100 张", "本", 30000, 600, "1.18", 0, "0"),
        ("11-18", "便签本（换货补发）", "76 × 76 mm，100 张", "本", 600, 0, "0", 0, "0"),
        ("11-19", "周历本 2027", "210 × 148 mm，112 P", "本", 4000, 0, "12.60", 0, "0"),
    ],
    [
        ("11-03", "《溪山行旅》画册", "260 × 370 mm，160 P，锁线", "册", 1500, 0, "86", 1500, "129000"),
        ("11-14", "《茶事》平装", "170 × 240 mm，224 P", "册", 3000, 0, "18.60", 3000, "55800"),
        ("11-18", "《茶事》书签套装", "50 × 150 mm，6 张", "套", 3000, 30, "3.80", 3000, "11400"),
    ],
]
CUSTOMERS = [
    (Customer(name="云岭春茶业有限公司", code="K-0136"), "月结 30 天", "骆明轩", "18640.00"),
    (Customer(name="江州采薇文具有限公司", code="K-0094"), "月结 45 天", "骆明轩", "42310.00"),
    (Customer(name="听雨轩出版服务有限公司", code="K-0072"), "款到发货", "孔令辉", "0"),
]


def row(no: int, given: tuple[Any, ...]) -> LedgerRow:
    on, name, specification, unit, shipped, returned, price, billed, received = given
    net, invoiced = (shipped - returned) * Decimal(price), billed * Decimal(price)
    owed = net - Decimal(received)
    return LedgerRow(
        no=no,
        dispatched_on=day(on),
        received_on=day(on) if no % 5 else "",
        delivery_number=f"SH26-000{260 + no}",
        order_number=f"GD26-000{180 + no}",
        customer_po=f"PO-2610-{no:02d}",
        statement_number="DZ26-000029" if no in (6, 7) else "",
        name=name,
        specification=specification,
        unit=unit,
        shipped=shipped,
        returned=returned,
        price=Decimal(price),
        net_amount=net,
        invoice_number=f"260177{30 + no}" if billed else "",
        invoice_date=day("11-20") if billed else "",
        invoiced_amount=invoiced,
        invoiced_quantity=billed,
        uninvoiced_amount=net - invoiced,
        uninvoiced_quantity=shipped - returned - billed,
        received_amount=Decimal(received),
        payment_date=day("11-20") if Decimal(received) else "",
        receivable=owed,
        invoiced_unpaid=invoiced - Decimal(received) if billed else 0,
        due=day("12-10") if owed > 0 else "",
        age="未到期" if owed > 0 else "",
        remark="TH26-000021 冲减" if returned else "",
    )


def sums(rows: list[LedgerRow], opening: Decimal) -> LedgerSums:
    def total(key: str) -> Decimal:
        return sum((Decimal(str(entry[key])) for entry in rows), Decimal())  # type: ignore[literal-required]

    return LedgerSums(
        net_amount=total("net_amount"),
        invoiced_amount=total("invoiced_amount"),
        uninvoiced_amount=total("uninvoiced_amount"),
        received_amount=total("received_amount"),
        receivable=total("receivable") + opening,
    )


def ledger() -> LedgerSnapshot:
    groups: list[LedgerGroup] = []
    every: list[LedgerRow] = []
    openings = Decimal()
    for (customer, terms, salesperson, opening), given in zip(CUSTOMERS, ROWS, strict=True):
        rows = [row(len(every) + place, values) for place, values in enumerate(given, 1)]
        every += rows
        openings += Decimal(opening)
        groups.append(
            LedgerGroup(
                customer=customer,
                terms=terms,
                salesperson=salesperson,
                opening_uninvoiced=0,
                opening_receivable=Decimal(opening),
                age="逾期 10 天" if salesperson == "骆明轩" else "",
                rows=rows,
                sums=sums(rows, Decimal(opening)),
            )
        )
    totals = sums(every, openings)
    return LedgerSnapshot(
        **frame("FC26-000007", "GD-F-05", "11-20T17:35", signatures()),
        coordinator="周雨桐",
        period_from=day("11-01"),
        period_to=day("11-20"),
        customers="全部（3 户）",
        currency_note="元，含税 13 %",
        groups=groups,
        totals=totals,
        opening_receivable=openings,
        adjustments=0,
        closing_receivable=totals["receivable"],
        closing_uninvoiced=totals["uninvoiced_amount"],
        invoiced_unpaid=sum((Decimal(str(entry["invoiced_unpaid"])) for entry in every), Decimal()),
        closed=False,
    )


def signatures() -> list[Any]:
    return [
        signed("编制", "跟单员", "周雨桐", "11-20T17:35", "61f02b8d"),
        signed("复核", "财务", "宋佩芸", "11-21T09:10", "0c94e7a1"),
        signed("审核", "跟单主任", "许静怡", "11-21T09:42", "88301d5f"),
    ]
