"""What every company of this regulation begins with: its departments and its kinds of business (第十七条)."""

from __future__ import annotations

import json
from decimal import Decimal

from django.conf import settings

from orders.models import BusinessKind
from parties.models import Department
from parties.roles import Function

DEPARTMENTS = (
    ("marketing", "营销中心", Function.MARKETING),
    ("engineering", "技术中心", Function.ENGINEERING),
    ("material_control", "物控部", Function.MATERIAL),
    ("printing_manufacturing", "印刷制造部", Function.MANUFACTURING),
    ("printing_quality", "印刷品质部", Function.QUALITY),
    ("paper_manufacturing", "纸品制造部", Function.MANUFACTURING),
    ("paper_quality", "纸品品质部", Function.QUALITY),
    ("planning", "计划部", Function.PLANNING),
    ("purchasing", "采购部", Function.PURCHASING),
    ("hr", "人事部", Function.HR),
    ("finance", "财务部", Function.FINANCE),
    ("warehouse", "成品仓库", Function.WAREHOUSE),
)

# In the order in which they are offered; each is a file in fixtures/kinds/.
KINDS = ("printing", "paper", "garment", "dyeing", "furniture", "foreign_trade", "equipment")


def make_departments() -> dict[str, Department]:
    """The departments by code, still without heads."""
    return {
        code: Department.objects.create(code=code, name=name, function=function) for code, name, function in DEPARTMENTS
    }


def make_kinds() -> None:
    """印刷类与纸品类开着；服装、染整、家具、外贸、设备备着，部门齐了再开（第五条、A5）。"""
    for code in KINDS:
        text = (settings.BASE_DIR / "fixtures" / "kinds" / f"{code}.json").read_text("utf-8")
        given = json.loads(text)
        percents = {name: Decimal(given.pop(name)) for name in ("over_percent", "under_percent")}
        kind = BusinessKind.objects.create(**given, **percents)
        kind.keep(kind.version)
