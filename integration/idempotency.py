"""One effect per Idempotency-Key: the effect and its answer are written in one transaction (I39)."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed

from integration.authentication import identify
from integration.problems import problem_response
from workflow import clock
from workflow.machine import unit_of_work

View = Callable[..., Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
KEY = re.compile(r"[\x21-\x7e]{1,255}")

LOCK_AND_LOOK = """
    SELECT pg_try_advisory_xact_lock(%s), stored.request_sha256, stored.status, stored.content_type, stored.etag,
           stored.body
      FROM (SELECT 1) AS one LEFT JOIN integration_idempotencykey AS stored ON stored.owner = %s AND stored.key = %s
"""

KEEP = """
    INSERT INTO integration_idempotencykey
           (owner, key, request_sha256, status, content_type, etag, body, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def one_effect(view: View) -> View:
    """Wrap an API view: writes run in one transaction, refused ones leave nothing, a repeated key answers as before."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key")
        if key is not None and not KEY.fullmatch(key):
            return problem_response(400, _("Idempotency-Key 要 1 到 255 个可见的 ASCII 字符"))
        if not _multipart(request) and _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return problem_response(413, _("内容太大"))
        try:
            return _in_transaction(view, request, key, *args, **kwargs)
        except IntegrityError as error:
            if "one_answer_per_idempotency_key" in str(error):
                return _busy()
            raise

    return wrapped


def _in_transaction(view: View, request: HttpRequest, key: str | None, *args: Any, **kwargs: Any) -> Any:
    with unit_of_work():
        owner = _owner(request) if key else ""
        if key and owner:
            digest = _digest(request)
            if (earlier := _earlier(owner, key, digest)) is not None:
                return earlier
        response = _rendered(view(request, *args, **kwargs))
        if response.status_code >= 400:
            transaction.set_rollback(True)
        elif key and owner:
            _keep(owner, key, digest, response)
        return response


def _owner(request: HttpRequest) -> str:
    """Whose key it is: the token's, else the session's person; nobody's for a stranger (the view refuses him)."""
    try:
        token = identify(request)
    except AuthenticationFailed:
        return ""
    if token is not None:
        return f"token:{token.pk}"
    return f"user:{request.user.pk}" if request.user.is_authenticated else ""


def _multipart(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/")


def _length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "0")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _digest(request: HttpRequest) -> str:
    """What the request was: for a file its length stands for its content, so that it need not be held in memory."""
    content = str(_length(request)).encode() if _multipart(request) else request.body
    return hashlib.sha256(
        b"\0".join([str(request.method).encode(), request.get_full_path().encode(), content])
    ).hexdigest()


def _earlier(owner: str, key: str, digest: str) -> HttpResponse | None:
    """The answer given before, a refusal, or None when this is the first time."""
    number = int.from_bytes(hashlib.sha256(f"{owner}\0{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute(LOCK_AND_LOOK, [number, owner, key])
        got, stored_digest, status, content_type, etag, body = cursor.fetchone()
    if not got:
        return _busy()
    if stored_digest is None:
        return None
    if stored_digest != digest:
        return problem_response(422, _("这个 Idempotency-Key 已经用在另一个请求上"))
    response = HttpResponse(bytes(body), status=status, content_type=content_type)
    if etag:
        response.headers["ETag"] = etag
    response.headers["Idempotent-Replay"] = "true"
    return response


def _keep(owner: str, key: str, digest: str, response: Any) -> None:
    content_type, tag = response.headers.get("Content-Type", "application/json"), response.headers.get("ETag", "")
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP, [owner, key, digest, response.status_code, content_type, tag, response.content, clock.now()]
        )


def _busy() -> HttpResponse:
    return problem_response(409, _("同一个 Idempotency-Key 的请求正在办，请稍后再试"))


def _rendered(response: Any) -> Any:
    return response.render() if hasattr(response, "render") and not getattr(response, "is_rendered", True) else response
