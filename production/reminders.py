"""What is due in the shop: the half-day's visits, goods that wait for inspection (第六条、第五章)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.models import KindVersion, Order, OrderLine, State
from parties.models import Department
from parties.roles import Function
from production.models import VisitLine
from production.rights import INSPECT, VISIT
from production.selectors import passed_lines, to_visit
from production.wording import round_name
from workflow.calendar import half_day_of
from workflow.duties import Due, Scope, reminder

INSPECT_WITHIN = dt.timedelta(hours=24)


@reminder(rule="A6.4a", article="第六条", right=VISIT)
def visit_missing(scope: Scope) -> Iterator[Due]:
    """在产的单这个半日还没有巡查，提醒跟单员；半日过完还没有，报主任（第六条）。"""
    half = half_day_of(scope.now)
    if half is None:
        return
    rows = scope.of(to_visit(half), holder="coordinator_id").select_related("team")
    fields = ("state", "formal_number", "customer_name", "promised_date", "requested_date", "coordinator_id", "team")
    for order in scope.each(rows.only(*fields, "team__supervisor_id").order_by("pk")):
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=half.end,
            title=round_name(half),
            words=_("生产中，交期 %(day)s，%(round)s还没登记。")
            % {"day": f"{order.delivery_date:%m-%d}", "round": round_name(half)},
            url=reverse("production:visit", args=[order.number]),
            button=_("去登记"),
            subject=order.subject,
            climbs_to_id=order.supervisor_id,
        )


@reminder(rule="A51", article="第五章，品质放行", right=INSPECT)
def inspection_waiting(scope: Scope) -> Iterator[Due]:
    """巡查报做够了数、检验还没放行的单，等品质部门检验（第五章，品质放行）。"""
    heads = _quality_heads()
    for row in _done_but_not_passed(scope, heads):
        kind = row["kind"]
        number = Order(pk=row["order_id"], formal_number=row["order__formal_number"]).number
        for head in heads.get(kind, ()):
            if not scope.concerns(head):
                continue
            yield Due(
                about=f"orders_order:{row['order_id']}",
                holder_id=head,
                by=row["since"] + INSPECT_WITHIN,
                title=_("检验放行"),
                words=_("巡查报已做够数，检验合格了才能发货。"),
                url=reverse("production:inspect", args=[number]),
                button=_("登记检验"),
                subject=f"{number} · {row['order__customer_name']}",
            )


def _quality_heads() -> dict[int, list[int]]:
    """Whose duty inspection is: the heads of the quality departments, by the kind's version."""
    departments = Department.objects.filter(function=Function.QUALITY, head__isnull=False)
    head_of = dict(departments.values_list("code", "head_id"))
    return {
        kind: [head_of[code] for code in codes if code in head_of]
        for kind, codes in _kinds_in_work().values_list("pk", "content__departments")
    }


def _kinds_in_work() -> QuerySet[KindVersion]:
    """The versions of kinds by which something is being made now."""
    producing = Order.objects.filter(state=State.PRODUCING)
    lines = OrderLine.objects.filter(order__state=State.PRODUCING, kind_version__isnull=False)
    found: QuerySet[KindVersion] = KindVersion.objects.filter(
        Q(pk__in=producing.values("kind_version")) | Q(pk__in=lines.values("kind_version"))
    )
    return found


def _done_but_not_passed(scope: Scope, heads: dict[int, list[int]]) -> QuerySet[Any]:
    """Orders, by kind, with a line that is done for its quantity and has not passed: since when."""
    enough = F("line__quantity") * (100 - F("line__under_percent")) / 100
    rows = VisitLine.objects.filter(
        ~Exists(passed_lines().filter(pk=OuterRef("line"))),
        order__state=State.PRODUCING,
        visit__corrected_by__isnull=True,
        line__closed=False,
        done_quantity__gte=enough,
    ).annotate(kind=Coalesce("line__kind_version", "order__kind_version"))
    if scope.holder is not None:
        rows = rows.filter(kind__in=[kind for kind, people in heads.items() if scope.concerns(*people)])
    grouped = rows.values("order_id", "order__formal_number", "order__customer_name", "kind")
    found: QuerySet[Any] = grouped.annotate(since=Min("visit__at")).order_by("since", "order_id")
    return found
