"""The papers this house issues: title, form, template, and whether they show money."""

from dataclasses import dataclass

from papers import shapes


@dataclass(frozen=True)
class Kind:
    """一种单据：名称、依据、版面、内容形状；money 为列金额者，plain 为可另印不列金额的一面。"""

    code: str
    title: str
    subtitle: str
    form: str
    layout: int
    template: str
    shape: type
    money: bool = False
    plain: bool = True
    void_words: str = "不得据此生产、报工、发货。"  # what nobody may do by a void one

    @property
    def faces(self) -> tuple[bool, ...]:
        """Which faces are printed: without money, with money, or both."""
        if not self.money:
            return (False,)
        return (True, False) if self.plain else (True,)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a paper; a chapter may bring its own from its apps' start."""
    KINDS[kind.code] = kind
    return kind


NOTICE = register(
    Kind(
        code="notice",
        title="业务通知单",
        subtitle="附件1 · 第二十条",
        form="GD-F-01",
        layout=1,
        template="reviews/pdf/notice.html",
        shape=shapes.NoticeSnapshot,
    )
)
REVIEW = register(
    Kind(
        code="review",
        title="客户订单评审表",
        subtitle="附件2 · 第十五条至第二十一条",
        form="GD-F-02",
        layout=1,
        template="reviews/pdf/review.html",
        shape=shapes.ReviewSnapshot,
        money=True,
    )
)
REVIEW_PART = register(
    Kind(
        code="review_part",
        title="客户订单评审表",
        subtitle="附件2 · 部门执行部分　第六条",
        form="GD-F-02",
        layout=1,
        template="reviews/pdf/review.html",
        shape=shapes.ReviewSnapshot,
    )
)
DISPATCH_NOTICE = register(
    Kind(
        code="dispatch_notice",
        title="发货通知单",
        subtitle="第五章 成品发运",
        form="GD-F-10",
        layout=1,
        template="shipping/pdf/dispatch_notice.html",
        shape=shapes.DispatchNoticeSnapshot,
    )
)
DELIVERY = register(
    Kind(
        code="delivery",
        title="送货单",
        subtitle="五联：客户 · 仓库存根 · 财务 · 业务 · 收款",
        form="GD-F-11",
        layout=1,
        template="shipping/pdf/delivery.html",
        shape=shapes.DeliverySnapshot,
        money=True,
    )
)
QUOTATION = register(
    Kind(
        code="quotation",
        title="报价单",
        subtitle="送出即定，更改另出新版",
        form="GD-F-20",
        layout=1,
        template="orders/pdf/quotation.html",
        shape=shapes.QuotationSnapshot,
        money=True,
        plain=False,
        void_words="所列价格不再有效。",
    )
)
CONFIRMATION = register(
    Kind(
        code="confirmation",
        title="订单确认书",
        subtitle="请签字盖章回传一份",
        form="GD-F-21",
        layout=1,
        template="orders/pdf/contract.html",
        shape=shapes.ContractSnapshot,
        money=True,
        plain=False,
        void_words="所列内容不再有效。",
    )
)
CONTRACT = register(
    Kind(
        code="contract",
        title="销售合同",
        subtitle="一式两份，双方各执一份",
        form="GD-F-22",
        layout=1,
        template="orders/pdf/contract.html",
        shape=shapes.ContractSnapshot,
        money=True,
        plain=False,
        void_words="所列内容不再有效。",
    )
)
LEDGER = register(
    Kind(
        code="ledger",
        title="发出商品台账",
        subtitle="附件5 · 第六章　只增不改，更正另记一行",
        form="GD-F-05",
        layout=1,
        template="ledger/pdf/ledger.html",
        shape=shapes.LedgerSnapshot,
        money=True,
        plain=False,
    )
)
LOAN_SLIP = register(
    Kind(
        code="loan_slip",
        title="标样领用单",
        subtitle="第六条　用完交回营销中心",
        form="GD-F-21",
        layout=1,
        template="samples/pdf/loan_slip.html",
        shape=shapes.LoanSlipSnapshot,
    )
)
DISPATCH_SLIP = register(
    Kind(
        code="dispatch_slip",
        title="样品寄送单",
        subtitle="第五章 寄样　看过请答复",
        form="GD-F-22",
        layout=1,
        template="samples/pdf/dispatch_slip.html",
        shape=shapes.DispatchSlipSnapshot,
    )
)
REVIEW_MINUTES = register(
    Kind(
        code="review_minutes",
        title="评审会议纪要",
        subtitle="第十九条、第二十条　集中式评审",
        form="GD-F-07",
        layout=1,
        template="reviews/pdf/minutes.html",
        shape=shapes.MinutesSnapshot,
    )
)
