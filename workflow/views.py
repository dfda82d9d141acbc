"""The shape that every acting view shares: do it, or say in a sentence why not (STYLE 4.10)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import structlog
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import OperationalError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django_htmx.http import HttpResponseClientRedirect

from workflow.guards import Blocked, Refusal, Stale, WrongState
from workflow.machine import Offer
from workflow.models import Stateful

log = structlog.get_logger(__name__)

Context = Mapping[str, Any]
S = TypeVar("S", bound=Stateful)
BACK_TO = "HTTP_REFERER"
ROW = re.compile(r"(\w+)\.(\d{1,4})\.(\w+)")


@dataclass(frozen=True)
class Button:
    """A move as a button of a page: where it posts, what it still waits for, whether it is the thing to do now."""

    name: str
    label: str
    url: str
    article: str
    refusals: tuple[Refusal, ...]
    needs_reason: bool
    primary: bool = False
    confirm: str = ""
    opens: str = ""  # the id of a dialog that asks more than a reason
    link: bool = False  # a page of its own, not a move


@dataclass(frozen=True)
class Problem:
    """Why an act did not happen: one sentence, and every refusal behind it."""

    status: int
    words: str
    refusals: tuple[Refusal, ...] = ()
    error: Exception | None = None


def buttons(
    offers: Iterable[Offer], base: str, *, primary: Sequence[str] = (), confirm: Mapping[str, str] | None = None
) -> list[Button]:
    """Offers as buttons posting to `<base><verb>/`; of `primary` the first free one is filled, last."""
    offers = list(offers)
    free = {offer.name for offer in offers if not offer.refusals}
    filled = next((name for name in primary if name in free), "")
    asks = confirm or {}
    made = [
        Button(
            offer.name,
            offer.label,
            f"{base}{offer.verb}/",
            offer.article,
            offer.refusals,
            offer.needs_reason,
            primary=offer.name == filled,
            confirm=asks.get(offer.name, ""),
        )
        for offer in offers
    ]
    return sorted(made, key=lambda button: button.primary)


def problem_of(error: Exception) -> Problem:
    """What a refusal of the machine means to the person at the screen, with its HTTP status."""
    if isinstance(error, Blocked):
        return Problem(422, _("这一步还不能做"), error.refusals, error)
    if isinstance(error, ValidationError):
        return Problem(400, "；".join(error.messages), error=error)
    if isinstance(error, PermissionDenied):
        return Problem(403, str(error) or _("这一步不归您做"), error=error)
    if isinstance(error, OperationalError):
        return Problem(409, _("别人正在办这张单，请过几秒再试"), error=error)
    return Problem(409, str(error), error=error)


def beside(
    problem: Problem, form: BaseForm, names: Mapping[str, str] | None = None, **rows: Sequence[BaseForm]
) -> Problem | None:
    """Put what a service said beside the fields that it names; what is left is said at the head, if anything is.

    `names` are the fields that the form calls otherwise; `rows` the lists that a key such as `lines.0.quantity` means.
    """
    error = problem.error
    if not isinstance(error, ValidationError):
        return problem
    said = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    left: list[str] = []
    for key, words in said.items():
        row = ROW.fullmatch(key)
        place = form if row is None else next(iter(rows.get(row[1], ())[int(row[2]) :]), None)
        name = row[3] if row else key
        name = (names or {}).get(name, name)
        if place is not None and name in place.fields and not place.fields[name].widget.is_hidden:
            place.add_error(name, words)
        else:
            left += words
    return replace(problem, words="；".join(left)) if left else None


def act(
    request: HttpRequest,
    do: Callable[[], Any],
    *,
    then: str | Callable[[Any], str],
    template: str = "",
    context: Callable[[], Context] | None = None,
    done: str | Callable[[Any], str] = "",
    tags: str = "",
    answer: Callable[[Any], HttpResponse] | None = None,
    refused: Callable[[Problem], HttpResponse] | None = None,
) -> HttpResponse:
    """Do it and show the page anew, or answer 4xx with the reasons: the only try/except of the web layer.

    `template` and `context` redraw a partial for htmx; without them htmx is sent on to `then`, as everybody is without
    htmx. `done` is said at the top of the next page (`tags`: the kept draft that it may forget). `answer` and `refused`
    replace the answers for pages that need their own.
    """
    try:
        result = do()
    except (Blocked, WrongState, Stale, PermissionDenied, ValidationError, OperationalError) as error:
        problem = problem_of(error)
        return refused(problem) if refused else _refused(request, problem, then, template, context)
    if answer is not None:
        return answer(result)
    words = done(result) if callable(done) else done
    if words:
        messages.success(request, words, extra_tags=tags)
    if _by_htmx(request) and template and context is not None:
        return render(request, template, context())
    target = then(result) if callable(then) else then
    return HttpResponseClientRedirect(target) if _by_htmx(request) else redirect(target)


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _refused(
    request: HttpRequest,
    problem: Problem,
    then: str | Callable[[Any], str],
    template: str,
    context: Callable[[], Context] | None,
) -> HttpResponse:
    if _by_htmx(request) and template and context is not None:
        return render(request, template, {**context(), "problem": problem}, status=problem.status)
    back = then if isinstance(then, str) else request.META.get(BACK_TO, "/")
    return refusal_page(request, problem, back=back)


def as_seen(request: HttpRequest, document: S, *, field: str = "version") -> S:
    """The document, expected as the page showed it: somebody who was faster is not run over (I21)."""
    seen = revision_seen(request, field)
    if seen is not None:
        document.expected_revision = seen
    return document


def revision_seen(request: HttpRequest, field: str = "version") -> int | None:
    """Which revision the page showed; nothing if it names none."""
    seen = request.POST.get(field, "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else None


def refusal_page(request: HttpRequest, problem: Problem, *, back: str, **more: Any) -> HttpResponse:
    """The whole-page answer to a refused act: 403, 409, or the list of reasons."""
    page = {403: "errors/403.html", 409: "errors/409.html"}.get(problem.status, "errors/422.html")
    return render(
        request, page, {"problem": problem, "words": problem.words, "back": back, **more}, status=problem.status
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403：看得到，但不归这个人做。"""
    return refusal_page(request, Problem(403, str(exception or "")), back="/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404：没有和看不到，说同样的话。"""
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400：请求本身不对，什么都没有做。"""
    return render(
        request,
        "errors/422.html",
        {"problem": Problem(400, _("网址或填的内容不对，什么都没有改")), "back": "/"},
        status=400,
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403：页面太旧或来路不明的提交。"""
    return refusal_page(request, Problem(403, _("这一页放得太久了，请刷新后再做")), back="/")


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500：没有做成，数据没有变；编号能在日志里找到。"""
    code = f"E-{secrets.token_hex(3).upper()}"
    log.error("page failed", code=code, path=request.path)
    return render(None, "errors/500.html", {"code": code}, status=500)
