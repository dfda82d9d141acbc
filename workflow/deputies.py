"""On whose behalf may this person act today (第三条、第十九条): the one place that knows who stands in for whom.

A deputy works on what is the absent person's, by the rights of their own office: nobody lends an office, and nobody
lends a signature (A19.2, A6.3a). There is no deputy of a deputy. What is known of a person is known for a request,
because their object lives as long as that; a told clock's other day is asked anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from parties.models import Deputy, User
from parties.roles import fills_in
from workflow import clock


def stood_in_by(user: User) -> tuple[User, ...]:
    """今天由这个人代办的人（第三条）。"""
    today = clock.today()
    if user.deputises_until is None or user.deputises_until < today:
        return ()
    known = user.stands_in_for
    if known is None or known[0] != today:
        rows = Deputy.objects.on(today).filter(deputy=user).select_related("person").order_by("person_id")
        absent = {row.person_id: row.person for row in rows if fills_in(user.role, row.person.role)}
        known = user.stands_in_for = (today, tuple(absent.values()))
    return known[1]


def deputies_on(day: dt.date) -> dict[int, int]:
    """这一天谁不在、由谁代：报上一级的，报到代理人那里。"""
    return dict(Deputy.objects.on(day).values_list("person_id", "deputy_id"))


def forget(user: User) -> None:
    """Ask anew next time: this object outlives the request it was read for."""
    user.stands_in_for = None


def persons(user: User) -> tuple[User, ...]:
    """本人，加上今天由他代办的人。"""
    return (user, *stood_in_by(user))


def ids(user: User) -> list[int]:
    """The same as keys."""
    return [person.pk for person in persons(user)]


def department_ids(user: User) -> list[int]:
    """本人的部门，加上所代的人的部门（第十七条）。"""
    return [person.department_id for person in persons(user) if person.department_id is not None]


def either(user: User, relation: Callable[[User], bool]) -> bool:
    """Whether the relation holds for the person, or for somebody they stand in for; the second is asked last."""
    return relation(user) or any(relation(absent) for absent in stood_in_by(user))


def named(user: User, belongs_to: Callable[[User], bool]) -> str:
    """陈思远（代 李晓雯）：留痕写明谁替谁做的（第三条）；分内的事只写本人。"""
    if belongs_to(user):
        return str(user)
    absent = next((one for one in stood_in_by(user) if belongs_to(one)), None)
    return f"{user}（代 {absent}）"[:80] if absent is not None else str(user)
