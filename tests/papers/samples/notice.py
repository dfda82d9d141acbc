"""附件1：五行的业务通知单。"""

from typing import Any

from papers.shapes import Copy, Detail, Milestone, NoticeLine, NoticeSnapshot, Requirement
from tests.papers.samples.frame import CUSTOMER, day, frame, signed

LABELS = ("规格", "印刷", "材料", "后道", "样品", "包装")
LINES: list[tuple[Any, ...]] = [
    (
        "LH-2615-A",
        "“岭上春”明前茶礼盒（天地盖）",
        "个",
        20000,
        200,
        20600,
        3,
        3,
        "12-10",
        "12-11",
        "盖与身间隙 1.0 ± 0.3 mm",
        "成品 320 × 220 × 85 mm；盒身 1 件、盒盖 1 件、内托 1 件",
        "正 4 + 1（PANTONE 3435 C）/ 反 0；胶印，G7 打样",
        "面纸 157 g 铜版纸，787 × 1092 mm 对开；盒体 2.5 mm 双面灰板；内托 38 度 EVA 植绒",
        "覆哑膜 → 局部 UV → 烫哑金 → 模切 → 灰板开 V 槽 → 裱糊成型",
        "标样 BY26-0412（客户签样 11-06）",
        "24 个 / 箱；五层 K=K 瓦楞箱；正唛 YLC / LH-2615-A / 箱号",
    ),
    (
        "SD-2615-B",
        "“岭上春”手提袋（竖款）",
        "个",
        20000,
        400,
        20800,
        3,
        0,
        "12-10",
        "12-11",
        "承重 3 kg 挂 24 h 不脱绳",
        "成品 280 × 100 × 350 mm；袋口折边 45 mm",
        "正 4 + 1（PANTONE 3435 C）/ 反 0；胶印",
        "250 g 白卡纸，889 × 1194 mm 全开；三股绳 墨绿 5 mm",
        "覆哑膜 → 烫哑金 → 模切 → 糊袋 → 打孔穿绳；底部加 400 g 灰底白垫板",
        "标样 BY26-0413",
        "100 个 / 箱；每 25 个 1 扎，绳入袋内",
    ),
    (
        "ZY-2615-C",
        "冲泡指南（三折页）",
        "张",
        20000,
        600,
        21000,
        2,
        2,
        "12-05",
        "12-07",
        "中英文；条码等级 ≥ B",
        "展开 315 × 140 mm；成品 105 × 140 mm；6 P，风琴折",
        "正 4 / 反 4；胶印，环保大豆油墨",
        "128 g 本白双胶纸，787 × 1092 mm 对开（客户认可色样）",
        "压痕 → 折页 → 点数打包",
        "数码样 SM26-0388",
        "500 张 / 包，2,000 张 / 箱；先行入礼盒车间",
    ),
    (
        "BQ-2615-D",
        "封口贴（圆形）",
        "枚",
        40000,
        1000,
        42000,
        5,
        5,
        "12-05",
        "12-07",
        "随礼盒一并发货",
        "直径 Φ 38 mm；卷装，芯径 76 mm，出标方向 4 号",
        "正 2（金 + PANTONE 3435 C）/ 反 0；柔印",
        "80 g 铜版不干胶 / 格拉辛底纸，幅宽 250 mm",
        "覆亮膜 → 模切排废 → 分条复卷",
        "标样 BY26-0415",
        "2,000 枚 / 卷；20 卷 / 箱",
    ),
    (
        "WX-2615-E",
        "礼盒外箱（五层瓦楞）",
        "个",
        840,
        10,
        860,
        2,
        0,
        "12-08",
        "12-08",
        "边压强度 ≥ 9.5 kN/m",
        "内尺寸 670 × 455 × 365 mm；0201 型",
        "正 1（黑）/ 反 0；柔印水墨",
        "K=K 五层 BC 楞，250 g 进口牛卡",
        "开槽 → 压线 → 钉箱",
        "",
        "20 个 / 扎；直送纸品车间",
    ),
]
MILESTONES = [
    ("技术中心", "制版、刀模、烫金版及首件签样", "11-18", "刀模 DM-2615 沿用 2 副"),
    ("物控部", "面纸、灰板、EVA 到齐；绳、垫板到齐", "11-23", "铜版纸库存 61 %"),
    ("印刷制造部", "面纸、手提袋、折页印刷；覆膜、UV", "11-28", "海德堡 4 + 1 机"),
    ("营销中心（外协）", "烫哑金（礼盒盖面、手提袋）", "12-02", "外协计划 WP26-0031"),
    ("纸品制造部", "模切、V 槽、裱糊成型、糊袋穿绳、装盒", "12-09", "两班"),
    ("印刷品质部", "印刷首件、过程、出货检验", "11-28", "色差 ΔE ≤ 2.0"),
    ("纸品品质部", "成型首件、过程、出货检验", "12-10", "抽样 AQL 1.0 / 2.5"),
]
HOLDERS = [
    ("技术中心", "BY26-0412"),
    ("物控部", ""),
    ("印刷制造部", "BY26-0412（副）"),
    ("纸品制造部", "BY26-0413"),
    ("印刷品质部", "BY26-0412（副）"),
    ("纸品品质部", "BY26-0413（副）"),
    ("营销中心（原件）", ""),
]


def line(no: int, row: tuple[Any, ...]) -> NoticeLine:
    code, name, unit, ordered, spare, production, over, under, requested, promised, remark, *texts = row
    return NoticeLine(
        no=no,
        product_code=code,
        name=name,
        unit=unit,
        ordered=ordered,
        spare=spare,
        production=production,
        over_percent=over,
        under_percent=under,
        requested=day(requested),
        promised=day(promised),
        remark=remark,
        details=[Detail(label=label, text=text) for label, text in zip(LABELS, texts, strict=True)],
    )


def notice() -> NoticeSnapshot:
    return NoticeSnapshot(
        **frame("TZ26-000187", "GD-F-01", "11-13T10:12", signatures()),
        urgent=True,
        change=None,
        delivery_was=None,
        customer=CUSTOMER,
        order_number="GD26-000231",
        customer_po="YLC-PO-2611-07",
        business_kind="印刷类 + 纸品类（跨中心）",
        order_date=day("11-09"),
        original="原件已收",
        issue_date=day("11-13"),
        delivery_date=day("12-11"),
        salesperson={"name": "骆明轩", "phone": "8306"},
        coordinator={"name": "周雨桐", "phone": "8312"},
        lines=[line(no, row) for no, row in enumerate(LINES, 1)],
        milestones_basis="依评审表 PS26-000164 第 1 轮各部门签认日期",
        milestones=[Milestone(department=d, name=n, planned=day(p), remark=r) for d, n, p, r in MILESTONES],
        requirements=[
            Requirement(
                label="品质标准",
                text="GB/T 7705 平版装潢印刷品；企标 Q/JH 03 礼盒 A 级；同批色差 ΔE ≤ 2.0，烫金套准 ± 0.3 mm",
                wide=True,
            ),
            Requirement(label="必附资料", text="印刷品、材料检测报告各 1 份；出货检验报告随货"),
            Requirement(label="送货要求", text="送江州仓，提前 24 h 预约，12 点前到"),
        ],
        copies=[Copy(no=no, department=name, sample=sample) for no, (name, sample) in enumerate(HOLDERS, 1)],
    )


def signatures() -> list[Any]:
    return [
        signed("编制", "跟单员", "周雨桐", "11-13T10:12", "71c409be"),
        signed("审核", "跟单主任", "许静怡", "11-13T11:03", "0a5de218"),
        signed("批准", "营销总监", "郑立群", "11-13T14:26", "c3f75520"),
        signed(
            "签发",
            "总经理",
            "邓启明",
            "11-13T15:48",
            "e4a06d13",
            holder="梁伯衡",
            proxy=True,
            note="常务副总经理",
            authorisation="SQ26-0009",
        ),
    ]
