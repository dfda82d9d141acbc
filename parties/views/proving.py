"""再证明一次是本人：口令或者通行密钥；五分钟内证明过的不问，去掉证明用的东西每次都问（第二十条）。"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from parties import passkeys, reauth
from parties.http import StaffRequest
from parties.models import Passkey
from parties.reauth import Proof

OWN = frozenset({"password", "passkey", "csrfmiddlewaretoken"})


def with_proof(
    request: StaffRequest, words: str, back: str, do: Callable[[Proof], HttpResponse], *, always: bool = False
) -> HttpResponse:
    """Do it when the session is fresh; else ask for a proof on a page of its own that carries the form along."""
    proof = None if always else reauth.proved_at(request)
    if proof is not None:
        return do(proof)
    if not ("password" in request.POST or request.POST.get("passkey")):
        return _ask(request, words, back)
    try:
        proof = reauth.prove(request)
    except ValidationError as error:
        return _ask(request, words, back, error.message_dict, status=400)
    return do(proof)


def _ask(
    request: StaffRequest, words: str, back: str, errors: dict[str, list[str]] | None = None, status: int = 200
) -> HttpResponse:
    carried = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    context = {
        "words": words,
        "back": back,
        "errors": errors or {},
        "carried": carried,
        "has_passkeys": bool(passkeys.of_person(request.user, request)),
        "passkey_trouble": passkeys.trouble_with(request) if Passkey.objects.filter(user=request.user).exists() else "",
    }
    return render(request, "parties/prove.html", context, status=status)
