"""Two reviews of the demo that did not go straight: one meets tomorrow, one is talked over with the customer."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from orders import services as orders
from orders.models import Negotiation, Order, State
from orders.services import NegotiationInput
from parties.models import User
from reviews import services
from reviews.services import MeetingInput
from workflow import clock
from workflow.calendar import working_days_after

NINE = dt.time(9, 0)


def make_meetings(people: dict[str, User]) -> None:
    """一张单明天开会评审，一张单正在与客户协商（第十九条、第二十条）。"""
    rows = Order.objects.select_related("coordinator", "team", "business_kind")
    waiting = rows.filter(state=State.ACCEPTED, business_kind__code="printing").order_by("pk").first()
    if waiting is not None:
        _call(waiting, people)
    for order in rows.filter(state=State.NEGOTIATING):
        _talk(order)


def _call(order: Order, people: dict[str, User]) -> None:
    when = timezone.make_aware(dt.datetime.combine(working_days_after(clock.today(), 1), NINE))
    plan = MeetingInput(
        time=when, place="二楼会议室", agenda="特种纸到货日期；烫金与裱糊的先后。", attendees=[people["purchasing"]]
    )
    services.open_round(order, "meeting", actor=people["laowang"], reason="新材料，分散评审说不清。", meeting=plan)


def _talk(order: Order) -> None:
    said = (
        ("采购 姚丽", "电话", "说了评审的日期，她去问销售，明天回话。", Negotiation.Outcome.OPEN),
        ("采购 姚丽", "微信", "可以分两批，第一批按原来的日期，第二批晚两天。", Negotiation.Outcome.DIFFERENT),
    )
    for who, how, words, outcome in said:
        given = NegotiationInput(who, how, words, outcome=outcome)
        orders.record_negotiation(order, given, actor=order.coordinator)
