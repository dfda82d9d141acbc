"""The demo company, made once on the first start; its accounts are written last, when everything else is there."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.demo.absences import make_absences
from config.demo.changes import make_changes
from config.demo.company import make_company
from config.demo.meetings import make_meetings
from config.demo.offers import make_offers
from config.demo.orders import make_orders
from config.demo.partners import make_partners
from config.demo.samples import make_samples
from integration.services import issue_token
from parties.models import Company, User
from parties.services import SYSTEM

ACCOUNTS = "demo-accounts.json"


class Command(BaseCommand):
    """`manage.py make_demo`: people, customers, sixty orders; does nothing where a company already is."""

    help = "make the demo company"

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.GENDAN_PRODUCTION:
            raise CommandError("a production installation has no demo company")
        path = settings.GENDAN_HOME / ACCOUNTS
        if path.exists():
            return
        with transaction.atomic():
            count = 0
            if not Company.objects.exists():
                people = make_company()
                make_partners(people)
                count = make_orders(people)
                make_changes(people)
                make_meetings(people)
                make_samples(people)
                make_offers(people)
                make_absences(people)
            accounts = [_account(person) for person in User.objects.exclude(username=SYSTEM).order_by("pk")]
        write_accounts(path, accounts)
        self.stdout.write(f"{len(accounts)} people, {count} orders")


def _account(person: User) -> dict[str, str]:
    password = secrets.token_urlsafe(9)
    person.password = make_password(password)
    person.save(update_fields=["password"])
    _token, secret = issue_token(person, name="demo", scopes=["sign"])
    return {
        "username": person.username,
        "name": person.name,
        "role": person.role,
        "password": password,
        "api_token": secret,
    }


def write_accounts(path: Path, accounts: list[dict[str, str]]) -> None:
    """Write the accounts for the owner's eyes only, whole or not at all."""
    temporary = path.with_suffix(".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
