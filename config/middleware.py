"""The layers of our own around every page."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from integration.problems import problem_response
from workflow.views import bad_request

# The order's form says it beside the field and keeps what was typed.
JUDGES_ITS_WORDS = frozenset(
    {"orders:new", "orders:new_draft", "orders:new_check", "orders:edit", "orders:draft", "orders:check"}
)

Handler = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: Handler) -> Handler:
    """What somebody saw after logging in is kept by no cache and no 'back' after logging out."""

    def layer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return layer


class PlainWords:
    """A NUL in an address or a page's form is no words: 400 before any view, for no database column takes one.

    The body of an API request is judged by its shape.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        api = request.path_info.startswith("/api/")
        match = request.resolver_match
        judged = api or (match is not None and match.view_name in JUDGES_ITS_WORDS)
        typed = (request.GET,) if judged else (request.GET, request.POST)
        if not any("\0" in word for form in typed for name, values in form.lists() for word in chain((name,), values)):
            return None
        return problem_response(400, _("网址里有不能用的字符")) if api else bad_request(request)
