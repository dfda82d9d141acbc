"""`manage.py set_up`, run as the owner before every start: tables, rights, static files."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from config.grants import grant_web_role


class Command(BaseCommand):
    help = "Bring the database to this release, give the web role its rights, collect changed static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--web-role", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        if options["web_role"] != owner:
            grant_web_role(connection, options["web_role"])
        self.collect_static()

    def collect_static(self) -> None:
        """Compressing takes seconds; unchanged files are left alone."""
        stamp, seal = Path(settings.STATIC_ROOT) / ".collected", static_seal()
        if stamp.exists() and stamp.read_text(encoding="ascii") == seal:
            return
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(seal, encoding="ascii")


def static_seal() -> str:
    """Names, sizes and times of everything that can be served."""
    seal = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            seal.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seal.hexdigest()
