"""请假与代理：登记、提前回来（第三条）。谁代办由 workflow.deputies 回答，这里只登记。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from parties.models import Deputy, User
from parties.roles import DEPUTIES, Role, fills_in
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import together

LONGEST = dt.timedelta(days=366)


def enters_for(actor: User, person: User) -> bool:
    """本人、带他的主任、部门第一负责人、总监、管理员可以登记（第三条）。"""
    if not actor.is_active:
        return False
    if actor.pk == person.pk or actor.role == Role.DIRECTOR or actor.may("parties.administer"):
        return True
    leads = person.team is not None and person.team.supervisor_id == actor.pk
    return leads or (person.department is not None and person.department.head_id == actor.pk)


def people_entered_by(actor: User) -> QuerySet[User]:
    """这个人可以替他们登记的人，本人在内。"""
    people = User.objects.filter(is_active=True, role__in=list(DEPUTIES)).order_by("name", "pk")
    if actor.role == Role.DIRECTOR or actor.may("parties.administer"):
        return people
    return people.filter(Q(pk=actor.pk) | Q(team__supervisor=actor) | Q(department__head=actor))


def deputies_for(person: User) -> QuerySet[User]:
    """能代这个人的：同一岗位，或上一级（第三条）。"""
    roles = DEPUTIES.get(person.role, frozenset())
    return User.objects.filter(role__in=roles, is_active=True).exclude(pk=person.pk).order_by("name", "pk")


@together
def take_leave(person: User, deputy: User, first_day: dt.date, last_day: dt.date, *, actor: User) -> Deputy:
    """登记请假：这几天由代理人办，过了最后一天自己回来（第三条）。"""
    pks = sorted({person.pk, deputy.pk})
    held = User.objects.select_for_update(no_key=True, of=("self",)).select_related("team", "department")
    locked = {one.pk: one for one in held.filter(pk__in=pks).order_by("pk")}
    person, deputy = locked[person.pk], locked[deputy.pk]
    if not enters_for(actor, person):
        raise PermissionDenied(_("%(name)s的假不归您登记") % {"name": person})
    errors = _days(first_day, last_day) or {"deputy": list(_unfit(person, deputy, first_day, last_day))}
    if errors.get("first_day") or errors.get("last_day") or errors["deputy"]:
        raise ValidationError({field: words for field, words in errors.items() if words})
    deputy.deputises_until = max(last_day, deputy.deputises_until or last_day)
    deputy.save(update_fields=["deputises_until"])
    return Deputy.objects.create(person=person, deputy=deputy, first_day=first_day, last_day=last_day, entered_by=actor)


@together
def end_leave(leave: Deputy, *, actor: User) -> Deputy:
    """提前回来：从今天起自己办（第三条）。"""
    leave = Deputy.objects.select_for_update(no_key=True, of=("self",)).select_related("person__team").get(pk=leave.pk)
    if not enters_for(actor, leave.person):
        raise PermissionDenied(_("%(name)s的假不归您登记") % {"name": leave.person})
    if leave.back_on is not None or leave.last_day < clock.today():
        raise WrongState(_("%(name)s已经回来了") % {"name": leave.person})
    leave.back_on, leave.ended_by = clock.today(), actor
    leave.save(update_fields=["back_on", "ended_by"])
    return leave


def _days(first: dt.date, last: dt.date) -> dict[str, list[str]]:
    if first < clock.today():
        return {"first_day": [_("请假从今天或以后开始")]}
    if last < first:
        return {"last_day": [_("最后一天不能早于第一天")]}
    return {"last_day": [_("一次最多登记一年")]} if last - first > LONGEST else {}


def _unfit(person: User, deputy: User, first: dt.date, last: dt.date) -> Iterator[str]:
    """Why this person cannot stand in: a leave has one deputy, who is there on those days and of the same office."""
    if person.pk == deputy.pk:
        yield _("不能自己代自己")
    elif not (deputy.is_active and fills_in(deputy.role, person.role)):
        yield _("%(deputy)s代不了%(person)s：要同一岗位或上一级、在职的人") % {"deputy": deputy, "person": person}
    leaves = Deputy.objects.touching(first, last)
    if leaves.filter(person=person).exists():
        yield _("%(name)s这几天已经登记了请假") % {"name": person}
    if leaves.filter(person=deputy).exists():
        yield _("%(name)s这几天自己也请假") % {"name": deputy}
    if stood_in := leaves.filter(deputy=person).select_related("person").first():
        yield _("这几天%(person)s正代%(absent)s，请先给%(absent)s换代理人") % {
            "person": person,
            "absent": stood_in.person,
        }
