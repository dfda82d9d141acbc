"""What is due in the register: to retain, to give back, to answer, to dispose of; passes to approve (第十条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import OrderLine, State
from samples.models import GatePass, Loan, Sample, SampleDispatch
from samples.selectors import proofed_not_retained, without_retained
from workflow.calendar import DAY_ENDS
from workflow.duties import Due, Scope, reminder
from workflow.models import TransitionLog

RETAIN_WITHIN = dt.timedelta(days=2)
STILL_ASKED = dt.timedelta(days=60)
ACKNOWLEDGE_WITHIN = dt.timedelta(hours=8)
APPROVE_WITHIN = dt.timedelta(hours=4)
SEND_WITHIN = dt.timedelta(hours=24)
ARRIVE_WITHIN = dt.timedelta(days=4)
Sent = SampleDispatch.State
MADE = (State.SHIPPING, State.COLLECTING, State.COMPLETED)
GONE = (State.REJECTED, State.CANCELLED)


def _evening(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, DAY_ENDS))


def _supervisor(order: Any) -> int | None:
    return order.supervisor_id if order else None


def _at(sample: Sample) -> str:
    return reverse("samples:detail", args=[sample.number])


# --- 留样 -------------------------------------------------------------------------------------------------------------
@reminder(rule="A10", article="第十条", right="samples.keep")
def sample_to_retain(scope: Scope) -> Iterator[Due]:
    """做好的每一种产品留样：提醒、计数，不挡下一步（第十条）。"""
    finished = TransitionLog.objects.filter(
        subject_type="orders_order", subject_id=OuterRef("order_id"), move="finish_production"
    )
    rows = without_retained(OrderLine.objects.goods().filter(order__state__in=MADE))
    rows = rows.annotate(made_at=Subquery(finished.order_by("-version").values("at")[:1]))
    rows = scope.of(rows.filter(made_at__gte=scope.since(STILL_ASKED)), holder="order__coordinator_id")
    for line in scope.each(rows.select_related("order__team").order_by("pk")):
        made_at: dt.datetime = line.made_at
        yield Due(
            about=f"orders_orderline:{line.pk}",
            holder_id=line.order.coordinator_id,
            by=made_at + RETAIN_WITHIN,
            title=_("留样"),
            words=_("第 %(n)s 行%(name)s做好了，还没有留样。") % {"n": line.position, "name": line.product_name},
            url=f"{reverse('samples:new')}?order={line.order.number}&line={line.pk}&kind=retained",
            button=_("登记留样"),
            subject=line.order.subject,
            climbs_to_id=_supervisor(line.order),
        )


@reminder(rule="A10", article="第十条", right="samples.keep")
def proof_to_retain(scope: Scope) -> Iterator[Due]:
    """打了样、寄了样的每一种产品也留一件：提醒、计数，不挡下一步（第十条）。"""
    rows = proofed_not_retained(OrderLine.objects.goods().exclude(order__state__in=GONE))
    rows = scope.of(rows.filter(proofed_at__gte=scope.now - STILL_ASKED), holder="order__coordinator_id")
    for line in scope.each(rows.select_related("order__team").order_by("pk")):
        words = _("第 %(n)s 行%(name)s打了样，还没有留一件。")
        yield Due(
            about=f"orders_orderline:{line.pk}",
            holder_id=line.order.coordinator_id,
            by=line.proofed_at + RETAIN_WITHIN,
            title=_("打样留样"),
            words=words % {"n": line.position, "name": line.product_name},
            url=f"{reverse('samples:new')}?order={line.order.number}&line={line.pk}&kind=retained&proof=1",
            button=_("登记留样"),
            subject=f"{line.order.number} · {line.order.customer_name}",
            climbs_to_id=_supervisor(line.order),
        )


@reminder(rule="A10", article="第十条", right="samples.keep")
def retention_ends(scope: Scope) -> Iterator[Due]:
    """留到期了：处理掉，或写明为什么续留（第十条）。"""
    rows = Sample.objects.expiring(scope.today)
    mine = scope.of(rows, holder="holder_id").select_related("order__team")
    for sample in scope.each(mine.order_by("retention_until")):
        yield _sample_due(
            sample, _evening(sample.retention_until), _("样品留到期"),
            _("%(kind)s「%(name)s」留到 %(day)s，放在%(place)s。")
            % {
                "kind": sample.get_kind_display(), "name": sample.name, "place": sample.place,
                "day": f"{sample.retention_until:%m-%d}",
            },
        )  # fmt: skip


@reminder(rule="C7", article="C类 客供料", right="samples.keep")
def material_left_over(scope: Scope) -> Iterator[Due]:
    """生产完了客供料还有剩：退还客户，或写明怎样（C类 客供料）。"""
    rows = Sample.objects.filter(
        kind=Sample.Kind.MATERIAL, state=Sample.State.KEPT, order__state__in=(State.SHIPPING, State.COLLECTING)
    )
    mine = scope.of(rows.with_balance().filter(quantity__gt=F("gone_sum")), holder="holder_id")
    for sample in scope.each(mine.select_related("order__team").order_by("pk")):
        words = _("生产完了，客供料「%(name)s」还剩 %(left)s %(unit)s。") % {
            "name": sample.name, "left": f"{sample.balance.left.normalize():f}", "unit": sample.unit,
        }  # fmt: skip
        yield _sample_due(sample, sample.made_at + STILL_ASKED, _("退还客供料"), words)


def _sample_due(sample: Sample, by: dt.datetime, title: str, words: str) -> Due:
    return Due(
        about=sample.about, holder_id=sample.holder_id, by=by, title=title, words=words, url=_at(sample),
        button=_("去处理"), subject=f"{sample.number} · {sample.name}", climbs_to_id=_supervisor(sample.order),
    )  # fmt: skip


# --- 领用 -------------------------------------------------------------------------------------------------------------
def _out(scope: Scope) -> QuerySet[Loan]:
    """Loans that are out, with who is asked for them: the head, the person, or who lent it to a customer."""
    rows = Loan.objects.out().annotate(asked=Coalesce("department__head_id", "person_id", "made_by_id"))
    rows = scope.of(rows, holder="asked").select_related("sample", "order__team", "department", "person", "customer")
    found: QuerySet[Loan] = rows.order_by("due_back")
    return found


@reminder(rule="A6.3c", article="第六条")
def loan_to_settle(scope: Scope) -> Iterator[Due]:
    """交出去的标样、样品：先要签收；到期要还，一直催到收回，过期报交出的人（第六条）。"""
    soon = scope.today + dt.timedelta(days=1)
    unsigned = Q(acknowledged_at__isnull=True, customer__isnull=True)
    for loan in scope.each(_out(scope).filter(unsigned | Q(due_back__lte=soon))):
        if loan.due_back <= soon:
            words = _("%(kind)s「%(name)s」在%(who)s，%(day)s 要还。")
            yield _loan_due(loan, _evening(loan.due_back), _("归还样品"), words, _("去看"))
        else:
            words = _("%(kind)s「%(name)s」交给%(who)s，还没有签收。")
            yield _loan_due(loan, loan.made_at + ACKNOWLEDGE_WITHIN, _("签收样品"), words, _("去签收"))


def _loan_due(loan: Loan, by: dt.datetime, title: str, words: str, button: str) -> Due:
    said = {
        "kind": loan.sample.get_kind_display(), "name": loan.sample.name, "who": loan.borrower,
        "day": f"{loan.due_back:%m-%d}",
    }  # fmt: skip
    asked: int = loan.asked
    climbs_to = _supervisor(loan.order) if asked == loan.made_by_id else loan.made_by_id
    return Due(
        about=loan.about, holder_id=asked, by=by, title=title, words=words % said, url=_at(loan.sample),
        button=button, subject=f"{loan.number} · {loan.sample.name}", climbs_to_id=climbs_to,
    )  # fmt: skip


# --- 寄样、放行 -------------------------------------------------------------------------------------------------------
@reminder(rule="C7", article="C类 客供料", right="samples.approve_pass")
def pass_to_approve(scope: Scope) -> Iterator[Due]:
    """东西要出厂，等主任批放行条（C类 客供料）。"""
    asked = GatePass.objects.filter(state=GatePass.State.ASKED, basis="")
    rows = asked.annotate(asks=Coalesce("order__team__supervisor_id", "made_by__team__supervisor_id"))
    mine = scope.of(rows.filter(asks__isnull=False), holder="asks").select_related("made_by", "sample", "dispatch")
    for one in scope.each(mine.order_by("made_at")):
        page = _at(one.sample) if one.sample else reverse("samples:dispatch", args=[one.dispatch.number])
        yield Due(
            about=one.about, holder_id=one.asks, by=one.made_at + APPROVE_WITHIN, title=_("批放行条"),
            words=_("%(who)s申请：%(what)s") % {"who": one.made_by, "what": one.what[:120]}, url=page,
            button=_("去批"), subject=one.what[:60],
        )  # fmt: skip


@reminder(rule="A57", article="第五章，寄样", right="samples.dispatch")
def dispatch_to_follow(scope: Scope) -> Iterator[Due]:
    """寄样跟到底：备好的寄出，寄出的查到没有，说好答复的日子到了催意见（第六条、第五章，寄样）。"""
    soon = scope.today + dt.timedelta(days=1)
    waits = Q(state__in=(Sent.PREPARED, Sent.SENT)) | Q(state=Sent.ARRIVED, feedback_due__lte=soon)
    rows = SampleDispatch.objects.filter(waits).annotate(asked=Coalesce("order__coordinator_id", "made_by_id"))
    mine = scope.of(rows, holder="asked").select_related("order__team", "made_by__team")
    for one in scope.each(mine.order_by("pk")):
        if one.state == Sent.PREPARED:
            yield _dispatch_due(one, one.made_at + SEND_WITHIN, _("寄出样品"), _("备好了，还没有寄出。"), "A57")
        elif one.feedback_due <= soon:
            words = _("说好 %(day)s 答复：%(what)s") % {"day": f"{one.feedback_due:%m-%d}", "what": one.purpose}
            yield _dispatch_due(one, _evening(one.feedback_due), _("催样品答复"), words, "A57")
        else:
            words = _("%(courier)s %(number)s，还没有登记送到。") % {"courier": one.courier, "number": one.waybill}
            yield _dispatch_due(one, one.sent_at + ARRIVE_WITHIN, _("查样品送到没有"), words, "A6.5b")


def _dispatch_due(one: Any, by: dt.datetime, title: str, words: str, rule: str) -> Due:
    team = one.order.team if one.order else one.made_by.team
    return Due(
        about=one.about, holder_id=one.asked, by=by, title=title, words=words, rule=rule,
        url=reverse("samples:dispatch", args=[one.number]), button=_("去看"),
        subject=f"{one.number} · {one.customer_name}", climbs_to_id=team.supervisor_id if team else None,
    )  # fmt: skip
