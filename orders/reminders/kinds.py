"""What is due by the rules of business kinds: papers, heads, release, return days (C3b, C5, D6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import DateField, Exists, ExpressionWrapper, F, IntegerField, Max, OuterRef, Q, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.kind_papers import PRODUCTION, papers_missing
from orders.models import BusinessKind, KindVersion, Order, ReturnDay, State
from orders.models.states import BEFORE_ISSUE
from orders.reminders.intake import end_of_day
from orders.selectors import order_files
from parties.models import Department, User
from parties.roles import Role
from workflow.duties import Due, Scope, reminder

WARNED_BEFORE = dt.timedelta(days=3)


@reminder(rule="D6", article="D类 产前核对", right="orders.start_production")
def papers_before_production(scope: Scope) -> Iterator[Due]:
    """下了单、要投产，种类列明的资料还没有齐，催跟单员（D类 产前核对）。"""
    wanting = KindVersion.objects.filter(content__options__papers__0__isnull=False)
    own = Q(kind_version__in=wanting) | Q(lines__kind_version__in=wanting)
    rows = Order.objects.filter(own, state=State.ISSUED).select_related("business_kind").distinct()
    for order in scope.each(scope.of(rows, holder="coordinator_id").order_by("pk")):
        if not (missing := papers_missing(order, PRODUCTION)):
            continue
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=end_of_day(order.updated_at),
            title=_("补齐投产前的资料"),
            words=_("还缺%(papers)s。") % {"papers": "、".join(missing)},
            url=order_files(order),
            button=_("去归档"),
            subject=order.subject,
        )


@reminder(rule="A19.2", article="第十九条", right="parties.administer")
def department_without_head(scope: Scope) -> Iterator[Due]:
    """在用的种类要它评审、却没有第一负责人来签的部门，催管理员指定（第十九条）。"""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk")
    holders = [admin.pk for admin in admins if scope.concerns(admin.pk)]
    if not holders:
        return
    named = BusinessKind.objects.filter(active=True).values_list("departments", flat=True)
    asked = {code for codes in named for code in codes}
    for department in Department.objects.filter(code__in=asked, head=None).annotate(
        since=Max("events__pgh_created_at")
    ):
        for holder in holders:
            yield Due(
                about=f"parties_department:{department.pk}",
                holder_id=holder,
                by=end_of_day(department.since or scope.now),
                title=_("指定第一负责人"),
                words=_("%(name)s要评审业务单，还没有第一负责人，没有人签。") % {"name": department.name},
                url=reverse("admin:parties_department_change", args=[department.pk]),
                button=_("去指定"),
                subject=department.name,
            )


@reminder(rule="C3b", article="C类 下单", right="orders.view")
def release_due(scope: Scope) -> Iterator[Due]:
    """接单、下单分两步的，到了该下单的那天，跟单员和业务员都催到（C类 下单）。"""
    waiting = Order.objects.filter(kind_version__content__options__has_key="release_days", state__in=BEFORE_ISSUE)
    asked = KeyTextTransform("release_days", KeyTransform("options", "kind_version__content"))
    days = Coalesce(Cast(asked, IntegerField()), 0)
    until = ExpressionWrapper(Value(scope.today) + F("days"), DateField())
    rows = waiting.annotate(days=days, due=Coalesce("promised_date", "requested_date")).filter(due__lte=until)
    for order in scope.each(scope.of(rows, "salesperson", holder="coordinator").order_by("pk")):
        for holder in {order.coordinator_id, order.salesperson_id} - {None}:
            if scope.concerns(holder):
                yield _release(order, holder, order.days)


def _release(order: Order, holder: int, days: int) -> Due:
    release_on = order.delivery_date - dt.timedelta(days=days)
    return Due(
        about=order.about,
        holder_id=holder,
        by=timezone.make_aware(dt.datetime.combine(release_on, dt.time(18, 0))),
        title=_("该下单了"),
        words=_("交期 %(day)s，要在 %(release)s 下单；付清或担保单、书面话、客户再确认都要齐。")
        % {"day": f"{order.delivery_date:%m-%d}", "release": f"{release_on:%m-%d}"},
        url=reverse("orders:detail", args=[order.number]),
        button=_("去看还缺什么"),
        subject=order.subject,
    )


@reminder(rule="C5", article="C类 退货", right="orders.view")
def return_day_ahead(scope: Scope) -> Iterator[Due]:
    """确认了的退货日前几天，先告诉有这个种类的单在手的业务员（C类 退货）。"""
    today = scope.today
    rows = Order.objects.filter(state__in=(State.DRAFT, State.SUBMITTED, *BEFORE_ISSUE), salesperson__isnull=False)
    mine = scope.of(rows, holder="salesperson_id")
    soon = ReturnDay.objects.standing().filter(day__gt=today, day__lte=today + WARNED_BEFORE)
    concerned = soon.filter(Exists(mine.filter(business_kind=OuterRef("kind")))).select_related("kind")
    for ahead in scope.each(concerned.order_by("pk")):
        of_the_kind = mine.filter(business_kind=ahead.kind).order_by()
        for holder in of_the_kind.values_list("salesperson_id", flat=True).distinct():
            yield Due(
                about=f"orders_returnday:{ahead.pk}",
                holder_id=holder,
                by=timezone.make_aware(dt.datetime.combine(ahead.day, dt.time(8, 0))),
                title=_("退货日不收单、不下单"),
                words=_("%(day)s 是%(kind)s的退货日，当天不收单、不下单，要交的单请提前。")
                % {"day": f"{ahead.day:%m-%d}", "kind": ahead.kind},
                url=reverse("orders:list") + f"?kind={ahead.kind.code}",
                button=_("看这一类的单"),
                subject=f"{ahead.kind} · {ahead.day:%m-%d}",
            )
