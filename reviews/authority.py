"""Who may grant and revoke a written authorisation, who sees which, and how one stands today (第十九条、第二十条)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from papers.models import Attachment
from papers.services import attachments_of
from parties.models import Authorisation, Department, User
from parties.roles import Role
from workflow import clock
from workflow.templatetags.wording import day

SEES_ALL = frozenset({Role.GM, Role.DIRECTOR, Role.SUPERVISOR, Role.OFFICE, Role.ADMIN})
EXPIRES_WITHIN = dt.timedelta(days=14)
Scope = Authorisation.Scope


def about(authorisation: Authorisation) -> str:
    """How its scan names it."""
    return f"parties_authorisation:{authorisation.pk}"


def grants(user: User, scope: str, department: Department | None) -> bool:
    """通知单由总经理授权，评审由这个部门此时的第一负责人授权；代理人不能替他授权（第十九条、第二十条）。"""
    if not user.is_active:
        return False
    if scope == Scope.SIGN_NOTICE:
        return user.role == Role.GM
    return department is not None and department.head_id == user.pk


def scopes_of(user: User) -> list[str]:
    """Which kinds of authorisation this person may grant."""
    found = [str(Scope.SIGN_NOTICE)] if user.role == Role.GM else []
    return [*found, str(Scope.SIGN_REVIEW)] if headed_by(user).exists() else found


def headed_by(user: User) -> QuerySet[Department]:
    """此时由他当第一负责人的部门。"""
    return Department.objects.filter(head=user)


def revokes(user: User, authorisation: Authorisation) -> bool:
    """授权的人，或此时能授这种权的人；被授权的人自己不能。"""
    if user.pk == authorisation.delegate_id or not user.is_active:
        return False
    return user.pk == authorisation.grantor_id or grants(user, authorisation.scope, authorisation.department)


def authorisations_of(user: User) -> QuerySet[Authorisation]:
    """看得见的授权书，新的在前；撤销的一份不单列，写在被撤销的那份上。"""
    rows = Authorisation.objects.filter(revokes__isnull=True)
    if user.role not in SEES_ALL:
        rows = rows.filter(Q(grantor=user) | Q(delegate=user) | Q(department__head=user))
    return rows.select_related("grantor", "delegate", "department", "revoked_by__grantor").order_by("-pk")


@dataclass(frozen=True)
class Standing:
    """One authorisation as the list shows it."""

    row: Authorisation
    words: str
    tone: str
    valid: bool
    scan: Attachment | None
    may_revoke: bool


def standings(user: User, limit: int) -> list[Standing]:
    """授权书一览：有效、快到期、过期、撤销（第十九条）。"""
    rows = list(authorisations_of(user)[:limit])
    scans = {file.about: file for file in attachments_of(*[about(row) for row in rows])} if rows else {}
    return [_standing(row, user, scans.get(about(row))) for row in rows]


def _standing(row: Authorisation, user: User, scan: Attachment | None) -> Standing:
    words, tone, valid = _words(row, clock.today())
    over = row.valid_to < clock.today() or hasattr(row, "revoked_by")
    return Standing(row, words, tone, valid, scan, not over and revokes(user, row))


def _words(row: Authorisation, today: dt.date) -> tuple[str, str, bool]:
    if hasattr(row, "revoked_by"):
        when = day(row.revoked_by.recorded_at)
        return _("%(day)s 撤销，%(number)s") % {"day": when, "number": row.revoked_by.number}, "", False
    if row.valid_to < today:
        return _("过期了"), "", False
    if row.valid_from > today:
        return _("还没到"), "", False
    left = (row.valid_to - today).days
    if row.valid_to - today <= EXPIRES_WITHIN:
        return (_("还有 %(n)d 天到期") % {"n": left} if left else _("今天到期")), "risk", True
    return _("有效"), "good", True
