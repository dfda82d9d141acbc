"""附件2：六个部门分散式评审，有代签、补签与有条件。"""

from typing import Any

from papers.shapes import Answer, Balance, Countersign, Point, ReviewSnapshot
from tests.papers.samples.frame import CUSTOMER, at, day, frame, signed

DEPARTMENTS = ["技术中心", "物控部", "印刷制造部", "纸品制造部", "印刷品质部", "纸品品质部"]
POINTS = [
    ("订单有效", "书面、签章、条款齐全"),
    ("产品要求已明确", "材料、尺寸、颜色、工艺、包装"),
    ("与以前表述不一致处已解决", "报价、样品、函件"),
    ("有能力满足", "产品、质量、数量、时间"),
    ("设计、物料、生产、检验完成日期", "见下表"),
    ("法律法规及其他要求", "食品接触、条码、环保油墨"),
]
ANSWERS: list[tuple[Any, ...]] = [
    (
        "技术要求、设计时间",
        "沿用刀模 DM-2615；烫金版新制 2 块；专色打样一次。",
        "",
        5,
        "11-18",
        "沈文彬",
        "11-10T15:20",
        None,
    ),
    (
        "物料、供应时间",
        "铜版纸库存 61 %，余量 11-20 到；灰板 11-22 到；EVA 外购 6 天。",
        "",
        9,
        "11-23",
        "韩素琴",
        "11-10T16:05",
        None,
    ),
    (
        "印刷生产时间",
        "4 + 1 机 11-24 起排 3 班；UV 与覆膜同步。",
        "",
        5,
        "11-28",
        "丁凯",
        "11-11T09:12",
        Countersign(done=True, name="马永康", at=at("11-12T08:06")),
    ),
    (
        "成型生产时间",
        "日产 3,600 套。",
        "面纸 11-29 前到，烫金 12-02 前回齐，周末加 1 班。",
        9,
        "12-09",
        "阮丽萍",
        "11-11T10:30",
        None,
    ),
    ("质量要求、检验时间", "按客户签样控色，ΔE ≤ 2.0；首件三方签认。", "", 1, "11-28", "高志远", "11-11T11:04", None),
    (
        "质量要求、检验时间",
        "盖身间隙 1.0 ± 0.3 mm 做专用量规；承重挂样 24 h。",
        "",
        1,
        "12-10",
        "卢春燕",
        "11-11T14:40",
        Countersign(done=False, name="罗素芬", limit=day("11-27")),
    ),
]


def answer(department: str, row: tuple[Any, ...]) -> Answer:
    aspect, opinion, condition, days, planned, signer, moment, late = row
    content = Answer(
        department=department,
        aspect=aspect,
        opinion=opinion,
        condition=condition,
        verdict="conditional" if condition else "agree",
        days=days,
        planned=day(planned),
        signed_by=signer,
        signed_at=at(moment),
        proxy=bool(late),
    )
    return Answer(**content, countersign=late) if late else content


def point(place: int, title: str, hint: str) -> Point:
    results: list[Any] = ["met"] * 6
    if place in (1, 3):
        results[3] = "conditional"
    if place == 5:
        results[2] = results[3] = "not_applicable"
    return Point(title=title, hint=hint, results=results)


def review() -> ReviewSnapshot:
    return ReviewSnapshot(
        **frame("PS26-000164", "GD-F-02", "11-10T08:40", signatures()),
        urgent=True,
        round=1,
        review_form="distributed",
        meeting=None,
        short_of="",
        part_of="",
        currency="CNY",
        form_reason="常规材料与工艺，各部门可独立答复；不一致则转集中",
        customer=CUSTOMER,
        order_number="GD26-000231",
        customer_po="YLC-PO-2611-07",
        order_date=day("11-09"),
        requested_date=day("12-10"),
        product="“岭上春”礼盒、手提袋、指南、封口贴、外箱（5 行）",
        quantity="5 行，见通知单",
        amount="426596.00",
        sample_state="approved",
        business_kind="印刷 + 纸品",
        convened_by="许静怡（跟单主任）",
        convened_at=at("11-10T08:40"),
        answer_due=at("11-11T17:00"),
        departments=DEPARTMENTS,
        points=[point(place, *words) for place, words in enumerate(POINTS)],
        answers=[answer(name, row) for name, row in zip(DEPARTMENTS, ANSWERS, strict=True)],
        balance=Balance(
            delivery_date=day("12-11"),
            negotiated="11-12 09:30 电话，采购 姚丽 同意 12-11，邮件已存",
            differences="纸品制造部所提条件：物控部确认面纸 11-27 到车间；外协烫金 12-02 回齐。两项均已闭合。",
            conclusion="met",
            informed="客户、业务员 骆明轩，11-12 10:15 邮件",
        ),
    )


def review_part() -> ReviewSnapshot:
    """一个部门的执行部分。"""
    whole = review()
    name = DEPARTMENTS[3]
    points = [Point(title=one["title"], hint=one["hint"], results=[one["results"][3]]) for one in whole["points"]]
    own = ReviewSnapshot(**whole)
    own["departments"], own["points"], own["answers"], own["part_of"] = [name], points, [whole["answers"][3]], name
    return own


def signatures() -> list[Any]:
    return [
        signed("平衡", "跟单员", "周雨桐", "11-12T10:20", "4410a7c9"),
        signed("审核", "跟单主任", "许静怡", "11-12T11:02", "0a5de218"),
        signed("批准", "营销总监", "郑立群", "11-12T14:18", "c3f75520"),
        signed(
            "批准",
            "总经理",
            "邓启明",
            "11-13T15:46",
            "e4a06d13",
            holder="梁伯衡",
            proxy=True,
            note="常务副总经理",
            authorisation="SQ26-0009",
        ),
    ]
