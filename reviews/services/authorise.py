"""授权书：立一份、撤销一份；只加不改，原件的扫描件归在上面（第十九条、第二十条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from papers.numbering import next_number
from papers.services import attach
from papers.services.keeping import Upload
from parties.models import Authorisation, Department, User
from parties.roles import Role
from reviews.authority import about, grants, revokes, scopes_of
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import together

SERIES = "SQ"
LONGEST = dt.timedelta(days=2 * 366)
Scope = Authorisation.Scope


@together
def grant_authorisation(
    delegate: User,
    scope: str,
    *,
    department: Department | None = None,
    valid_from: dt.date,
    valid_to: dt.date,
    scan: Upload | None,
    actor: User,
) -> Authorisation:
    """立授权书：签发通知单由总经理授权，代部门签评审由这个部门的第一负责人授权（第十九条、第二十条）。"""
    if not grants(actor, scope, department):
        raise PermissionDenied(_("这份授权书不归您立：通知单由总经理授权，评审由部门第一负责人授权"))
    errors = {**_period(valid_from, valid_to), **_delegate(delegate, scope, actor)}
    if scan is None:
        errors["file"] = _("请附上授权书的扫描件或照片")
    if errors or scan is None:
        raise ValidationError(errors)
    authorisation = Authorisation.objects.create(
        number=next_number(SERIES),
        scope=scope,
        grantor=actor,
        delegate=delegate,
        department=department if scope == Scope.SIGN_REVIEW else None,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _file(scan, authorisation, actor)
    return authorisation


@together
def revoke_authorisation(authorisation: Authorisation, *, actor: User) -> Authorisation:
    """撤销：另立一份指明所撤销的，从此刻起不能再凭它签字；签过的照样有效（第十九条）。"""
    User.objects.select_for_update(no_key=True).get(pk=authorisation.delegate_id)  # two revokers wait for each other
    fresh = Authorisation.objects.select_related("department", "delegate").get(pk=authorisation.pk)
    if not revokes(actor, fresh):
        raise PermissionDenied(_("授权书由授权的人，或此时的总经理、部门第一负责人撤销"))
    if fresh.revokes_id is not None or Authorisation.objects.filter(revokes=fresh).exists():
        raise WrongState(_("授权书 %(number)s 已经撤销了") % {"number": fresh.number})
    if fresh.valid_to < clock.today():
        raise WrongState(_("授权书 %(number)s 已经过期，不用撤销") % {"number": fresh.number})
    return Authorisation.objects.create(
        number=next_number(SERIES),
        scope=fresh.scope,
        grantor=actor,
        delegate=fresh.delegate,
        department=fresh.department,
        valid_from=min(clock.today(), fresh.valid_to),
        valid_to=fresh.valid_to,
        revokes=fresh,
    )


def _file(scan: Upload, authorisation: Authorisation, actor: User) -> None:
    try:
        attach(scan, about=about(authorisation), actor=actor, kind="authorisation")
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def _period(first: dt.date, last: dt.date) -> Mapping[str, str]:
    if first < clock.today():
        return {"valid_from": _("授权从今天或以后开始，不能倒签")}
    if last < first:
        return {"valid_to": _("止期不能早于起期")}
    return {"valid_to": _("一份授权书最长两年")} if last - first > LONGEST else {}


def _delegate(delegate: User, scope: str, actor: User) -> Mapping[str, str]:
    """A delegate is somebody else, who works here and whose office lets them read what they sign."""
    if delegate.pk == actor.pk:
        return {"delegate": _("不能授权给自己")}
    right = "reviews.view" if scope == Scope.SIGN_NOTICE else "reviews.answer"
    able = delegate.may(right) and delegate.role not in {Role.MACHINE, Role.ADMIN}
    if not able or scope not in scopes_of(actor):
        return {"delegate": _("%(name)s的岗位签不了这一种") % {"name": delegate}}
    return {}
