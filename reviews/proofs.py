"""What must always hold of reviews and notices (第十九条、第二十条、第二十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from orders.models import State
from reviews.models import Answer, Notice, Round
from reviews.verifying import every_broken
from workflow.proofs import proves


@proves("I19", "签字签的就是存着的内容")
def signatures_hold() -> Iterator[str]:
    """Every standing signature re-hashes to what was signed."""
    yield from every_broken()


@proves("I22", "通过的评审每个部门都签了，签发的通知单有签字")
def sign_offs_are_complete() -> Iterator[str]:
    """No passed round with an unsigned answer or a standing objection; no numbered notice without its signature."""
    unsigned = ~Q(state__in=Answer.SIGNED_STATES) | Q(verdict="disagree")
    for answer in Answer.objects.filter(unsigned, round__state=Round.State.PASSED).select_related("department"):
        yield _("通过的第 %(round)s 轮评审里%(name)s没有签字") % {
            "round": answer.round_id,
            "name": answer.department.name,
        }
    for notice in Notice.objects.filter(formal_number__isnull=False).annotate(n=Count("signatures")).exclude(n=1):
        yield _("通知单 %(number)s 有 %(n)s 个签字") % {"number": notice.number, "n": notice.n}
    for notice in Notice.objects.filter(signatures__signer=F("made_by")):
        yield _("通知单 %(number)s 由编制的人自己签发") % {"number": notice.number}


@proves("I23", "现行的通知单，正是业务单现在这一版")
def live_notices_are_of_the_present_version() -> Iterator[str]:
    """What departments hold as valid says what the order says, and only an order in work has it."""
    for notice in Notice.objects.filter(state=Notice.State.ISSUED).exclude(order_version=F("order__version")):
        yield _("现行的通知单 %(number)s 不是业务单现在这一版") % {"number": notice.number}
    working = (State.ISSUED, State.PRODUCING, State.SHIPPING, State.COLLECTING, State.COMPLETED)
    astray = Notice.objects.filter(state=Notice.State.ISSUED).exclude(order__state__in=working)
    for notice in astray.select_related("order"):
        yield _("业务单 %(order)s 已不在做，通知单 %(number)s 却还现行") % {
            "order": notice.order.number, "number": notice.number,
        }  # fmt: skip
