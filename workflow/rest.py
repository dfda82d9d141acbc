"""The API's manners, shared by every chapter (API.md): strict bodies, known parameters, cursors, moves, ETag."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from parties.models import User
from workflow.guards import Stale
from workflow.inputs import StrictSerializer, plain_number
from workflow.machine import offers
from workflow.models import Stateful
from workflow.paging import LARGEST_SIZE, SIZE, by_cursor

S = TypeVar("S", bound=Stateful)
DEEPEST = 20


class StrictJSONParser(BaseParser):
    """JSON as the standard has it: no NaN, no key twice, no endless nesting; numbers stay exact."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            text = stream.read().decode("utf-8")
            body = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("内容不是正确的 JSON：%(why)s") % {"why": str(error)[:120]}) from error
        if _depth(body) > DEEPEST:
            raise ParseError(_("内容嵌套太深"))
        return body


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _depth(value: Any, level: int = 0) -> int:
    if level > DEEPEST:
        return level
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(child, level + 1) for child in children), default=level)


class Api(APIView):
    """One address of the API. `parameters` are the query parameters it knows; any other is 400."""

    parser_classes = [StrictJSONParser]
    parameters: ClassVar[tuple[str, ...]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = (*self.parameters, "page_size", "cursor") if self.parameters else ()
        if unknown := sorted(set(request.query_params) - set(known)):
            raise ValidationError({name: _("没有这个查询参数") for name in unknown})
        if twice := [name for name, values in request.query_params.lists() if len(values) > 1]:
            raise ValidationError({name: _("这个参数写了两遍") for name in twice})

    @property
    def user(self) -> User:
        """Who asks; never anonymous behind the permission classes."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - IsAuthenticated stands before
        return user

    def listed(self, rows: QuerySet[Any], represent: Callable[[list[Any]], list[Any]]) -> Response:
        """A page of rows by cursor: {"results", "next", "previous"}."""
        params = self.request.query_params
        found, later, earlier = by_cursor(rows, params.get("cursor", ""), _page_size(params.get("page_size")))
        body = {"results": represent(found), "next": self._link(later), "previous": self._link(earlier)}
        return Response(body)

    def _link(self, cursor: str) -> str | None:
        if not cursor:
            return None
        params = self.request.query_params.copy()
        params["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{params.urlencode()}")

    def read(self, shape: type[BaseSerializer[Any]], **kwargs: Any) -> Any:
        """The body, checked against its shape; errors are 400 with field and sentence."""
        if not isinstance(self.request.data, dict):
            raise ParseError(_("内容要是一个 JSON 对象"))
        checked = shape(data=self.request.data, **kwargs)
        checked.is_valid(raise_exception=True)
        return checked.validated_data

    def expect_nothing(self) -> None:
        """A move without fields takes no body but an empty object."""
        if self.request.data:
            self.read(StrictSerializer)

    def expected(self, subject: S) -> S:
        """Honour If-Match: the document must still be the one the caller read."""
        given = self.request.headers.get("If-Match")
        if given is not None and given.strip() != "*":
            if given.strip() != etag(subject):
                raise PreconditionFailed(_("单据已经变了，请重新读取再做"))
            subject.expected_revision = subject.revision
        return subject

    def subject(self, model: type[S], whole: Callable[[User], Any], *, number: str = "", **look_up: Any) -> S:
        """The document that the address names, if the caller sees it, as If-Match expects it; else 404.

        A reading takes it whole, with what its page needs. A move only finds it: the machine reads it anew under its
        lock, and what was read before counts for nothing.
        """
        moves = self.request.method != "GET"
        rows: Any = found_for_a_move(model, self.user) if moves else whole(self.user)
        if number:
            rows = rows.numbered(number)
        document: S = found(rows, **look_up)
        return self.expected(document)

    def document(self, subject: Stateful, body: dict[str, Any], status: int = 200) -> Response:
        """A document's reply: its ETag, and on a GET the moves that this caller may make."""
        if self.request.method == "GET":
            body["moves"] = [
                {
                    "name": offer.name,
                    "label": offer.label,
                    "refusals": [{"words": r.words, "article": r.article, "rule": r.rule} for r in offer.refusals],
                }
                for offer in offers(subject, self.user)
            ]
        return Response(body, status=status, headers={"ETag": etag(subject)})


class PreconditionFailed(Stale):
    """If-Match named another revision (HTTP 412)."""


def etag(subject: Stateful) -> str:
    """The document's revision as an entity tag."""
    return f'"{subject.revision}"'


def found_for_a_move(model: type[S], user: User) -> QuerySet[Any]:
    """Documents this person sees, no wider than the lock needs to find them and their orders."""
    rows: QuerySet[Any] = model.objects.visible_to(user)
    parents = {path.rpartition("__")[0] for path in model.found_with if "__" in path}
    rows = rows.select_related(*parents) if parents else rows.select_related(None)
    return rows.only("id", "revision", "state", *model.found_with)


def _page_size(text: str | None) -> int:
    if text is None:
        return SIZE
    try:
        size = int(plain_number(text, digits=4, places=0))
    except ValidationError as error:
        raise ValidationError({"page_size": error.messages}) from error
    if not 1 <= size <= LARGEST_SIZE:
        raise ValidationError({"page_size": _("每页 1 到 %(most)s 条") % {"most": LARGEST_SIZE}})
    return size


def found(rows: QuerySet[Any], **look_up: Any) -> Any:
    """The one row, or 404 in the same words whether it is absent or not yours."""
    try:
        return rows.get(**look_up)
    except (rows.model.DoesNotExist, ValueError, OverflowError) as error:
        raise Http404(_("没有这条记录，或者您看不到它")) from error


def named(model: type[Model], field: str, **look_up: Any) -> Any:
    """A row that a body names by its code; an unknown code is 400 at its field."""
    row = model._default_manager.filter(**look_up).first()
    if row is None:
        value = next(iter(look_up.values()))
        raise ValidationError({field: _("没有「%(value)s」") % {"value": str(value)[:40]}})
    return row
