"""manage.py verify_signatures: does every standing signature still hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.verifying import every_broken


class Command(BaseCommand):
    """核对全部签字：内容被动过的逐一列出（第二十条、I19）。"""

    help = "Hash again what every standing signature was given to; name the broken ones."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(every_broken())
        for words in found:
            self.stdout.write(words)
        if found:
            raise CommandError(f"{len(found)} signatures are broken")
        self.stdout.write("every standing signature holds")
