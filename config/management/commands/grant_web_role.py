"""`manage.py grant_web_role <role>`, run as the owner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from config.grants import append_only_tables, grant_web_role


class Command(BaseCommand):
    help = "Give the web role its rights: everything on documents, only SELECT and INSERT on append-only tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, **options: Any) -> None:
        grant_web_role(connection, options["role"])
        self.stdout.write(f"{options['role']}: {len(append_only_tables())} append-only tables are closed to it.")
