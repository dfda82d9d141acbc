"""手机丢了而又没有别的管理员进得来：在服务器上清掉一个人的二次验证，写明由哪个管理员负责（第三条）。"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from parties import second_factor
from parties.models import User


class Command(BaseCommand):
    """`manage.py clear_second_factor USERNAME --by ADMINISTRATOR`."""

    help = "Remove a person's passkeys and codes and end their sessions; the administrator answers for it in the log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--by", required=True, help="username of the administrator who answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        person, actor = _person(options["username"]), _person(options["by"])
        try:
            gone = second_factor.clear(person, actor=actor)
        except PermissionDenied as error:
            raise CommandError(f"{actor.username}: {error}") from error
        self.stdout.write(f"{person.username}: {gone} removed, every session ended")


def _person(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"nobody is called {username!r}")
    return found
