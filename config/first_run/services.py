"""The company is opened: its record, its administrator, its departments and people, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from config.first_run import code
from config.first_run.defaults import make_departments, make_kinds
from config.first_run.people import Newcomer
from papers.services import attach
from papers.services.filing import LOGO
from papers.services.keeping import Upload
from parties.models import Company, Department, Team, User
from parties.roles import Role
from workflow.guards import WrongState

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


@dataclass(frozen=True)
class Opening:
    """What the first-run page was told."""

    company: dict[str, str]
    administrator: dict[str, str]
    logo: Upload | None = None
    people: list[Newcomer] = field(default_factory=list)


@dataclass(frozen=True)
class Account:
    """A person and the password that they are given once, on paper or by word of mouth."""

    person: User
    password: str


@transaction.atomic
def open_company(opening: Opening) -> list[Account]:
    """第一次使用：建公司、管理员、部门、业务类别和人员，全部或全不；代码从此作废（第一章）。"""
    code.only_one_at_a_time()
    if not code.is_open():
        raise WrongState(_("公司已经建好了，请登录"))
    company = Company.objects.create(**opening.company)
    administrator = make_administrator(**opening.administrator)
    departments = make_departments()
    make_kinds()
    accounts = take_in(opening.people, departments)
    if opening.logo is not None:
        file_logo(opening.logo, company, administrator)
    transaction.on_commit(code.void)
    return accounts


def make_administrator(**facts: Any) -> User:
    """管理员：开得了后台，管得了人，办不了业务（第三条）。"""
    return User.objects.create_user(role=Role.ADMIN, is_staff=True, is_superuser=True, **facts)


def take_in(people: Iterable[Newcomer], departments: dict[str, Department]) -> list[Account]:
    """The people with their departments and teams, each with a password of their own."""
    newcomers = list(people)
    teams = {name: Team.objects.create(name=name) for name in dict.fromkeys(p.team for p in newcomers if p.team)}
    accounts = [account_of(one, departments, teams) for one in newcomers]
    User.objects.bulk_create([account.person for account in accounts])
    for one, account in zip(newcomers, accounts, strict=True):
        if one.head:
            departments[one.department].head = account.person
            departments[one.department].save(update_fields=["head"])
        if one.team and one.role == Role.SUPERVISOR:
            teams[one.team].supervisor = account.person
            teams[one.team].save(update_fields=["supervisor"])
    return accounts


def account_of(one: Newcomer, departments: dict[str, Department], teams: dict[str, Team]) -> Account:
    password = "-".join("".join(secrets.choice(LETTERS) for _n in range(GROUP)) for _g in range(GROUPS))
    person = User(
        username=one.username,
        name=one.name,
        role=one.role,
        department=departments.get(one.department),
        team=teams.get(one.team),
        phone=one.phone,
        password=quickly_hashed(password),
        initial_password=True,
    )
    return Account(person, password)


def quickly_hashed(password: str) -> str:
    """Few rounds: 79 random bits need no more, five hundred people could not wait; the first login hashes it anew."""
    return str(get_hasher("pbkdf2_sha256").encode(password, secrets.token_hex(11), 1000))  # type: ignore[call-arg]


def file_logo(logo: Upload, company: Company, administrator: User) -> None:
    """标志归在公司上，印在每一张单据的抬头（第二十条）。"""
    try:
        attach(logo, about=f"parties_company:{company.pk}", actor=administrator, kind=LOGO)
    except ValidationError as error:
        raise ValidationError({"logo": error.messages}) from error
