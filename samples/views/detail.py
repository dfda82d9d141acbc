"""一件样品的页面：一生、二维码标签、每一个动作（第十条、C7）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from papers import qr
from parties.http import StaffRequest
from parties.models import User
from samples import services
from samples.forms import (
    AmountForm,
    CorrectForm,
    LoanForm,
    LongerForm,
    LossForm,
    LostLoanForm,
    PassForm,
    PlaceForm,
    ReasonForm,
)
from samples.models import Loan, Sample
from samples.rights import ACKNOWLEDGE, DISPATCH, KEEP, borrows, keeps, works
from samples.selectors import Life, visible_samples
from samples.views.passes import pass_buttons
from workflow import clock
from workflow.forms import HouseForm, filled
from workflow.machine import offers
from workflow.models import TransitionLog
from workflow.templatetags.wording import plain
from workflow.views import Button, Problem, act, as_seen, buttons

Bound = dict[str, HouseForm]
WEEK = dt.timedelta(days=7)

SPENDING: dict[str, tuple[Callable[..., Any], type[HouseForm], str, object]] = {
    "use-up": (services.use_up_sample, AmountForm, "use", gettext_lazy("用掉的记下了。")),
    "return": (services.return_sample, AmountForm, "back", gettext_lazy("退还记下了。")),
    "lose": (services.lose_sample, LossForm, "loss", gettext_lazy("遗失记下了。")),
}


@dataclass(frozen=True)
class LoanRow:
    """A loan with what this person may do with it."""

    loan: Loan
    offers: list[Button]
    lose: HouseForm | None = None


def sample_at(request: StaffRequest, number: str) -> Sample:
    """The thing of the address, as far as this person may see it."""
    sample: Sample = get_object_or_404(visible_samples(request.user).numbered(number))
    return as_seen(request, sample)


@login_required
@require_GET
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """在哪里、在谁手里、还剩多少、来龙去脉。"""
    return page(request, sample_at(request, number))


@login_required
@require_GET
def label(request: StaffRequest, number: str) -> HttpResponse:
    """贴在样品上的标签：二维码、编号、名称、客户、留到何时。"""
    sample = sample_at(request, number)
    return render(request, "samples/label.html", {"sample": sample, "symbol": symbol(sample)})


def symbol(sample: Sample) -> qr.Symbol:
    """The code on the label: the page of the thing, for who may see it."""
    return qr.drawn(qr.public_address() + reverse("samples:detail", args=[sample.number]))


def page(
    request: StaffRequest, sample: Sample, problem: Problem | None = None, bound: Bound | None = None
) -> HttpResponse:
    """Everything the thing's page shows."""
    user, life = request.user, Life(sample)
    keeping = sample.state == Sample.State.KEPT and user.may(KEEP) and keeps(sample, user)
    log = TransitionLog.objects.filter(subject_type="samples_sample", subject_id=sample.pk)
    loans = [loan_row(loan, sample, user) for loan in life.loans]
    passes = [(one, pass_buttons(one, sample, user)) for one in life.passes]
    rows = [row.offers for row in loans] + [moves for _one, moves in passes]
    calls = any(button.primary for moves in rows for button in moves)
    context: dict[str, Any] = {
        "sample": sample,
        "order": sample.order,
        "life": life,
        "loans": loans,
        "passes": passes,
        "offers": _heads(sample, user, keeping, first=not calls),
        "version": sample.revision,
        "keeping": keeping,
        "may_send": user.may(DISPATCH) and works(sample, user) and sample.balance.here > 0,
        "log": log.order_by("-version")[:50],
        "symbol": symbol(sample),
        "problem": problem,
        **(_forms(sample) if keeping else {}),
        **(bound or {}),
    }
    return render(request, "samples/detail.html", context, status=problem.status if problem else 200)


def _forms(sample: Sample) -> Bound:
    left = plain(sample.balance.here)
    due = clock.today() + WEEK
    return {
        "lend": LoanForm(auto_id="lend_%s", initial={"quantity": "1", "due_back": due, "mark": uuid.uuid4()}),
        "correct": CorrectForm(
            auto_id="correct_%s",
            initial={
                "name": sample.name,
                "specification": sample.specification,
                "quantity": plain(sample.quantity),
            },
        ),
        "move": PlaceForm(auto_id="move_%s", initial={"place": sample.place, "holder": sample.holder.username}),
        "longer": LongerForm(auto_id="longer_%s"),
        "use": AmountForm(auto_id="use_%s", initial={"quantity": left}),
        "loss": LossForm(auto_id="loss_%s", initial={"quantity": left}),
        "back": AmountForm(auto_id="back_%s", initial={"quantity": left}),
        "gate": PassForm(auto_id="gate_%s", initial={"quantity": left, "to": str(sample.customer or "")}),
        "closing": ReasonForm(auto_id="closing_%s"),
    }


def _heads(sample: Sample, user: User, keeping: bool, *, first: bool) -> list[Button]:
    """What stands in the head: the moves of the thing, and what asks more in a dialog."""
    found = buttons(offers(sample, user), reverse("samples:detail", args=[sample.number]))
    if not keeping or sample.balance.here <= 0:
        return found
    lend = Button("lend", _("交出去"), "", "第十条", (), needs_reason=False, opens="ask-lend", primary=first)
    return [*found, lend]


def loan_row(loan: Loan, sample: Sample, user: User) -> LoanRow:
    """What this person may do with one loan; losing it asks who pays."""
    loan.sample, loan.order = sample, sample.order
    base = reverse("samples:loan", args=[loan.number])
    found = [
        Button(
            f"{one.name}-{loan.pk}",
            one.label,
            one.url,
            one.article,
            one.refusals,
            one.needs_reason,
            primary=one.name == "take_back" and loan.is_late,
        )
        for one in buttons(offers(loan, user), base)
        if one.name != "lose"
    ]
    waits = loan.state == Loan.State.OUT and not loan.acknowledged_at and not loan.customer_id
    if waits and user.may(ACKNOWLEDGE) and borrows(loan, user):
        name = f"acknowledge-{loan.pk}"
        found.insert(0, Button(name, _("签收"), f"{base}acknowledge/", "第六条", (), needs_reason=False, primary=True))
    may_lose = loan.state == Loan.State.OUT and user.may(KEEP) and keeps(loan, user)
    return LoanRow(loan, found, LostLoanForm(auto_id=f"lost{loan.pk}_%s") if may_lose else None)


# --- the acts ---------------------------------------------------------------------------------------------------------
def acted(
    request: StaffRequest,
    sample: Sample,
    do: Callable[[], Any],
    done: str | Callable[[Any], str],
    bound: Bound | None = None,
) -> HttpResponse:
    """Do it; back to the thing's page, or that page with the reasons why not and what was typed."""
    number = sample.number
    return act(
        request,
        do,
        then=lambda _result: reverse("samples:detail", args=[number]),
        done=done,
        refused=lambda problem: page(request, sample_at(request, number), problem, bound),
    )


@login_required
@require_POST
def lend(request: StaffRequest, number: str) -> HttpResponse:
    """交出去（第六条、第十条）。"""
    sample, form = sample_at(request, number), LoanForm(request.POST, auto_id="lend_%s")

    def do() -> Loan:
        filled(form)
        return services.lend_sample(sample, form.given(sample), actor=request.user)

    return acted(request, sample, do, _("交出去了，等对方签收。"), {"lend": form})


@login_required
@require_POST
def move(request: StaffRequest, number: str) -> HttpResponse:
    """换地方、换保管人（第十条）。"""
    sample, form = sample_at(request, number), PlaceForm(request.POST, auto_id="move_%s")
    return acted(
        request,
        sample,
        lambda: services.move_sample(sample, **filled(form), actor=request.user),
        _("放到新的地方了。"),
        {"move": form},
    )


@login_required
@require_POST
def correct(request: StaffRequest, number: str) -> HttpResponse:
    """登记写错了，改对（第十条）。"""
    sample, form = sample_at(request, number), CorrectForm(request.POST, auto_id="correct_%s")
    return acted(
        request,
        sample,
        lambda: services.correct_sample(sample, **filled(form), actor=request.user),
        _("更正记下了。"),
        {"correct": form},
    )


@login_required
@require_POST
def keep_longer(request: StaffRequest, number: str) -> HttpResponse:
    """续留（第十条）。"""
    sample, form = sample_at(request, number), LongerForm(request.POST, auto_id="longer_%s")
    return acted(
        request,
        sample,
        lambda: services.keep_longer(sample, **filled(form), actor=request.user),
        _("续留记下了。"),
        {"longer": form},
    )


@login_required
@require_POST
def close(request: StaffRequest, number: str) -> HttpResponse:
    """注销（第十条）。"""
    sample, form = sample_at(request, number), ReasonForm(request.POST, auto_id="closing_%s")
    return acted(
        request, sample, lambda: services.close_sample(sample, **filled(form), actor=request.user), _("已注销。")
    )


@login_required
@require_POST
def photograph(request: StaffRequest, number: str) -> HttpResponse:
    """补拍照片（第十条）。"""
    sample = sample_at(request, number)

    def do() -> Any:
        photo = request.FILES.get("photo")
        if photo is None:
            raise ValidationError(_("还没有拍照、没有选文件"))
        return services.photograph_sample(sample, photo, actor=request.user)

    return acted(request, sample, do, _("照片归档了。"))


@login_required
@require_POST
def spend(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """用掉、退还客户、遗失（C类 客供料）。"""
    sample = sample_at(request, number)
    do, shape, name, done = SPENDING[verb]
    form = shape(request.POST, auto_id=f"{name}_%s")
    return acted(request, sample, lambda: do(sample, **filled(form), actor=request.user), str(done), {name: form})


@login_required
@require_POST
def ask_pass(request: StaffRequest, number: str) -> HttpResponse:
    """申请放行（C类 客供料）。"""
    sample, form = sample_at(request, number), PassForm(request.POST, auto_id="gate_%s")
    return acted(
        request,
        sample,
        lambda: services.ask_pass(sample, **filled(form), actor=request.user),
        _("已送主任批。"),
        {"gate": form},
    )
