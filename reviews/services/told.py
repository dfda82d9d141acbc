"""告知：评审之后把结果和交期告诉业务员或客户，记下谁、何时、怎么说的（第二十条）。"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from reviews.models import Round, Told
from reviews.rights import works
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import locked, record, together

LATITUDE = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class ToldInput:
    """告诉了业务员还是客户、谁、怎么说的、什么时候。"""

    whom: str
    who: str
    how: str
    at: dt.datetime | None = None
    note: str = ""


@together
def record_told(review: Round, given: ToldInput, *, actor: User) -> Told:
    """记一次告知；不挡签发，没记的一直提醒（第二十条）。"""
    review = locked(review)
    if not (actor.may("reviews.tell") and works(review, actor)):
        raise PermissionDenied(_("评审结果由这张单的跟单员或主任告知"))
    if review.concluded_at is None or review.state == Round.State.CLOSED:
        raise WrongState(_("这一轮评审还没有结论，没有结果可以告知"))
    at = given.at or clock.now()
    _check(review, given, at)
    told: Told = Told.objects.create(
        round=review,
        whom=given.whom,
        who=given.who.strip(),
        how=given.how.strip(),
        at=at,
        note=given.note.strip(),
        by=actor,
        by_name=str(actor),
    )
    review.told_at = review.told_at or at
    record(
        review,
        "tell",
        actor=actor,
        label=_("告知评审结果"),
        article="第二十条",
        rule="A17b",
        reason=_("%(whom)s%(who)s，%(how)s") % {"whom": told.get_whom_display(), "who": told.who, "how": told.how},
    )
    return told


def _check(review: Round, given: ToldInput, at: dt.datetime) -> None:
    asked = {"who": _("请写明告诉了谁"), "how": _("请写明怎么说的：电话、微信、邮件")}
    errors = {name: words for name, words in asked.items() if not getattr(given, name).strip()}
    if given.whom not in Told.Whom.values:
        errors["whom"] = _("告知业务员或客户")
    if at > clock.now() + LATITUDE or (review.concluded_at is not None and at < review.concluded_at):
        errors["at"] = _("告知时间在下结论以后，不能在将来")
    if errors:
        raise ValidationError(errors)
