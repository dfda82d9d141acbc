"""`manage.py prove_ledger`: proves A62 and names any difference; its exit code is 1 when there is one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ledger.proof import differences


class Command(BaseCommand):
    """把台账、开票、收款各算两遍，有差异就一条一条说出来（A62）。"""

    help = "Compute every sum of the ledger twice and name each difference (A62)."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        for words in found:
            self.stderr.write(words)
        if found:
            raise CommandError(_("台账有 %(n)d 处不平") % {"n": len(found)})
        self.stdout.write(_("台账是平的：已发、已开票、已收、应收，各行、各单、各客户、各跟单员与总数都对得上。"))
