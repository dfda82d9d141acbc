"""销售合同、订单确认书：出、发、签回、作废（B1b）。"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order, OrderContract, State
from orders.papers import file_contract
from orders.rights import works
from papers.models import Attachment, Paper
from papers.services import void_paper
from parties.models import User
from workflow import clock
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, perform, together

ARTICLE = "B类 合同"
WHILE = (
    State.ACCEPTED, State.REVIEWING, State.NEGOTIATING, State.AGREED, State.ISSUED, State.PRODUCING, State.SHIPPING,
    State.COLLECTING,
)  # fmt: skip
REVIEWED_LATER = (State.ACCEPTED, State.REVIEWING, State.NEGOTIATING)


@together
def make_contract(
    order: Order, *, actor: User, form: str = OrderContract.Form.CONFIRMATION, terms: str = ""
) -> OrderContract:
    """照业务单现在这一版出合同或确认书，取号、归档 PDF，等发给客户（B类 合同）。"""
    order = locked(order)
    if not (actor.may("orders.contract") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能出合同"))
    if order.state not in WHILE:
        raise WrongState(
            _("业务单现在是「%(state)s」，受理以后、结案以前才出合同") % {"state": order.get_state_display()}
        )
    if order.state in REVIEWED_LATER and any(kind.turned_on("review_before_contract") for kind in order.kinds):
        raise Blocked([Refusal(_("这个种类先评审通过，再出合同"), "E类 合同评审", "E3")])
    if form not in OrderContract.Form.values:
        raise ValidationError({"form": _("没有「%(form)s」这种合同") % {"form": form[:20]}})
    if current := order.contracts.current().first():
        raise WrongState(_("%(number)s 还有效，作废以后才能重出") % {"number": current.number})
    contract = OrderContract(order=order, order_version=order.version, form=form, terms=terms.strip(), made_by=actor)
    contract.take_number()
    label = _("出%(form)s") % {"form": contract.get_form_display()}
    begin(contract, actor=actor, label=label, article=ARTICLE, rule="B1b", data={"number": contract.number})
    file_contract(contract, actor=actor)
    return contract


def send_contract(contract: OrderContract, *, to: str, how: str, actor: User) -> OrderContract:
    """发给客户：何时、给谁、怎么发的；从此催到签回（B类 合同）。"""
    given = {"to": (to, _("请填发给谁")), "how": (how, _("请填怎么发的"))}
    if errors := {name: words for name, (value, words) in given.items() if not value.strip()}:
        raise ValidationError(errors)
    return perform(contract, "send", actor=actor, to=to.strip(), how=how.strip(), data={"to": to, "how": how})


def sign_back(contract: OrderContract, *, signed_on: dt.date, scan: Attachment | None, actor: User) -> OrderContract:
    """客户签回：登记日期，扫描件归档（B类 合同）。"""
    if scan is None or scan.about != contract.about:
        raise ValidationError({"file": _("请附上签回件的扫描或照片")})
    sent = clock.day_of(contract.sent_at) if contract.sent_at else clock.today()
    if not sent <= signed_on <= clock.today():
        raise ValidationError({"signed_on": _("签回日期要在发出那天以后、今天以前")})
    return perform(contract, "sign_back", actor=actor, signed_on=signed_on, scan=scan, data={"on": signed_on})


@together
def void_contract(contract: OrderContract, reason: str, *, actor: User) -> OrderContract:
    """没有签回的作废，可以重出（B类 合同）。"""
    contract = perform(contract, "void", actor=actor, reason=reason)
    return _void_paper(contract, reason.strip(), actor)


def supersede_contracts(order_id: int, version: int, *, actor: User) -> None:
    """业务单有了新版：照旧版出的合同不再有效（B类 合同）。"""
    rows = OrderContract.objects.filter(order=order_id, order_version__lt=version).current()
    for contract in rows.select_related("order"):
        successor = _("%(number)s 第 %(n)s 版") % {"number": contract.order.number, "n": version}
        _void_paper(perform(contract, "supersede", actor=actor), str(_("订单已改")), actor, successor)


def drop_contracts(order_id: int, reason: str, *, actor: User) -> None:
    """业务单取消或拒绝：合同随之作废（B类 合同）。"""
    for contract in OrderContract.objects.filter(order=order_id).current():
        _void_paper(perform(contract, "fall", actor=actor, reason=reason), reason.strip() or _("业务单取消"), actor)


def _void_paper(contract: OrderContract, reason: str, actor: User, successor: str = "") -> OrderContract:
    for paper in Paper.objects.of(contract.about).current():
        void_paper(paper, reason=reason[:300], actor=actor, successor=successor[:30])
    return contract
