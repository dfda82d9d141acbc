"""我的一天、待办、全局搜索。"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders.models import Order
from orders.selectors import visible_orders
from orders.waiting import to_answer
from parties.http import StaffRequest
from parties.models import Customer
from reports import home as day
from reports.context import address
from workflow import clock
from workflow.calendar import Slot, slot_of
from workflow.duties import waiting_for
from workflow.finding import Find, Found, found_by
from workflow.forms import clean_words

FOUND, EACH = 20, 5
MOST_RISKS = 6


@login_required
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """我的一天：等着这个人的事，按紧急程度（第六条）。"""
    now, user = clock.now(), request.user
    dues = waiting_for(user, now)
    bands, further = day.bands(dues, now)
    orders = Order.objects.visible_to(user)
    risks = day.risks(orders)
    rounds = day.rounds(user, now)
    context = {
        "now": timezone.localtime(now),
        "week": timezone.localtime(now).isocalendar().week,
        "weekday": day.WEEKDAYS[timezone.localtime(now).weekday()],
        "bands": bands,
        "further": further,
        "total": len(dues),
        "figures": day.strip(user, orders, len(risks), now) if user.may("orders.view") else [],
        "risks": risks[:MOST_RISKS],
        "rounds": rounds,
        "now_to_do": _now_to_do(rounds, dues, slot_of(now)),
        "may_create": user.may("orders.create"),
        "asked": [(one, True) for one in to_answer(user)],
    }
    return render(request, "reports/home.html", context)


def _now_to_do(rounds: list[day.Round], dues: list[Any], slot: Slot) -> dict[str, str]:
    """The one filled button: what is late first, then the visits of this half-day, then the next duty."""
    left = day.left_to_visit(rounds, slot) if slot is not Slot.OFF_HOURS else 0
    late = [due for due in dues if due.by < clock.now()]
    visits = address("production:visits")
    if left and visits and not late:
        half = _("上午") if slot is Slot.AM else _("下午")
        return {"url": visits, "label": _("登记%(half)s巡查，还剩 %(n)d 单") % {"half": half, "n": left}}
    if dues:
        first = dues[0]
        return {
            "url": first.url,
            "label": f"{first.button or first.title}：{first.subject.split(' · ')[0]}".rstrip("："),
        }
    return {}


@login_required
@require_GET
def duties(request: StaffRequest) -> HttpResponse:
    """全部待办（第六条）。"""
    now = clock.now()
    dues = waiting_for(request.user, now)
    bands, _further = day.bands(dues, now, far=len(dues))
    return render(request, "reports/duties.html", {"bands": bands, "total": len(dues)})


@login_required
@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """全局搜索：业务单、询盘、报价、合同、通知单、送货单、样品、放行条，按单号、客户、品名或拼音首字母（B8）。"""
    if set(request.GET) - {"q"}:
        raise BadRequest(_("网址里有不认识的条件"))
    try:
        words = clean_words(request.GET.get("q", ""))[:80]
    except ValidationError as error:
        return render(request, "reports/search.html", {"words": "", "problem": error.messages[0]}, status=400)
    orders = list(visible_orders(request.user).searched(words).order_by("-id")[: FOUND + 1]) if words else []
    others = found_by(Find(request.user, words, EACH + 1)) if words else []
    if there := _the_one(words, orders, others):
        return redirect(there)
    customers = _customers(words) if words and request.user.may("parties.view") else []
    shown, more = _shown(others)
    context = {
        "words": words,
        "orders": orders[:FOUND],
        "others": shown,
        "more": more or len(orders) > FOUND,
        "customers": customers,
    }
    return render(request, "reports/search.html", context)


def _the_one(words: str, orders: list[Order], others: list[Found]) -> str:
    """Where to go at once: the only thing found, or the one whose number was typed in full."""
    found = [(one.number, reverse("orders:detail", args=[one.number])) for one in orders]
    found += [(one.number, one.url) for one in others]
    if len(found) == 1:
        return found[0][1]
    return next((url for number, url in found if number == words.strip().upper()), "")


def _shown(others: list[Found]) -> tuple[list[Found], bool]:
    """So many of each kind of document, and whether there were more."""
    kept: list[Found] = []
    counts: Counter[str] = Counter()
    for one in others:
        counts[str(one.kind)] += 1
        if counts[str(one.kind)] <= EACH:
            kept.append(one)
    return kept, len(kept) < len(others)


def _customers(words: str) -> list[Customer]:
    return list(Customer.objects.filter(name__icontains=words)[:5])
