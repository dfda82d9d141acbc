"""What every company of this regulation begins with: its departments and its two kinds of business (第十七条)."""

from __future__ import annotations

from decimal import Decimal

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

KINDS = (("printing", "印刷类"), ("paper", "纸品类"))

MILESTONES = {
    "printing": (
        ("design", "设计制版", "engineering", 2),
        ("material", "物料到齐", "material_control", 4),
        ("production", "印刷生产", "printing_manufacturing", 5),
        ("inspection", "检验包装", "printing_quality", 2),
    ),
    "paper": (
        ("design", "结构打样", "engineering", 2),
        ("material", "物料到齐", "material_control", 4),
        ("production", "纸品生产", "paper_manufacturing", 5),
        ("inspection", "检验包装", "paper_quality", 2),
    ),
}


def make_departments() -> dict[str, Department]:
    """The departments by code, still without heads."""
    return {
        code: Department.objects.create(code=code, name=name, function=function) for code, name, function in DEPARTMENTS
    }


def make_kinds() -> None:
    """印刷类与纸品类：由哪些部门评审、抄送，有哪些节点，溢短各多少（第十七条、A5）。"""
    for code, name in KINDS:
        departments = ["engineering", "material_control", f"{code}_manufacturing", f"{code}_quality"]
        BusinessKind.objects.create(
            code=code,
            name=name,
            departments=departments,
            copies=departments,
            milestones=[
                {"code": key, "name": label, "department": department, "days": days}
                for key, label, department, days in MILESTONES[code]
            ],
            required_order=["standard", "packing"],
            required_line=["specification"],
            over_percent=Decimal(3),
            under_percent=Decimal(2),
            options={"buffer_days": 1, "manufacturing": f"{code}_manufacturing"},
        )
