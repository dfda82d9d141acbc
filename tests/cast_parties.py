"""People away and people who stand in for them."""

from __future__ import annotations

import datetime as dt

from parties.models import Deputy, User
from tests.cast import Cast
from tests.cast_reviews import day
from workflow import clock
from workflow.leave import take_leave

__all__ = ["anew", "away", "day", "xiaoli_away"]


def away(person: User, deputy: User, *, first: int = 0, last: int = 2) -> Deputy:
    """某人从今天起请假三天，由某人代。"""
    today = clock.today()
    return take_leave(person, deputy, today + dt.timedelta(days=first), today + dt.timedelta(days=last), actor=person)


def xiaoli_away(cast: Cast) -> Deputy:
    """小李请假，小陈代。"""
    return away(cast.xiaoli, cast.xiaochen)


def anew(user: User) -> User:
    """The person as the next request reads them."""
    return User.objects.select_related("department", "team").get(pk=user.pk)
