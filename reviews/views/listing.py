"""评审与业务通知单的列表（第三章）。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parties.http import StaffRequest
from parties.models import User
from reviews.authority import headed_by
from reviews.differences import asked
from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy, Round
from reviews.selectors import EFFECTIVE, at_hand, changes_of, notices_of, rounds_of, signs_notices, with_answers
from reviews.verifying import mark_broken, mark_broken_notices
from workflow.deputies import department_ids
from workflow.paging import keyset

CHIP = "chip"


@dataclass(frozen=True)
class Chip:
    """One quick filter."""

    key: str
    label: Any
    narrow: Callable[[QuerySet[Any], User], QuerySet[Any]]


def _to_answer(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    waits = Answer.objects.filter(round=OuterRef("pk"), department__in=department_ids(user))
    open_one = Exists(waits.filter(state__in=(Answer.State.BLANK, Answer.State.ANSWERED)))
    proxy = Exists(waits.filter(state=Answer.State.PROXY_SIGNED))
    return rows.filter(Q(open_one, state=Round.State.OPEN) | Q(proxy))


def _to_acknowledge(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    waits = NoticeCopy.objects.filter(notice=OuterRef("pk"), department__in=department_ids(user))
    return rows.filter(Exists(waits.filter(state=NoticeCopy.State.HANDED)), state=Notice.State.ISSUED)


def _in_state(*states: str) -> Callable[[QuerySet[Any], User], QuerySet[Any]]:
    return lambda rows, _user: rows.filter(state__in=states)


def _to_countersign(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    mine = Answer.objects.filter(round=OuterRef("pk"), department__head=user, state=Answer.State.PROXY_SIGNED)
    return rows.filter(Exists(mine), state__in=(Round.State.OPEN, *EFFECTIVE))


ROUND_CHIPS = (
    Chip("mine", gettext_lazy("轮到我部门"), _to_answer),
    Chip("countersign", gettext_lazy("待我补签"), _to_countersign),
    Chip("open", gettext_lazy("评审中"), _in_state(Round.State.OPEN)),
    Chip("passed", gettext_lazy("通过"), _in_state(Round.State.PASSED)),
    Chip("unmet", gettext_lazy("协商"), _in_state(Round.State.UNMET)),
    Chip("untold", gettext_lazy("待告知"), lambda rows, _user: rows.untold()),  # type: ignore[attr-defined]
    Chip("ended", gettext_lazy("拒绝、关闭"), _in_state(Round.State.REJECTED, Round.State.CLOSED)),
)
NOTICE_CHIPS = (
    Chip("mine", gettext_lazy("待我部门签收"), _to_acknowledge),
    Chip("draft", gettext_lazy("待签发"), _in_state(Notice.State.DRAFT)),
    Chip("signed", gettext_lazy("待发放"), _in_state(Notice.State.SIGNED)),
    Chip("issued", gettext_lazy("现行"), _in_state(Notice.State.ISSUED)),
    Chip("void", gettext_lazy("作废"), _in_state(Notice.State.VOID)),
    Chip("refused", gettext_lazy("没有签"), _in_state(Notice.State.REFUSED)),
)


def _still_out(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """生效了，旧单还没有收齐的。"""
    out = NoticeCopy.objects.filter(
        state__in=NoticeCopy.OUT, notice__state=Notice.State.VOID, notice__changed_by__change=OuterRef("pk")
    )
    return rows.filter(Exists(out), state=ChangeRequest.State.EFFECTIVE)


CHANGE_CHIPS = (
    Chip("draft", gettext_lazy("草稿"), _in_state(ChangeRequest.State.DRAFT)),
    Chip("submitted", gettext_lazy("待评审"), _in_state(ChangeRequest.State.SUBMITTED)),
    Chip("reviewing", gettext_lazy("办理中"), _in_state(ChangeRequest.State.REVIEWING)),
    Chip("recall", gettext_lazy("旧单没收齐"), _still_out),
    Chip("effective", gettext_lazy("已生效"), _in_state(ChangeRequest.State.EFFECTIVE)),
    Chip(
        "ended",
        gettext_lazy("不能改、撤回"),
        _in_state(ChangeRequest.State.REFUSED, ChangeRequest.State.WITHDRAWN),
    ),
)


@login_required
@require_GET
def rounds(request: StaffRequest) -> HttpResponse:
    """看得见的评审，新的在前。"""
    heads = headed_by(request.user).exists()
    held = {"mine": request.user.may("reviews.answer"), "countersign": heads}
    chips = [chip for chip in ROUND_CHIPS if held.get(chip.key, True)]
    context = _listed(request, rounds_of(request.user).prefetch_related(with_answers()), chips) | {"heads": heads}
    mark_broken(*map(at_hand, context["rows"]))
    return render(request, "reviews/list.html", context)


@login_required
@require_GET
def changes(request: StaffRequest) -> HttpResponse:
    """看得见的更改申请，新的在前（第二十二条）。"""
    context = _listed(request, changes_of(request.user).prefetch_related("lines__line"), list(CHANGE_CHIPS))
    money = request.user.may("orders.view_money")
    for change in context["rows"]:
        change.lines_now = list(change.lines.all())
        change.asked = asked(change, money=money)
    return render(request, "reviews/changes.html", context)


@login_required
@require_GET
def notices(request: StaffRequest) -> HttpResponse:
    """看得见的业务通知单，新的在前。"""
    inside = request.user.department_id is not None and request.user.may("reviews.acknowledge_copy")
    mine = {"mine"} if inside else {"draft", "signed", "refused"}
    chips = [chip for chip in NOTICE_CHIPS if chip.key in mine | {"issued", "void"}]
    copies = NoticeCopy.objects.select_related("department").order_by("number")
    rows = notices_of(request.user).prefetch_related(Prefetch("copies", copies))
    context = _listed(request, rows, chips) | {"signs": signs_notices(request.user)}
    mark_broken_notices(context["rows"])
    return render(request, "reviews/notices.html", context)


def _listed(request: StaffRequest, rows: QuerySet[Any], chips: list[Chip]) -> dict[str, Any]:
    if unknown := set(request.GET) - {CHIP, "after", "before"}:
        raise BadRequest(_("没有这个查询参数：%(name)s") % {"name": sorted(unknown)[0][:40]})
    here = request.GET.get(CHIP, "")
    chip = next((one for one in chips if one.key == here), None)
    if here and chip is None:
        raise BadRequest(_("没有这个快筛"))
    page = keyset(chip.narrow(rows, request.user) if chip else rows, request.GET)
    return {"rows": page.rows, "chips": chips, "here": here, "page": page}
