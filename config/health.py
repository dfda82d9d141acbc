"""Is the house alive, and are its servers?"""

from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The web process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database and the broker answer too; a dead broker delays notices, it does not close the house."""
    found = {"database": database_answers(), "broker": broker_answers()}
    words = {name: "ok" if well else "unreachable" for name, well in found.items()}
    status = "ok" if all(found.values()) else "degraded" if found["database"] else "down"
    return JsonResponse({"status": status, **words}, status=200 if status == "ok" else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    limits: dict[str, Any] = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, **limits) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
