"""巡查：登记一张单，或一趟车间许多单（第六条，A6.4a）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine, State
from papers.models import Attachment
from papers.services import attach
from papers.services.keeping import Upload
from parties.models import User
from production.models import Quality, Schedule, Visit, VisitLine, VisitPhoto
from production.models.visit import Slot
from production.process import settle_process
from production.rights import visits
from reviews.models import Notice
from reviews.selectors import notice_for_work
from workflow import clock
from workflow.calendar import slot_of
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import locked, record, together

LENIENCY = dt.timedelta(minutes=5)
MOST_PHOTOS = 9
MOST_ORDERS = 60
ARTICLE = "第六条"
PHOTO = "visit_photo"


@dataclass(frozen=True)
class LineDone:
    """一行累计完成多少。"""

    line: int
    done_quantity: Decimal


@dataclass(frozen=True)
class VisitInput:
    """一次巡查的输入：界面与接口都先变成它。

    `notice` blank = the current one; `corrects` = the visit replaced; `round` = the form's own mark: sent twice, it
    acts once.
    """

    lines: Sequence[LineDone] = ()
    process: str = ""
    schedule: str = Schedule.OK
    quality: str = Quality.OK
    note: str = ""
    at: dt.datetime | None = None
    notice: str = ""
    attachments: Sequence[int] = ()
    corrects: int | None = None
    photos: Sequence[Upload] = field(default=())
    round: uuid.UUID | None = None


@together
def visit_order(order: Order, given: VisitInput, *, actor: User) -> Visit:
    """登记一次巡查（第六条）：哪道工序、各行累计、进度与质量；半日由系统算。"""
    _may_visit(order, actor)
    given = photograph(order, given, actor=actor)
    order = locked(order)
    return _entered(order, given.round) or _enter(order, given, actor=actor)


@together
def visit_orders(entries: Sequence[tuple[Order, VisitInput]], *, actor: User) -> list[Visit]:
    """一趟车间看许多单，一次登记；有一张不行就全都不登（第六条）。"""
    if not entries:
        raise ValidationError({"orders": _("至少要有一张业务单")})
    if len(entries) > MOST_ORDERS:
        raise ValidationError({"orders": _("一趟最多 %(n)s 张单") % {"n": MOST_ORDERS}})
    if len({order.pk for order, _given in entries}) != len(entries):
        raise ValidationError({"orders": _("同一张单在这一趟里写了两遍")})
    walk = entries[0][1].round or uuid.uuid4()
    made: dict[int, Visit] = {}
    for order, given in sorted(entries, key=lambda entry: entry[0].pk):
        order = locked(order)
        made[order.pk] = _entered(order, given.round) or _enter(order, replace(given, round=walk), actor=actor)
    return [made[order.pk] for order, _given in entries]


def _entered(order: Order, walk: uuid.UUID | None) -> Visit | None:
    """What this very form has written before."""
    if walk is None:
        return None
    found: Visit | None = Visit.objects.filter(order=order, round=walk).first()
    return found


def photograph(order: Order, given: VisitInput, *, actor: User) -> VisitInput:
    """File the photos on the order before it is locked: judging pictures takes time that nobody should wait for."""
    if not given.photos:
        return given
    if len(given.photos) + len(given.attachments) > MOST_PHOTOS:
        raise ValidationError({"photos": _("照片最多 %(n)s 张") % {"n": MOST_PHOTOS}})
    kept = [attach(photo, about=order, actor=actor, kind=PHOTO).pk for photo in given.photos]
    return replace(given, attachments=[*given.attachments, *kept], photos=())


def _may_visit(order: Order, actor: User) -> None:
    if order.state != State.PRODUCING:
        raise WrongState(_("现在是「%(state)s」，生产中的单才登记巡查") % {"state": order.get_state_display()})
    if not visits(order, actor):
        raise PermissionDenied(_("这张单不是您的，不能登记巡查"))


def _enter(order: Order, given: VisitInput, *, actor: User) -> Visit:
    """On the locked order: check everything, write the visit with its lines and photos, log it."""
    _may_visit(order, actor)
    corrected = _corrected(order, given.corrects)
    at = _moment(order, given.at or (corrected.at if corrected else None))
    notice = notice_for_work(order, given.notice or None)
    process, step = settle_process(order, notice, given.process or (corrected.process if corrected else ""))
    lines = _lines_so_far(order, step, at, corrected)
    _check_lines(given.lines, lines)
    if refusals := tuple(_falling(given.lines, lines)):
        raise Blocked(refusals)
    visit = Visit(
        order=order, notice=notice, at=at, day=timezone.localdate(at), slot=slot_of(at), process=process, step=step,
        schedule=given.schedule, quality=given.quality, note=given.note.strip(), round=given.round, corrects=corrected,
        by=actor,
    )  # fmt: skip
    return _write(visit, given, notice)


def _write(visit: Visit, given: VisitInput, notice: Notice) -> Visit:
    order = visit.order
    photos = _photos(order, given.attachments)
    visit.save()
    done = [
        VisitLine(visit=visit, order=order, line_id=row.line, done_quantity=row.done_quantity) for row in given.lines
    ]
    if done:
        VisitLine.objects.bulk_create(done)
    if photos:
        VisitPhoto.objects.bulk_create([VisitPhoto(visit=visit, attachment=photo) for photo in photos])
    label = _("更正巡查") if visit.corrects else _("%(slot)s巡查") % {"slot": Slot(visit.slot).label}
    record(
        order, "visit", actor=visit.by, label=label, article=ARTICLE, rule="A6.4a", reason=visit.note, save=False,
        data={
            "visit": visit.pk, "process": visit.process, "schedule": visit.schedule, "quality": visit.quality,
            "notice": notice.number, "lines": {str(row.line): row.done_quantity for row in given.lines},
        },
    )  # fmt: skip
    visit.written_lines, visit.written_photos = done, photos  # type: ignore[attr-defined]
    return visit


def _corrected(order: Order, pk: int | None) -> Visit | None:
    """The visit that this one replaces: of the same order, and not replaced yet."""
    if pk is None:
        return None
    found: Visit | None = Visit.objects.filter(order=order, pk=pk).select_related("corrected_by").first()
    if found is None:
        raise ValidationError({"corrects": _("这张单没有巡查 %(id)s") % {"id": pk}})
    if hasattr(found, "corrected_by"):
        raise WrongState(_("这次巡查已经更正过，请更正最新的那一次"))
    return found


def _moment(order: Order, at: dt.datetime | None) -> dt.datetime:
    """When the visit took place: never ahead of the clock, never before the order came in."""
    now = clock.now()
    if at is None:
        return now
    if at > now + LENIENCY:
        raise ValidationError({"at": _("巡查时间不能在将来")})
    if at < order.received_at:
        raise ValidationError(
            {"at": _("巡查时间早于收单时间 %(day)s") % {"day": timezone.localdate(order.received_at)}}
        )
    return at


def _lines_so_far(order: Order, step: str, at: dt.datetime, corrected: Visit | None) -> dict[int, OrderLine]:
    """The order's lines with the cumulative figures around this moment, at this step: one query."""
    standing = Q(visit_lines__visit__step=step, visit_lines__visit__corrected_by__isnull=True)
    if corrected is not None:
        standing &= ~Q(visit_lines__visit=corrected)
    rows = (
        OrderLine.objects.goods()
        .filter(order=order)
        .annotate(
            before=Max("visit_lines__done_quantity", filter=standing & Q(visit_lines__visit__at__lte=at)),
            after=Min("visit_lines__done_quantity", filter=standing & Q(visit_lines__visit__at__gt=at)),
        )
    )
    return {line.pk: line for line in rows.order_by("position")}


def _check_lines(given: Sequence[LineDone], lines: dict[int, OrderLine]) -> None:
    """Each figure belongs to a line of this order, each line once."""
    errors: dict[str, str] = {}
    seen: set[int] = set()
    for n, row in enumerate(given):
        if row.line not in lines:
            errors[f"lines.{n}.line"] = _("这张单没有行 %(id)s") % {"id": row.line}
        elif row.line in seen:
            errors[f"lines.{n}.line"] = _("第 %(n)s 行写了两遍") % {"n": lines[row.line].position}
        seen.add(row.line)
    if errors:
        raise ValidationError(errors)


def _falling(given: Sequence[LineDone], lines: dict[int, OrderLine]) -> Iterator[Refusal]:
    """累计数只增不减；上次记错了，更正那一次（第六条）。"""
    for row in given:
        line = lines[row.line]
        before, after = line.before, line.after  # type: ignore[attr-defined]
        what = {"n": line.position, "name": line.product_name, "new": f"{row.done_quantity.normalize():,f}"}
        if before is not None and row.done_quantity < before:
            words = _("第 %(n)s 行%(name)s上次累计 %(old)s，这次 %(new)s 变少了；上次记错请更正那一次")
            yield Refusal(words % {**what, "old": f"{before.normalize():,f}"}, ARTICLE, "A6.4a")
        elif after is not None and row.done_quantity > after:
            words = _("第 %(n)s 行%(name)s后一次累计 %(old)s，补登的 %(new)s 反而多了")
            yield Refusal(words % {**what, "old": f"{after.normalize():,f}"}, ARTICLE, "A6.4a")


def _photos(order: Order, ids: Sequence[int]) -> list[Attachment]:
    """Only files that are filed on this very order."""
    if not ids:
        return []
    found = list(Attachment.objects.filter(pk__in=ids, about=order.about))
    if len(found) != len(set(ids)) or len(ids) != len(set(ids)):
        raise ValidationError({"attachments": _("附件不在这张业务单的文件里，或者写了两遍")})
    return found
