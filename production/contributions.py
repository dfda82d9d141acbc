"""What production adds to the pages and figures of an order (DESIGN §4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.events import (
    ChangeImpact,
    Impact,
    OrderAct,
    OrderActs,
    OrderFigures,
    OrderFilter,
    OrderFilters,
    OrderSteps,
    OrderTab,
    OrderTabs,
)
from orders.models import Order, State
from papers.registry import knows
from papers.shapes import Facts
from production.changes import impacts_of
from production.follow import Follow, standings_of
from production.models import Milestone, Quality, Schedule, Visit
from production.rights import INSPECT, visits
from production.selectors import figures_of, latest_visit, seen_in_production
from production.wording import risk_of, round_name, seen_words
from reviews.models import Answer, Notice
from workflow import clock
from workflow.calendar import half_day_of
from workflow.events import contributes
from workflow.models import TransitionLog

NOW, LATER, INSPECTING = 10, 60, 15
FOLLOWED = (State.PRODUCING, State.SHIPPING, State.COLLECTING, State.COMPLETED)


@contributes(OrderFigures)
def shop_figures(request: OrderFigures) -> dict[int, dict[str, Any]]:
    """最近一次巡查说了什么、合格了几行：一次查询；接口只问有没有风险。"""
    if not request.words:
        return {row["pk"]: {"at_risk": risk_of(row["seen"])} for row in seen_in_production(request.order_ids)}
    return {row["pk"]: _figures(row) for row in figures_of(request.order_ids)}


def _figures(row: dict[str, Any]) -> dict[str, Any]:
    figures = {"latest_visit": seen_words(row["seen"]), "passed_lines": row["passed"]}
    if row["state"] == State.PRODUCING:
        figures["at_risk"] = risk_of(row["seen"])
    return figures


@contributes(OrderTabs)
def follow_tab(request: OrderTabs) -> list[OrderTab]:
    """跟进：节点、巡查、检验。"""
    follow = Follow(request.order, request.user)
    return [OrderTab("follow", _("跟进"), "", "production/follow.html", {"follow": follow}, 40)]


@contributes(OrderSteps)
def production_step(request: OrderSteps) -> dict[str, str]:
    """第 12 天，正在烫金。"""
    order = request.order
    if order.state not in FOLLOWED:
        return {}
    moves = TransitionLog.objects.filter(subject_type=order._meta.db_table, subject_id=order.pk)
    days = dict(
        moves.filter(move__in=("start_production", "finish_production")).order_by("version").values_list("move", "at")
    )
    if order.state != State.PRODUCING:
        finished = days.get("finish_production")
        return {"production": _("%(day)s 完成") % {"day": f"{timezone.localtime(finished):%m-%d}"} if finished else ""}
    started = days.get("start_production")
    nth = (clock.today() - timezone.localdate(started)).days + 1 if started else 1
    visit = latest_visit(order.pk)
    if visit is None:
        return {"production": _("第 %(n)d 天") % {"n": nth}}
    return {"production": _("第 %(n)d 天，正在%(process)s") % {"n": nth, "process": visit.process}}


@contributes(OrderActs)
def shop_acts(request: OrderActs) -> list[OrderAct]:
    """登记巡查（本半日还没查，就是此刻最该做的）、登记检验。"""
    order, user = request.order, request.user
    acts = []
    if order.state == State.PRODUCING and visits(order, user):
        half = half_day_of(clock.now())
        missing = half is not None and not Visit.objects.filter(order=order).within(half).exists()
        label = _("登记%(round)s") % {"round": round_name(half)}
        url = reverse("production:visit", args=[order.number])
        acts.append(OrderAct("visit", label, url, NOW if missing else LATER))
    if order.state in (State.PRODUCING, State.SHIPPING) and user.may(INSPECT):
        acts.append(OrderAct("inspect", _("登记检验"), reverse("production:inspect", args=[order.number]), INSPECTING))
    return acts


@contributes(OrderFilters)
def risk_filter(request: OrderFilters) -> list[OrderFilter]:
    """有风险：最近一次巡查说有风险、要延期或质量有问题的。"""
    return [OrderFilter("risk", _("有风险"), at_risk)]


def at_risk(orders: QuerySet[Order]) -> QuerySet[Order]:
    """生产中、最近一次巡查看出风险的单。"""
    latest = Visit.objects.filter(order=OuterRef("pk")).standing().order_by("-at", "-id")
    rows = orders.filter(state=State.PRODUCING).alias(
        schedule=Subquery(latest.values("schedule")[:1]), quality=Subquery(latest.values("quality")[:1])
    )
    return rows.filter(~Q(schedule=Schedule.OK) | Q(quality=Quality.PROBLEM), schedule__isnull=False)


@knows("reviews_notice")
def actual_dates(pk: int) -> Facts:
    """打印时已经知道的：各节点、各部门的实际完成日期，取自巡查与检验，不另填（第九条）。"""
    notice = Notice.objects.select_related("order").filter(pk=pk).first()
    if notice is None:
        return Facts()
    plan = list(Milestone.objects.filter(notice=notice).select_related("department").order_by("position"))
    rows = standings_of(notice.order, plan)
    by_department: dict[int | None, list[dt.date | None]] = {}
    for row in rows:
        by_department.setdefault(row.department_id, []).append(row.actual_to)
    departments = Answer.objects.filter(round=notice.round_id).order_by("department_id").values_list("department")
    return Facts(
        milestones=[row.actual_to or "" for row in rows],
        answers=[_finished(by_department.get(department, [])) for (department,) in departments],
    )


def _finished(days: list[dt.date | None]) -> dt.date | str:
    """The day when all of a department's milestones were done; nothing before."""
    done = [day for day in days if day is not None]
    return max(done) if done and len(done) == len(days) else ""


@contributes(ChangeImpact)
def work_already_done(request: ChangeImpact) -> list[Impact]:
    """更改碰到的生产：做了多少、检了多少、哪些节点赶不上新日期（第二十二条）。"""
    return list(impacts_of(request.order, request.changes))
