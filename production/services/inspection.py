"""检验：品质部门逐行记合格、让步、返工、拒收；合格的入成品库（第五章，品质放行，A51、E7）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, Value
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine, State
from parties.models import User
from production.events import GoodsPassed, MayTakeBackPassed
from production.models import Inspection
from production.rights import INSPECT, concerned
from reviews.models import Notice
from reviews.selectors import notice_for_work
from workflow import clock
from workflow.events import announce, ask
from workflow.guards import Blocked, WrongState
from workflow.machine import locked, record, together

ARTICLE = "第五章，品质放行"
LENIENCY = dt.timedelta(minutes=5)
OPEN_TO_INSPECTION = (State.PRODUCING, State.SHIPPING)
FIGURES = ("accepted", "concession", "rework", "rejected")


@dataclass(frozen=True)
class InspectionInput:
    """一次检验的输入。

    `notice` blank = the current one; `corrects` = the inspection replaced, whole; `entry` = the form's own mark: sent
    twice, it acts once.
    """

    line: int
    accepted: Decimal
    concession: Decimal = Decimal(0)
    rework: Decimal = Decimal(0)
    rejected: Decimal = Decimal(0)
    report_no: str = ""
    note: str = ""
    at: dt.datetime | None = None
    notice: str = ""
    corrects: int | None = None
    entry: uuid.UUID | None = None

    @property
    def passed(self) -> Decimal:
        return self.accepted + self.concession


@together
def inspect_line(order: Order, given: InspectionInput, *, actor: User) -> Inspection:
    """品质部门检验一行（第五章，品质放行）：合格与让步的即刻入成品库；更正写明更正哪一次。"""
    return inspect_lines(order, [given], actor=actor)[0]


@together
def inspect_lines(order: Order, rows: Sequence[InspectionInput], *, actor: User) -> list[Inspection]:
    """一次检验几行（第五章，品质放行）；有一行不行就全都不登。"""
    order = locked(order)
    if order.state not in OPEN_TO_INSPECTION:
        raise WrongState(_("现在是「%(state)s」，投产以后才检验") % {"state": order.get_state_display()})
    if not rows:
        raise ValidationError(_("还没有填任何一行的检验数"))
    entry = rows[0].entry
    if entry and (made := list(Inspection.objects.filter(order=order, entry=entry))):
        return made
    known = _known_lines(order, rows)
    lines = [_line(order, known, given.line, actor) for given in rows]
    notice = notice_for_work(order, rows[0].notice or None)
    return [_inspect(order, line, notice, given, actor) for line, given in zip(lines, rows, strict=True)]


def _inspect(order: Order, line: OrderLine, notice: Notice, given: InspectionInput, actor: User) -> Inspection:
    """On the locked order: check, write, log, tell the store."""
    corrected = _corrected(line, given.corrects)
    _check(given, corrected)
    if corrected is None and given.report_no:
        _report_is_new(line, given.report_no.strip())
    change = given.passed - (corrected.passed if corrected else Decimal(0))
    if change < 0 and (refusals := tuple(ask(MayTakeBackPassed(order, line.pk, -change)))):
        raise Blocked(refusals)
    inspection: Inspection = Inspection.objects.create(
        order=order, line=line, notice=notice, report_no=given.report_no.strip(), note=given.note.strip(),
        at=given.at or clock.now(), corrects=corrected, entry=given.entry, by=actor,
        **{name: getattr(given, name) for name in FIGURES},
    )  # fmt: skip
    _log(inspection, actor)
    if change:
        announce(GoodsPassed(order.pk, line.pk, change, inspection.pk, inspection.report_no, actor.pk))
    return inspection


def _known_lines(order: Order, rows: Sequence[InspectionInput]) -> dict[int, OrderLine]:
    """The order's lines spoken of, each with the report numbers of these that it already has: one query."""
    numbers = [given.report_no.strip() for given in rows if given.report_no]
    twice = Q(inspections__corrects__isnull=True, inspections__report_no__in=numbers)
    lines = OrderLine.objects.goods().filter(order=order, pk__in=[given.line for given in rows])
    reports = ArrayAgg("inspections__report_no", filter=twice, default=Value([]))
    return {line.pk: line for line in lines.annotate(reports=reports)}


def _line(order: Order, known: dict[int, OrderLine], pk: int, actor: User) -> OrderLine:
    """The line to inspect, if it is this person's department that inspects it."""
    if not actor.may(INSPECT):
        raise PermissionDenied(_("只有品质部门能登记检验"))
    if pk not in known:
        raise ValidationError({"line": _("这张单没有行 %(id)s") % {"id": pk}})
    line = known[pk]
    if not concerned(order, line, actor):
        what = {"n": line.position, "department": actor.department}
        raise PermissionDenied(_("第 %(n)s 行不归%(department)s检验") % what)
    return line


def _corrected(line: OrderLine, pk: int | None) -> Inspection | None:
    """The inspection that this one replaces: of the same line, and not replaced yet."""
    if pk is None:
        return None
    found: Inspection | None = Inspection.objects.filter(line=line, pk=pk).select_related("corrected_by").first()
    if found is None:
        raise ValidationError({"corrects": _("这一行没有检验 %(id)s") % {"id": pk}})
    if hasattr(found, "corrected_by"):
        raise WrongState(_("这次检验已经更正过，请更正最新的那一次"))
    return found


def _check(given: InspectionInput, corrected: Inspection | None) -> None:
    if corrected is None and not any(getattr(given, name) for name in FIGURES):
        raise ValidationError({"accepted": _("合格、让步、返工、拒收不能都是零")})
    if given.at is not None and given.at > clock.now() + LENIENCY:
        raise ValidationError({"at": _("检验时间不能在将来")})


def _report_is_new(line: OrderLine, report_no: str) -> None:
    if report_no in line.reports:  # type: ignore[attr-defined]
        words = _("检验报告 %(no)s 在这一行已经登记过；记错了请用更正") % {"no": report_no}
        raise ValidationError({"report_no": words})
    line.reports.append(report_no)  # type: ignore[attr-defined]


def _log(inspection: Inspection, actor: User) -> None:
    label = _("更正检验") if inspection.corrects else _("检验")
    figures = {name: getattr(inspection, name) for name in FIGURES}
    record(
        inspection.order, "inspect", actor=actor, label=label, article=ARTICLE, rule="A51", reason=inspection.note,
        data={"inspection": inspection.pk, "line": inspection.line_id, "report_no": inspection.report_no, **figures},
        save=False,
    )  # fmt: skip
