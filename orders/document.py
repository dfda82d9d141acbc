"""The page of one order: buttons, figures, tabs, timeline, each asked of the floors once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import OrderAct, OrderActs, OrderTab, OrderTabs
from orders.kind_papers import PRODUCTION, papers_missing, wanted_papers
from orders.models import Basis, GateException, Instruction, Order, Quotation, State
from orders.models.contract import CURRENT
from orders.releasing import release_of
from orders.rights import answers_instruction, leads, works
from orders.selectors import figures, reason_for, timeline
from orders.services.contract import WHILE
from orders.services.intake import EDITABLE
from papers.models import Attachment
from papers.services import attachments_of
from parties.models import User
from parties.roles import Role
from workflow import clock
from workflow.events import collect
from workflow.machine import offers
from workflow.models import TransitionLog
from workflow.shown import Entry, Figure, told
from workflow.templatetags.wording import day, distance, money, quantity, urgency
from workflow.views import Button, buttons

# Free moves in the order in which they are the thing to do now; acts of the higher floors bring their own urgency.
FIRST = (
    "accept",
    "submit",
    "start_production",
    "finish_production",
    "finish_shipping",
    "complete",
    "agree_as_reviewed",
)
MOVE_URGENCY = 40
CALLS_BELOW = 45  # an act from here on is offered, but nothing says that it should be done now
ASIDE = frozenset({"withdraw", "discard", "reject", "cancel", "reopen_review"})
SIGNED = frozenset(
    {"accept", "sign", "sign_notice", "conclude_pass", "issue_notice", "countersign", "grant", "complete"}
)
OPENS = {"agree_as_reviewed": "ask-agree", "return_to_coordinator": "ask-return"}  # dialogs that ask more than a reason
SIDE_ENTRIES = 12
STATUS_WORDS = {"none": "—", "partial": "部分", "full": "全部"}


@dataclass(frozen=True)
class Acts:
    """The buttons in the head, and those folded away."""

    head: list[Button]
    aside: list[Button]


def acts_of(order: Order, user: User) -> Acts:
    """Every move and act that this person has here; one of them is filled."""
    address = reverse("orders:detail", args=[order.number])
    confirm = {"discard": _("作废以后这张草稿不能再用，确定吗？"), "complete": _("结案以后业务单不再跟进，确定吗？")}
    if lacking := preparation_lacking(order):
        words = _("投产前要齐的资料还缺%(papers)s。缺着投产会记在单上，确定吗？")
        confirm["start_production"] = words % {"papers": "、".join(lacking)}
    moves = buttons(offers(order, user), address, primary=FIRST, confirm=confirm)
    moves = [replace(move, opens=OPENS.get(move.name, "")) for move in moves]
    added = [act for answer in collect(OrderActs(order, user)) for act in answer]
    head = [move for move in moves if move.name not in ASIDE]
    links = [_link(act) for act in sorted(added, key=lambda act: -act.urgency)]
    return Acts(_one_filled(head, added, links), [move for move in moves if move.name in ASIDE])


def preparation_lacking(order: Order) -> list[str]:
    """下了单、还没有投产：投产前要齐的资料里缺的（D6）。"""
    return papers_missing(order, PRODUCTION) if order.state == State.ISSUED else []


def _link(act: OrderAct) -> Button:
    return Button(act.name, act.label, act.url, "", tuple(act.refusals), needs_reason=False, link=True)


def _one_filled(moves: list[Button], acts: Iterable[OrderAct], links: list[Button]) -> list[Button]:
    """One filled button a page: the most urgent act, unless a free move comes before it."""
    free = [act for act in acts if not act.refusals and act.urgency < CALLS_BELOW]
    first = min(free, key=lambda act: act.urgency, default=None)
    move = next((one for one in moves if one.primary), None)
    if first is not None and (move is None or first.urgency < MOVE_URGENCY):
        moves = [replace(one, primary=False) for one in moves]
        links = [replace(one, primary=one.name == first.name) for one in links]
    return sorted([*links, *moves], key=lambda button: button.primary)


def strip(order: Order, user: User) -> list[Figure]:
    """The figures under the head; money only for those who may see it."""
    known = figures([order])[order.pk]
    return list(_figures(order, known, sees_money=user.may("orders.view_money")))


def _figures(order: Order, known: Mapping[str, Any], *, sees_money: bool) -> Iterator[Figure]:
    due = order.delivery_date
    fixed = _("评审定 %(day)s") % {"day": day(order.promised_date)} if order.promised_date else _("客户要求")
    left = "" if order.ended or order.state == State.COLLECTING else distance(due)
    late = "late" if known["at_risk"] or (left and urgency(due) == "t-late") else ""
    yield Figure(_("约定交期"), day(due), left, note=known["at_risk"] or fixed, tone=late)
    total = len(order.goods_now)
    if sees_money:
        tax = _("含税 %(rate)s%%，%(n)d 行") % {"rate": quantity(order.tax_rate * 100), "n": total}
        yield Figure(_("订货金额"), money(order.amount), prefix="¥", note=tax)
    for key, label in (("passed_lines", _("检验合格")), ("shipped_lines", _("已发货"))):
        if key in known:
            yield Figure(label, str(known[key] or 0), _("／%(n)d 行") % {"n": total})
    if sees_money:
        yield from _money_figures(known)


def _money_figures(known: Mapping[str, Any]) -> Iterator[Figure]:
    invoiced = str(_(STATUS_WORDS[known["invoicing_status"]]))
    collected = str(_(STATUS_WORDS[known["collection_status"]]))
    if "uninvoiced" in known:
        yield Figure(_("未开票"), money(known["uninvoiced"]), prefix="¥", note=_("已开票：%s") % invoiced)
    if "receivable" in known:
        yield Figure(_("应收"), money(known["receivable"]), prefix="¥", note=_("已收款：%s") % collected)


def tabs_of(order: Order, user: User) -> list[OrderTab]:
    """内容、文件、时间线，和各章加进来的。"""
    files = attachments_of(order)
    wanted = wanted_papers(order, files)
    missing = sum(paper.missing for paper in wanted) if not order.ended else 0
    filed = _("%(n)d，缺 %(missing)d") % {"n": len(files), "missing": missing} if missing else str(len(files) or "")
    shown = {"files": files, "wanted": wanted}
    own = [
        OrderTab(
            "content", _("内容"), str(len(order.lines_now)), "orders/_content.html", content(order, user, files), 0
        ),
        OrderTab("files", _("文件"), filed, "orders/_files.html", shown, 90),
        OrderTab("timeline", _("时间线"), "", "orders/_timeline.html", {}, 100),
    ]
    if user.may("orders.view_money"):
        own.append(contracts_tab(order, user))
    added = [tab for answer in collect(OrderTabs(order, user)) for tab in answer]
    return sorted([*own, *added], key=lambda tab: tab.place)


def contracts_tab(order: Order, user: User) -> OrderTab:
    """报价合同：从哪张报价来，合同、确认书发没发、签没签回（B1、B1b）。"""
    contracts = list(order.contracts.order_by("-id"))
    current = any(contract.state in CURRENT for contract in contracts)
    may = order.state in WHILE and not current and user.may("orders.contract") and works(order, user)
    quoted = Quotation.objects.visible_to(user).filter(order=order).order_by("-id").first()
    context = {"contracts": contracts, "quotation": quoted, "may_contract": may}
    return OrderTab("contracts", _("报价合同"), str(len(contracts) or ""), "orders/_tab_contracts.html", context, 5)


def content(order: Order, user: User, files: Iterable[Attachment]) -> dict[str, Any]:
    """What the tab 内容 needs."""
    instructions = list(order.instructions.select_related("asked_by", "answered_by"))
    for instruction in instructions:
        instruction.order = order
    asked = any(one.state == Instruction.State.ASKED for one in instructions)
    mine = works(order, user)
    unwritten = order.basis == Basis.NONE and order.state == State.DRAFT
    nonconformities = list(order.nonconformities.select_related("raised_by", "noted_by").order_by("-pk"))
    return {
        "nonconformities": nonconformities,
        "may_amend": mine and user.may("orders.raise_nonconformity"),
        "may_note": user.may("orders.note_nonconformity") and leads(order, user),
        "now": clock.now(),
        "may_attach": mine and user.may("orders.edit"),
        "basis_files": [file for file in files if file.kind in {"basis", "original"}],
        "instructions": [(one, _may_answer(one, user)) for one in instructions],
        "may_ask": mine and user.may("orders.ask_instruction") and unwritten and not asked,
        "may_register": mine and user.may("orders.register_original") and order.original_pending,
        "gates": _gates(order) if user.may("orders.authorise_exception") else [],
        "may_over": user.may("orders.authorise_over") and not order.ended,
        "exceptions": order.gate_exceptions.select_related("by"),
        "release": release_of(order, user),
        "breaks_down": order.state in EDITABLE and mine and user.may("orders.edit"),
    }


def _gates(order: Order) -> list[tuple[str, str]]:
    """The gates that a director may still open: after completion that of returns alone (C5)."""
    if order.state == State.COMPLETED:
        return [(GateException.Gate.RETURNS.value, str(GateException.Gate.RETURNS.label))]
    return [] if order.ended else [(str(value), str(label)) for value, label in GateException.Gate.choices]


def _may_answer(instruction: Instruction, user: User) -> bool:
    open_one = instruction.state == Instruction.State.ASKED
    return open_one and user.may("orders.answer_instruction") and answers_instruction(instruction, user)


def ending(order: Order) -> TransitionLog | None:
    """拒绝或取消的那一步：谁、何时、为什么（A6.1c、A6.1f）。"""
    if order.state not in {State.REJECTED, State.CANCELLED}:
        return None
    rows = TransitionLog.objects.filter(subject_type=order._meta.db_table, subject_id=order.pk, target=order.state)
    last: TransitionLog | None = rows.select_related("actor").order_by("-id").first()
    return last


def history(order: Order, user: User, limit: int) -> list[Entry]:
    """What happened, newest first; the same person's edits in a row are one line."""
    rows = timeline(order, limit).select_related("actor")
    entries: list[Entry] = []
    before: TransitionLog | None = None
    for row in rows:
        if before and _same_act(row, before):
            continue
        entries.append(_entry(row, reason_for(row, user)))
        before = row
    return sorted([*entries, *_filed(order, limit)], key=lambda entry: entry.at, reverse=True)[:limit]


def _filed(order: Order, limit: int) -> Iterator[Entry]:
    """Files are part of what happened (B8)."""
    for file in attachments_of(order)[:limit]:
        words = _("%(name)s归档 %(file)s") % {"name": file.uploaded_by_name, "file": file.name}
        yield Entry(file.at, words, url=reverse("papers:attachment", args=[file.pk]))


def _same_act(row: TransitionLog, before: TransitionLog) -> bool:
    """Edits of one person in a row, and one act on several parts (送评审 to four departments), are told once."""
    if row.actor_id != before.actor_id or row.move != before.move:
        return False
    return row.move == "edit" or (row.xid == before.xid and row.label == before.label)


def _entry(row: TransitionLog, reason: str) -> Entry:
    by_system = row.actor.role == Role.MACHINE
    kind = "sys" if by_system else "sign" if row.move in SIGNED else ""
    return Entry(row.at, told(row, reason), kind)
