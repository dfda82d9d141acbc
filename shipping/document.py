"""The page of one delivery: steps, buttons, what dispatch still waits for, papers, timeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.services import attachments_of, papers_of
from parties.models import User
from samples.models import GatePass
from samples.services import goods_passes
from samples.views.passes import pass_buttons
from shipping import guards
from shipping.events import MayDispatch
from shipping.models import Delivery
from shipping.models.delivery import State
from shipping.rights import works_all
from workflow.events import ask
from workflow.guards import Guard, Refusal
from workflow.machine import offers
from workflow.models import TransitionLog
from workflow.shown import Entry, Step, told
from workflow.templatetags.wording import day
from workflow.views import Button, buttons

TWICE = 2
NOT_GONE = (State.DRAFT, State.NOTIFIED)
PAGES = frozenset({"dispatch", "deliver"})
FIRST = ("notify_warehouse", "dispatch", "deliver")
CONDITIONS: tuple[tuple[Guard, Any], ...] = (
    (guards.orders_can_ship, gettext_lazy("业务单在生产跟进或发货中")),
    (guards.notices_stand, gettext_lazy("照现行的业务通知单开")),
    (guards.arrival_is_confirmed, gettext_lazy("到货日期确认了两次")),
    (guards.goods_are_in_store, gettext_lazy("货已检验合格，在成品库")),
    (guards.within_what_was_ordered, gettext_lazy("不超过订货数量和溢装")),
    (guards.replacements_fit, gettext_lazy("补的不超过退回的")),
    (guards.papers_are_enclosed, gettext_lazy("随货资料齐了")),
    (guards.pass_is_approved, gettext_lazy("放行条批了")),
)


@dataclass(frozen=True)
class Condition:
    """One thing the dispatch waits for: fulfilled, or each sentence that is missing."""

    words: str
    refusals: tuple[Refusal, ...]


def steps(delivery: Delivery) -> list[Step]:
    """开单、两次确认、通知仓库、发出、签收。"""
    told = len(_same_day(delivery))
    arrival = _("说好 %(day)s 到") % {"day": day(delivery.arrival_date)} if delivery.arrival_date else ""
    done = {
        _("开单"): (True, f"{day(delivery.created_at)} {delivery.coordinator}"),
        _("第一次确认"): (told >= 1, arrival),
        _("第二次确认"): (told >= TWICE, arrival if told >= TWICE else ""),
        _("通知仓库"): (delivery.notified_at is not None, day(delivery.notified_at) if delivery.notified_at else ""),
        _("发出"): (delivery.dispatched_on is not None, day(delivery.dispatched_on) if delivery.dispatched_on else ""),
        _("签收"): (delivery.signed_on is not None, f"{day(delivery.signed_on)} {delivery.signed_by}".strip("— ")),
    }
    return list(_stepped(done, stopped=delivery.state == State.CANCELLED))


def _stepped(done: dict[str, tuple[bool, str]], *, stopped: bool) -> Iterator[Step]:
    here = next((word for word, (is_done, _note) in done.items() if not is_done), "")
    for word, (is_done, note) in done.items():
        now = "stop" if stopped else "now"
        yield Step(word, note, "done" if is_done else now if word == here else "")


def _same_day(delivery: Delivery) -> list[Any]:
    """The confirmations at the end that name one and the same day."""
    told = delivery.confirmations_now[-TWICE:]
    return [one for one in told if one.arrival_date == told[-1].arrival_date]


def acts(delivery: Delivery, user: User) -> list[Button]:
    """What this person may do here; one of it is filled."""
    base = reverse("shipping:detail", args=[delivery.number])
    confirm = {"cancel": _("这张送货单取消以后不能再用，确定吗？")}
    found = buttons(offers(delivery, user), base, primary=FIRST, confirm=confirm)
    found = [replace(one, link=True, refusals=()) if one.name in PAGES else one for one in found]
    found = [replace(one, primary=True) if one.name in PAGES else one for one in found]
    if may_confirm(delivery, user):
        lacking = len(_same_day(delivery)) < TWICE
        if lacking:
            found = [replace(one, primary=False) for one in found]
        button = Button(
            "confirm", _("登记到货确认"), "#confirm", "", (), needs_reason=False, link=True, primary=lacking
        )
        found.append(button)
    if may_ask_pass(delivery, user):
        ask_pass = Button("ask-pass", _("申请放行"), f"{base}ask-pass/", "C类 客供料", (), needs_reason=False)
        found.append(ask_pass)
    return sorted(found, key=lambda one: (one.primary, one.name != "cancel"))


def may_ask_pass(delivery: Delivery, user: User) -> bool:
    """Whether a refused pass may be asked for again."""
    if delivery.state != State.NOTIFIED or not guards.needs_pass(delivery):
        return False
    mine = user.may("shipping.notify_warehouse") and works_all(delivery, user)
    return mine and not goods_passes(delivery.about).filter(state__in=("asked", "approved")).exists()


def _passes(delivery: Delivery, user: User) -> list[tuple[GatePass, list[Button]]]:
    """The gate passes of this delivery, and what this person may do with each."""
    if not guards.needs_pass(delivery):
        return []
    return [(one, pass_buttons(one, None, user)) for one in goods_passes(delivery.about)]


def may_confirm(delivery: Delivery, user: User) -> bool:
    """Whether this person may enter a confirmation now."""
    return delivery.state in NOT_GONE and user.may("shipping.confirm_arrival") and works_all(delivery, user)


def conditions(delivery: Delivery, user: User) -> list[Condition]:
    """发出以前要齐的，逐条：齐了，或还差什么、这个人到哪里补。"""
    cures = _cures(delivery, user)
    found = [Condition(str(words), _with(cures, one.refusals(delivery))) for one, words in _asked(delivery)]
    money = _with(cures, tuple(ask(MayDispatch(delivery))))
    waived = _("款项由总监放行") if delivery.waived else _("款项过关")
    return [*found, Condition(waived, money)]


def _asked(delivery: Delivery) -> Iterator[tuple[Guard, Any]]:
    for one, words in CONDITIONS:
        if one is guards.replacements_fit and not any(line.replaces_id for line in delivery.lines_now):
            continue
        if one is guards.pass_is_approved and not guards.needs_pass(delivery):
            continue
        if one is guards.papers_are_enclosed and not delivery.customer.accompanying_papers:
            continue
        yield one, words


def _cures(delivery: Delivery, user: User) -> dict[str, str]:
    """The page on which this person mends what a row of the regulation asks for."""
    cures = {"A51": f"{reverse('orders:detail', args=[delivery.orders_now[0].number])}?tab=follow"}
    if may_confirm(delivery, user):
        cures["A52"] = f"{reverse('shipping:detail', args=[delivery.number])}#confirm"
    return cures


def _with(cures: dict[str, str], refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    return tuple(replace(one, cure=one.cure or cures.get(one.rule, "")) for one in refusals)


def _conditions(delivery: Delivery, user: User, *, waiting: bool) -> dict[str, Any]:
    found = conditions(delivery, user) if waiting else []
    met = [one.words for one in found if not one.refusals]
    return {"conditions": found, "met": met, "lacking": len(found) - len(met)}


def history(delivery: Delivery) -> list[Entry]:
    """What happened to this delivery, newest first."""
    rows = TransitionLog.objects.filter(subject_type="shipping_delivery", subject_id=delivery.pk).order_by("-version")
    signs = {"dispatch", "deliver", "notify_warehouse"}
    return [Entry(row.at, _told(row), "sign" if row.move in signs else "") for row in rows]


def _told(row: TransitionLog) -> str:
    """李晓雯确认到货日期：2026-11-23，刘婷，电话。"""
    data = json.loads(row.data_text) if row.data_text else {}
    said = [data[key] for key in ("arrival_date", "with", "how", "waybill", "signed_by") if data.get(key)]
    return told(row, "，".join([*said, row.reason] if row.reason else said))


def page(delivery: Delivery, user: User) -> dict[str, Any]:
    """Everything the page shows."""
    waiting = delivery.state in NOT_GONE
    return {
        "delivery": delivery,
        "steps": steps(delivery),
        "offers": acts(delivery, user),
        "version": delivery.revision,
        **_conditions(delivery, user, waiting=waiting),
        "standings": [(line, delivery.standings[line.order_line_id]) for line in delivery.lines_now],
        "may_confirm": may_confirm(delivery, user),
        "may_waive": waiting and user.may("shipping.authorise_exception"),
        "may_return": not waiting and user.may("shipping.register_return") and works_all(delivery, user),
        "exceptions": list(delivery.exceptions.select_related("by").order_by("pk")),
        "passes": _passes(delivery, user),
        "returns": list(delivery.returns.order_by("-pk").prefetch_related("lines__order_line")),
        "papers": papers_of(delivery),
        "files": attachments_of(delivery),
        "timeline": history(delivery),
    }
