"""What must always hold of work in the shop (第二十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext as _

from production.models import Inspection, Visit
from workflow.proofs import proves


@proves("I24", "作废的通知单，作废以后没有人再照它报工")
def nothing_is_reported_under_a_void_notice() -> Iterator[str]:
    """No visit, no inspection recorded after the notice it names was void."""
    for model in (Visit, Inspection):
        for row in model.objects.filter(notice__voided_at__lt=F("recorded_at")).select_related("notice"):
            yield _("%(what)s %(pk)s 照着已作废的通知单 %(number)s") % {
                "what": model._meta.verbose_name, "pk": row.pk, "number": row.notice.number,
            }  # fmt: skip
