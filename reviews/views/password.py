"""签字前再输一次口令：五分钟内验过的不问（第二十条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from parties import reauth
from parties.http import StaffRequest

OWN = frozenset({"password", "csrfmiddlewaretoken"})


def signed_with_password(
    request: StaffRequest, words: str, back: str, do: Callable[[dt.datetime], HttpResponse]
) -> HttpResponse:
    """Do it when the session is fresh; else ask the password on a page of its own that carries the form along."""
    moment = reauth.proved_at(request)
    if moment is not None:
        return do(moment)
    if "password" not in request.POST:
        return _ask(request, words, back)
    try:
        moment = reauth.prove(request, request.POST["password"])
    except ValidationError as error:
        return _ask(request, words, back, "；".join(error.messages), status=400)
    return do(moment)


def _ask(request: StaffRequest, words: str, back: str, error: str = "", status: int = 200) -> HttpResponse:
    carried = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    context = {"words": words, "back": back, "error": error, "carried": carried, "label": _("口令")}
    return render(request, "reviews/password.html", context, status=status)
