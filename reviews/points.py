"""The six points of the review (第十八条), and what each department answers for (第十七条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from parties.roles import Function

if TYPE_CHECKING:
    from reviews.models import Round


@dataclass(frozen=True)
class Point:
    """六项评审之一：代码（接口值）、名称、看什么。"""

    code: str
    title: Any
    hint: Any


POINTS = (
    Point("valid", _("订单有效"), _("依据和版本清楚")),
    Point("defined", _("产品要求已明确"), _("规格、材料、工艺、数量")),
    Point("resolved", _("与以前不一致的已解决"), _("对照报价、样品、函件")),
    Point("capable", _("有能力满足"), _("产品、质量、数量、时间")),
    Point("dated", _("完成日期已定"), _("本部门只答自己的日期")),
    Point("lawful", _("符合法规和其他要求"), _("行业法规、客户约定")),
)
COST = Point("cost", _("成本在客户预算内"), _("超出的与客户协商"))
CODES = tuple(point.code for point in POINTS)
EVERY_CODE = (*CODES, COST.code)
TITLES = {point.code: point.title for point in (*POINTS, COST)}


def of(review: Round) -> tuple[Point, ...]:
    """这一轮要答的各项：六项，种类要求时加上成本（第十八条）。"""
    return (*POINTS, COST) if review.asks_cost else POINTS


def codes_of(review: Round) -> tuple[str, ...]:
    """The codes of what this round asks."""
    return tuple(point.code for point in of(review))


ASPECTS = {
    Function.ENGINEERING: _("技术要求、设计时间"),
    Function.MATERIAL: _("物料、供应时间"),
    Function.MANUFACTURING: _("生产时间"),
    Function.QUALITY: _("质量要求、检验时间"),
}
DATE_NAMES = {
    Function.ENGINEERING: _("设计完成日期"),
    Function.MATERIAL: _("物料到齐日期"),
    Function.MANUFACTURING: _("生产完成日期"),
    Function.QUALITY: _("检验完成日期"),
}
STAGES = {
    Function.ENGINEERING: _("设计"),
    Function.MATERIAL: _("物料"),
    Function.MANUFACTURING: _("生产"),
    Function.QUALITY: _("检验"),
}
OTHER_ASPECT = _("本部门事项与时间")
OTHER_DATE = _("计划完成日期")
