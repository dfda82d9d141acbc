"""Facts the orders floor announces, questions it asks, contributions it invites (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orders.models import Order
    from orders.services.changing import Changes
    from parties.models import User


# --- facts ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class OrderAccepted:
    """主任已受理：可以组织评审了（第六条、第十五条）。"""

    order_id: int


@dataclass(frozen=True)
class OrderRejected:
    """业务单已拒绝：未结的评审随之关闭（第六条）。"""

    order_id: int
    actor: User
    reason: str


@dataclass(frozen=True)
class OrderCancelled:
    """业务单已取消：评审关闭、通知单作废（第二十二条）。"""

    order_id: int
    actor: User
    reason: str


@dataclass(frozen=True)
class OrderVersionKept:
    """业务单的一版存下了：照旧版出的单据不再有效（B1b）。"""

    order_id: int
    version: int
    actor: User


# --- questions: a higher floor may object -----------------------------------------------------------------------------
@dataclass(frozen=True)
class MayAgreeAsReviewed:
    """可以按评审结果做吗？（业务单在评审以后没有改过，A20.6）"""

    order: Order


@dataclass(frozen=True)
class MayIssue:
    """可以下单吗？（D1、C3b：种类选项）"""

    order: Order


@dataclass(frozen=True)
class MayStartProduction:
    """可以投产吗？（制造部已签收通知单，定金已到）"""

    order: Order


@dataclass(frozen=True)
class MayFinishProduction:
    """生产完成了吗？（每行检验合格数量够了）"""

    order: Order


@dataclass(frozen=True)
class MayFinishShipping:
    """发完了吗？（每行净发货在容差内）"""

    order: Order


@dataclass(frozen=True)
class MayComplete:
    """可以结案吗？（没有未开票、未收款、未补签、未收回的作废通知单）"""

    order: Order


@dataclass(frozen=True)
class MayCancel:
    """可以取消吗？（没有净发货，外协已停）"""

    order: Order


@dataclass(frozen=True)
class MayApplyChange:
    """可以照这样改吗？（数量不少于净发货，关闭的行没有还在外面的活）"""

    order: Order
    changes: Changes


# --- contributions: higher floors add to the pages of this one --------------------------------------------------------
@dataclass(frozen=True)
class Shipped:
    """一行净发了多少、按发货的价值多少（A62）。"""

    quantity: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)


@dataclass(frozen=True)
class ShippedOf:
    """What was shipped of these lines, net. Answer: {line_id: Shipped}, one query; what is absent never left."""

    line_ids: tuple[int, ...]


@dataclass(frozen=True)
class OrderFigures:
    """Figures of many orders at once. Answer: {order_id: {"shipping_status": …, …}}, one query per floor.

    Keys: shipping_status, invoicing_status, collection_status (none | partial | full), at_risk (str, empty = no risk),
    passed_lines, shipped_lines (counts), uninvoiced, receivable (Decimal), latest_visit (text).
    """

    order_ids: tuple[int, ...]
    words: bool = True  # False where only the API's statuses are wanted, not sentences for a page


@dataclass(frozen=True)
class ReviewedDate:
    """The delivery date that the last review came to. Answer: a date, or None."""

    order_id: int


@dataclass(frozen=True)
class OrderTabs:
    """Tabs of one order's page. Answer: list of `OrderTab`."""

    order: Order
    user: User


@dataclass(frozen=True)
class OrderTab:
    """One tab: its key in the URL, its name, a small count, the template that shows it and what that needs."""

    key: str
    name: str
    count: str
    template: str
    context: Mapping[str, Any]
    place: int


@dataclass(frozen=True)
class OrderSteps:
    """What stands under each step of the stepper. Answer: {step: words};

    steps are review, issue, production, shipping, collection.
    """

    order: Order


@dataclass(frozen=True)
class OrderActs:
    """Acts of higher floors that an order's page offers (组织评审, 登记巡查 …): list of `OrderAct`."""

    order: Order
    user: User


@dataclass(frozen=True)
class OrderAct:
    """A link or button: where to, its words, how urgent (lowest is the page's one filled button), what is missing."""

    name: str
    label: str
    url: str
    urgency: int = 50
    refusals: tuple[Any, ...] = ()


@dataclass(frozen=True)
class OrderChains:
    """Log chains beside the order's own whose rows belong on its timeline. Answer: list of chain names."""

    order_id: int


@dataclass(frozen=True)
class OrderFilters:
    """Quick filters of higher floors for the list (有风险, 待开票, 收款逾期). Answer: list of `OrderFilter`."""

    user: User


@dataclass(frozen=True)
class OrderFilter:
    """One quick filter: its key in the URL, its chip, how it narrows the orders."""

    key: str
    label: str
    narrow: Callable[[Any], Any]


@dataclass(frozen=True)
class ChangeImpact:
    """What a change touches, before anybody signs it. Answer: list of `Impact`."""

    order: Order
    changes: Changes


@dataclass(frozen=True)
class Impact:
    """One consequence: a sentence, how grave it is, where it is seen; `money` is for those who may see money.

    grade: stop (nothing takes effect before it is settled), loss (already spent), do (somebody has to follow up).
    """

    words: str
    grade: str
    url: str = ""
    money: bool = False
