"""`manage.py verify_invariants`: asks every floor whether what must always hold still holds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflow.proofs import INVARIANTS, prove_all


class Command(BaseCommand):
    """把每条承诺查一遍，不对的一条一句；结果留档，每夜也自动查一遍。"""

    help = "Prove every invariant, keep the result, name each break; exit code 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        run = prove_all()
        for words in run.found:
            self.stderr.write(words)
        if run.found:
            raise CommandError(_("有 %(n)d 处不对") % {"n": len(run.found)})
        ids = sorted({invariant.id for invariant in INVARIANTS}, key=lambda one: int(one[1:]))
        self.stdout.write(_("都对：%(ids)s，用了 %(s)s 秒") % {"ids": "、".join(ids), "s": run.seconds})
