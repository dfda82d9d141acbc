"""How the API says no: application/problem+json with every field error and every refusal (API.md Errors)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from workflow.guards import Blocked, Refusal, Stale, WrongState
from workflow.rest import PreconditionFailed

TITLES = {
    400: "内容有误", 401: "请先登录", 403: "没有权限", 404: "没有这条记录", 405: "不能这样用", 406: "不支持的格式",
    409: "现在不能做", 412: "单据已经变了", 413: "内容太大", 415: "不支持的格式", 422: "还差条件", 429: "太频繁了",
    503: "暂时不可用",
}  # fmt: skip
CONTENT_TYPE = "application/problem+json"


def problem(
    status: int, detail: str, *, errors: Iterable[dict[str, str]] = (), refusals: Iterable[Refusal] = ()
) -> dict[str, Any]:
    """The body of a refusal."""
    return {
        "type": "about:blank",
        "title": _(TITLES.get(status, "没有做成")),
        "status": status,
        "detail": detail,
        "errors": list(errors),
        "refusals": [{"words": r.words, "article": r.article, "rule": r.rule} for r in refusals],
    }


def problem_response(status: int, detail: str) -> HttpResponse:
    """A refusal given before any view."""
    body = json.dumps(problem(status, detail), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE)


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's one exception handler: every refusal of the house as HTTP; None (a 500) for what nobody foresaw."""
    found = _explained(error)
    if found is None:
        return None
    headers = {}
    if isinstance(error, exceptions.APIException):
        if header := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = header
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait))
    return Response(found, status=found["status"], headers=headers, content_type=CONTENT_TYPE)


def _explained(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, Blocked):
        return problem(422, str(error), refusals=error.refusals)
    if isinstance(error, PreconditionFailed):
        return problem(412, str(error))
    if isinstance(error, WrongState | Stale):
        return problem(409, str(error))
    if isinstance(error, PermissionDenied):
        return problem(403, str(error) or _("您没有这个权限"))
    if isinstance(error, Http404):
        return problem(404, _("没有这条记录，或者您看不到它"))
    if isinstance(error, OperationalError):
        return _from_database(error)
    if isinstance(error, ValidationError):
        return _bad_input(list(_from_django(error)))
    return _from_drf(error) if isinstance(error, exceptions.APIException) else None


def _from_database(error: OperationalError) -> dict[str, Any]:
    """A lock that was not given in time or a deadlock is 409, a database that is away is 503 (F2, F3)."""
    code = getattr(error.__cause__, "pgcode", None)
    if code in {"55P03", "40P01", "40001"}:
        return problem(409, _("别人正在办同一张单，请过几秒再试"))
    return problem(503, _("数据库暂时连不上，结果未知，请稍后刷新确认"))


def _from_drf(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return _bad_input(list(_flat(error.detail)))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return problem(401, str(error.detail))
    return problem(error.status_code, str(error.detail))


def _bad_input(errors: list[dict[str, str]]) -> dict[str, Any]:
    return problem(400, "；".join(dict.fromkeys(row["message"] for row in errors))[:500], errors=errors)


def _from_django(error: ValidationError) -> Iterator[dict[str, str]]:
    if hasattr(error, "error_dict"):
        for field, found in error.error_dict.items():
            for one in found:
                yield from ({"field": field, "code": one.code or "invalid", "message": m} for m in one.messages)
    else:
        yield from ({"field": "", "code": error.code or "invalid", "message": m} for m in error.messages)


def _flat(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _flat(value, f"{field}.{name}".strip("."))
    elif isinstance(detail, list):
        for n, value in enumerate(detail):
            yield from _flat(value, f"{field}.{n}".strip(".") if isinstance(value, dict | list) else field)
    else:
        yield {"field": field, "code": str(getattr(detail, "code", "invalid")), "message": str(detail)}
