"""What all papers share: company, people, signatures, number and form."""

from datetime import date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

Number = Decimal | int | str
Day = date | str
Moment = datetime | str


class Company(TypedDict):
    """本公司抬头；logo 为内置标志时留空，否则为 data: 图片。"""

    name: str
    english_name: str
    address: NotRequired[str]
    phone: NotRequired[str]
    logo: NotRequired[str]


class Person(TypedDict):
    """经办人姓名与分机。"""

    name: str
    phone: NotRequired[str]


class Customer(TypedDict):
    """客户：名称、编号、等级（可空）。"""

    name: str
    code: str
    grade: NotRequired[str]


class Countersign(TypedDict):
    """补签（第十九条）：done 时 name、at 为补签人与时间；未补时 name 为应补签人、limit 为期限。"""

    done: bool
    name: str
    at: NotRequired[Moment]
    limit: NotRequired[Day]


class Signature(TypedDict):
    """一处签署。另一人代签时 holder 写本职务人，proxy 为真，authorisation 为授权书号。未签时 name 留空。"""

    act: str  # 编制 / 审核 / 批准 / 签发 / 制单 …
    role: str  # 跟单员 / 总经理 …, may be ""
    name: str
    at: NotRequired[Moment]
    hash: NotRequired[str]  # signature hash, at least 8 hex digits
    holder: NotRequired[str]
    proxy: NotRequired[bool]
    authorisation: NotRequired[str]
    note: NotRequired[str]  # 常务副总经理; 出厂; …
    countersign: NotRequired[Countersign]


class Frame(TypedDict):
    """Common to all papers: who issues, which number, which form, who prepared."""

    company: Company
    number: str
    version: int
    form: str  # form code, e.g. GD-F-01
    layout: int  # number of the layout
    prepared_by: str
    prepared_at: Moment
    signatures: list[Signature]
