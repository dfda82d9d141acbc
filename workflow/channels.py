"""What the flow itself sends out: a duty that climbed is told to the one it climbed to."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from workflow.models import Duty
from workflow.outbox import sends


@sends("duty.climbed")
def tell_superior(payload: dict[str, Any]) -> None:
    """过期的待办上报：有邮箱的发邮件，没有的在待办里看；已经办了的不发（I34）。"""
    duty = Duty.objects.select_related("holder", "climbs_to").get(pk=payload["duty"])
    if duty.closed_at is not None or duty.climbs_to is None or not duty.climbs_to.email:
        return
    EmailMessage(
        subject=_("上报：%(title)s") % {"title": duty.title},
        body=_("%(holder)s 的「%(title)s」过期未办：%(words)s")
        % {"holder": duty.holder, "title": duty.title, "words": duty.words},
        to=[duty.climbs_to.email],
        headers={"Message-ID": f"<duty-{duty.pk}@gendan>"},
    ).send()
