"""A request of somebody who is logged in, with the types that views rely on."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from parties.models import User


class StaffRequest(HttpRequest):
    """What a view behind `login_required` is handed."""

    user: User
    htmx: HtmxDetails
