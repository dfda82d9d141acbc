"""What every invented paper has: company, number, hands."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from papers.shapes import Company, Customer, Frame, Signature

ZONE = ZoneInfo("Asia/Shanghai")
COMPANY = Company(name="锦禾印刷纸品有限公司", english_name="JINHE PRINTING & PAPER PRODUCTS CO., LTD.")
CUSTOMER = Customer(name="云岭春茶业有限公司", code="K-0136", grade="A")


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def signed(act: str, role: str, name: str, moment: str, mark: str = "", **more: Any) -> Signature:
    signature = Signature(act=act, role=role, name=name, at=at(moment))
    signature.update(more)  # type: ignore[typeddict-item]
    if mark:
        signature["hash"] = mark
    return signature


def frame(number: str, form: str, moment: str, signatures: list[Any]) -> Frame:
    return Frame(
        company=COMPANY,
        number=number,
        version=1,
        form=form,
        layout=1,
        prepared_by="周雨桐",
        prepared_at=at(moment),
        signatures=signatures,
    )
