"""附件1 《业务通知单》与《业务通知单（更改）》 (第二十条、第二十二条)."""

from typing import NotRequired, TypedDict

from papers.shapes.frame import Customer, Day, Frame, Number, Person


class Was(TypedDict):
    """更改：编号（改1…）与旧值，旧值与新值同形。"""

    ref: str
    old: str


class Detail(TypedDict):
    """订货行下的一项说明：规格、印刷、材料、后道、样品、包装（标签随业务种类）。"""

    label: str
    text: str
    was: NotRequired[Was]


class NoticeLine(TypedDict):
    """订货明细一行；details 每两项占一排，remark 随最后一排；changes 的键为本行字段名。"""

    no: int
    product_code: str
    name: str
    unit: str
    ordered: Number
    spare: Number
    production: Number
    over_percent: Number
    under_percent: Number
    requested: Day
    promised: Day
    details: list[Detail]
    remark: NotRequired[str]
    closed: NotRequired[bool]  # 更改关闭的行：不再生产、不再发货
    changes: NotRequired[dict[str, Was]]


class Milestone(TypedDict):
    """进度节点（第二十一条）：部门、内容、计划完成。"""

    department: str
    name: str
    planned: Day
    remark: NotRequired[str]
    was: NotRequired[Was]


class Requirement(TypedDict):
    """特殊要求的一项；wide 占整行。"""

    label: str
    text: str
    wide: NotRequired[bool]


class Copy(TypedDict):
    """发放的一份：份号、部门；签收栏由事后事实填写。"""

    no: int
    department: str
    sample: NotRequired[str]
    old_copy: NotRequired[str]


class Difference(TypedDict):
    """更改对照的一行。"""

    ref: str  # 改1
    lines: str  # 1、2
    item: str
    old: str
    new: str
    reason: str


class Change(TypedDict):
    """更改（第二十二条）：被更改的旧单、更改单、客户依据与逐项对照。"""

    of: str
    request: str
    basis: str
    differences: list[Difference]


class NoticeSnapshot(Frame):
    """附件1 《业务通知单》；有 change 即为《业务通知单（更改）》（第二十条、第二十二条）。"""

    urgent: bool
    customer: Customer
    order_number: str
    customer_po: str
    business_kind: str
    order_date: Day
    original: str  # 原件已收 / 原件待补 / ""
    issue_date: Day
    delivery_date: Day
    delivery_was: NotRequired[Was | None]
    salesperson: Person
    coordinator: Person
    lines: list[NoticeLine]
    milestones_basis: str  # 依评审表 PS26-000164 第 1 轮各部门签认日期
    milestones: list[Milestone]
    requirements: list[Requirement]
    copies: list[Copy]
    change: NotRequired[Change | None]
