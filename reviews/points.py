"""What a round asks (第十八条), and what each department answers for (第十七条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from orders.review_points import CODES, COST, EVERY_CODE, POINTS, TITLES, Point
from parties.roles import Function

if TYPE_CHECKING:
    from reviews.models import Round

__all__ = ["CODES", "COST", "EVERY_CODE", "POINTS", "TITLES", "Point", "codes_of", "of"]


def of(review: Round) -> tuple[Point, ...]:
    """这一轮要答的各项：写定在这一轮里的，没有就是六项，种类要求时加上成本（第十八条）。"""
    if review.points:
        return tuple(Point(**row) for row in review.points)
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
