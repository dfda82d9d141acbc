"""`manage.py first_run_code`, run at every start of a production installation: how the first person gets in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.first_run import code


class Command(BaseCommand):
    """Print the address of the first-run page and a new one-time code; silent where people already are."""

    help = "print the address and the one-time code of the first-run page"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.GENDAN_PRODUCTION:
            raise CommandError("only a production installation (GENDAN_ENV=production) has a first-run page")
        if not code.is_open():
            code.void()
            return
        self.stdout.write(f"nobody is here yet: open {site()}/first-run/ with the one-time code (good for 24 hours)")
        self.stdout.write(f"        {code.make()}")


def site() -> str:
    """Where browsers find this installation, as far as its environment tells."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if "*" not in origin:
            return str(origin).rstrip("/")
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"]
    return f"https://{hosts[0].lstrip('.')}" if hosts else f"http://127.0.0.1:{settings.ENV.port}"
