"""What a review asks (第十八条): the six points, the optional cost, how a kind words them and what it adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from orders.kinds import KindRules


@dataclass(frozen=True)
class Point:
    """评审的一项：代码（接口值）、名称、看什么。"""

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

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
TAKEN = {*EVERY_CODE, "verdict", "planned_date", "comment", "seen"}


def may_be_added(code: str) -> bool:
    """Whether a point of a kind's own may have this code: it stands beside the others in the form and in the API."""
    return CODE.fullmatch(code) is not None and code not in TAKEN and not code.endswith("_remark")


def own_points(kinds: Iterable[KindRules], *, asks_cost: bool) -> list[dict[str, str]]:
    """这些种类要问的各项，写定在一轮评审里（第十八条）；都没有自己的说法，就是空的，照六项问。

    The order's own kind words first; what each kind adds is asked once, in the order of the kinds.
    """
    words: dict[str, Any] = {}
    added: dict[str, dict[str, str]] = {}
    for kind in kinds:
        words = {**kind.point_words, **words}
        added = {**{row["code"]: dict(row) for row in kind.points}, **added}
    if not words and not added:
        return []
    usual = (*POINTS, COST) if asks_cost else POINTS
    return [_worded(point, words.get(point.code) or {}) for point in usual] + list(added.values())


def _worded(point: Point, own: dict[str, str]) -> dict[str, str]:
    said = {key: str(value) for key, value in asdict(point).items()}
    return said | {key: value for key, value in own.items() if value}
