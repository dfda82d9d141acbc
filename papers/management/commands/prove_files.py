"""manage.py prove_files: does every row have its bytes?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers import scrub


class Command(BaseCommand):
    """核对附件与单据的文件：缺失或被改动的逐一列出（第二十条）。"""

    help = "Compare every stored file with its row; name what is missing or altered."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(scrub.faults())
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{len(found)} files do not agree with their rows")
        self.stdout.write(f"{len(scrub.wanted())} files agree with their rows")
