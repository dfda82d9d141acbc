"""What a change's page shows: the differences, the impact, the steps, who still holds the old notice (第二十二条)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.rights import leads, works
from parties.models import User
from reviews.answering import Other, others
from reviews.change_forms import AgreeForm
from reviews.differences import asked
from reviews.impact import GRADES, Preview, preview
from reviews.models import ChangeRequest, Notice, NoticeCopy
from reviews.notice_reminders import RETURN_WITHIN
from reviews.sight import heard_in
from workflow import clock
from workflow.machine import offers
from workflow.shown import Step
from workflow.templatetags.wording import day
from workflow.views import Button, buttons

PRIMARY = ("submit",)
OWN_FORMS = {"agree_as_reviewed"}
HIDDEN = {"agree_without_review"}  # offered where it can be done: that departments are asked is the usual way
STEPS = (
    gettext_lazy("起草"),
    gettext_lazy("提交"),
    gettext_lazy("评审"),
    gettext_lazy("编通知单"),
    gettext_lazy("签发生效"),
    gettext_lazy("收回旧单"),
)


@dataclass(frozen=True)
class Held:
    """One copy of the old notice: who has it, since when, for how long it should have been back."""

    copy: NoticeCopy

    @property
    def out(self) -> bool:
        """Whether it still has to come back."""
        return self.copy.state in NoticeCopy.OUT

    @property
    def since(self) -> Any:
        """Void since."""
        return self.copy.notice.voided_at

    @property
    def late_days(self) -> int:
        """Days past the limit."""
        if not self.out or self.since is None:
            return 0
        return int(max((clock.now() - self.since - RETURN_WITHIN).days, 0))


def page(user: User, change: ChangeRequest) -> dict[str, Any]:
    """Everything the change's page shows."""
    money = user.may("orders.view_money")
    notices = list(change.notices.select_related("change_of").order_by("-pk"))
    review, held = change.last_round, register(change)
    if review is not None:
        review.order, review.change = change.order, change
    return {
        "change": change,
        "order": change.order,
        "rows": asked(change, money=money),
        "preview": preview(change, user),
        "grades": GRADES,
        "steps": steps(change, notices, held),
        "offers": acts(change, user, notices),
        "version": change.revision,
        "review": review,
        "others": _others(change, user),
        "notices": [notice for notice in notices if notice.state != Notice.State.DRAFT or sees_draft(user)],
        "held": held,
        "missing": sum(one.out for one in held),
        "departments": list(change.departments.all()),
        "agree_form": AgreeForm() if _may(change, user, "agree_as_reviewed") else None,
        "may_edit": change.state == ChangeRequest.State.DRAFT and _writes(change, user),
    }


def sees_draft(user: User) -> bool:
    """Departments get no notice that is not signed (第六条)."""
    return user.may("orders.view_money")


def register(change: ChangeRequest) -> list[Held]:
    """旧通知单各份在谁手里（第二十二条）。"""
    rows: QuerySet[NoticeCopy] = NoticeCopy.objects.filter(
        notice__in=change.notices.filter(signed_at__isnull=False).values("change_of")
    )
    rows = rows.select_related("notice", "department__head", "acknowledged_by", "returned_by", "lost_approved_by")
    return [Held(copy) for copy in rows.order_by("number")]


def acts(change: ChangeRequest, user: User, notices: list[Notice]) -> list[Button]:
    """The moves, and the links to where the next step is done; one of them is filled."""
    base = reverse("reviews:change", args=[change.pk])
    primary = PRIMARY if change.needs_review else (*PRIMARY, "agree_without_review")
    found = [move for move in buttons(offers(change, user), base, primary=primary) if move.name not in OWN_FORMS]
    found = [move for move in found if move.name not in HIDDEN or not move.refusals]
    next_one = next_step(change, user, notices)
    if next_one is None:
        return found
    if any(move.name == "agree_without_review" for move in found):
        next_one = replace(next_one, primary=False)
        return [next_one, *found]
    return [*(replace(move, primary=False) for move in found), next_one]


def next_step(change: ChangeRequest, user: User, notices: list[Notice]) -> Button | None:
    """What this person has to do now, beyond the moves of the change itself."""
    live = next((notice for notice in notices if notice.state in {"draft", "signed"}), None)
    review = change.last_round
    waits = change.state == "submitted" or (change.state == "reviewing" and _stuck(change, live))
    if waits and user.may("reviews.open_round") and leads(change.order, user):
        words = _("组织评审") if change.state == "submitted" else _("再评审一轮")
        url = reverse("reviews:open_change_round", args=[change.pk])
        return _link("open_round", words, url, primary=change.state == "submitted")
    if live is not None and sees_draft(user):
        return _link("notice", _("看通知单（更改）"), reverse("reviews:notice", args=[live.number]), primary=True)
    if change.is_agreed and user.may("reviews.draft_notice") and works(change.order, user):
        url = reverse("reviews:create_change_notice", args=[change.pk])
        return Button("notice", _("编制通知单（更改）"), url, "第二十二条", (), needs_reason=False, primary=True)
    if review is not None and review.state == "open":
        return _link("review", _("看评审"), reverse("reviews:detail", args=[review.pk]), primary=True)
    return None


def _stuck(change: ChangeRequest, live: Notice | None) -> bool:
    """The last round came to nothing yet: neither open, nor agreed, nor on its way to be signed."""
    review = change.last_round
    return review is not None and review.state != "open" and live is None and not change.is_agreed


def _link(name: str, label: str, url: str, *, primary: bool) -> Button:
    return Button(name, label, url, "第二十二条", (), needs_reason=False, primary=primary, link=True)


def _others(change: ChangeRequest, user: User) -> list[Other]:
    review = change.last_round
    return [] if review is None else others(review, None, heard=heard_in(review, user))


def _writes(change: ChangeRequest, user: User) -> bool:
    return user.may("reviews.request_change") and works(change.order, user)


def _may(change: ChangeRequest, user: User, move: str) -> bool:
    return any(offer.name == move and not offer.refusals for offer in offers(change, user))


def steps(change: ChangeRequest, notices: list[Notice], held: list[Held]) -> list[Step]:
    """起草 → 提交 → 评审 → 编通知单 → 签发生效 → 收回旧单，走到哪一步。"""
    at, notes = _stands_at(change, notices, held), _notes(change, notices, held)
    ended = change.state in {"refused", "withdrawn"}
    here = "stop" if ended else "now"
    return [
        Step(str(word), notes.get(place, ""), "done" if place < at else here if place == at else "")
        for place, word in enumerate(STEPS)
    ]


def _stands_at(change: ChangeRequest, notices: list[Notice], held: list[Held]) -> int:
    if change.state == "effective":
        return 5 if any(one.out for one in held) else 6
    if any(notice.state == "draft" for notice in notices):
        return 4
    if change.is_agreed:
        return 3
    return 2 if change.last_round is not None or change.state == "submitted" else 1 if change.formal_number else 0


def _notes(change: ChangeRequest, notices: list[Notice], held: list[Held]) -> dict[int, str]:
    notes = {0: f"{day(change.created_at)} {change.created_by}"}
    if change.submitted_at:
        notes[1] = day(change.submitted_at)
    if change.decided_at is not None:
        notes[2] = _("不用评审，%(name)s同意") % {"name": change.decided_by}
    elif change.last_round is not None:
        notes[2] = str(change.last_round.get_state_display())
    if notices:
        notes[3] = notices[0].number
    if change.state == "effective" and change.ended_at:
        notes[4] = day(change.ended_at)
        back = sum(not one.out for one in held)
        notes[5] = _("%(n)s／%(all)s 已收回") % {"n": back, "all": len(held)}
    return notes


__all__ = ["Held", "Preview", "acts", "page", "register", "steps"]
