"""Who is away soon and who signs by whose word: one leave next week, one authorisation about to end."""

from __future__ import annotations

import datetime as dt

from parties.models import Authorisation, User
from workflow import clock
from workflow.leave import take_leave

MONDAY = 7


def make_absences(people: dict[str, User]) -> None:
    """李晓雯下周一到周三请假，由陈思远代；黄丽珍给孔令辉的授权书九天以后到期（第三条、第十九条）。"""
    today = clock.today()
    monday = today + dt.timedelta(days=MONDAY - today.weekday())
    take_leave(people["xiaoli"], people["xiaochen"], monday, monday + dt.timedelta(days=2), actor=people["xiaoli"])
    Authorisation.objects.create(
        number="SQ26-003",
        scope=Authorisation.Scope.SIGN_REVIEW,
        grantor=people["material"],
        delegate=people["planning"],
        department=people["material"].department,
        valid_from=today - dt.timedelta(days=80),
        valid_to=today + dt.timedelta(days=9),
    )
