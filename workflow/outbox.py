"""The outbox: what leaves a transaction is first a row in it; a relay sends it at least once, in order per document."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone

from workflow.models import OutboxMessage

Handler = Callable[[dict[str, Any]], None]

HANDLERS: dict[str, Handler] = {}
MAX_ATTEMPTS = 10
FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=10)

log = structlog.get_logger(__name__)


def sends(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler that sends messages of this kind; it must be safe to run twice."""

    def wrap(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return wrap


def post(kind: str, aggregate: str, payload: dict[str, Any]) -> OutboxMessage:
    """Write the message in the business transaction; waking the relay after commit is only a courtesy."""
    message = OutboxMessage.objects.create(kind=kind, aggregate=aggregate, payload=payload)
    if not any(hook[1] is wake for hook in connection.run_on_commit):
        transaction.on_commit(wake)
    return message


def post_all(kind: str, messages: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write several messages of one kind at once: (aggregate, payload) each."""
    rows = [OutboxMessage(kind=kind, aggregate=aggregate, payload=payload) for aggregate, payload in messages]
    OutboxMessage.objects.bulk_create(rows)
    if rows and not any(hook[1] is wake for hook in connection.run_on_commit):
        transaction.on_commit(wake)


def wake() -> None:
    """Tell a worker that the outbox has something; a dead broker is no error, the beat sweeps anyway."""
    from workflow.tasks import relay_outbox

    try:
        relay_outbox.apply_async(retry=False, expires=30)
    except Exception as error:  # the broker is down: the row is safe and will be sent by the sweep
        log.warning("outbox.wake_failed", error=str(error))


def relay(limit: int = 50) -> int:
    """Send what is due, one message a transaction; how many were sent."""
    sent = 0
    while sent < limit and _send_one():
        sent += 1
    return sent


@transaction.atomic
def _send_one() -> bool:
    message = _next_due()
    if message is None:
        return False
    message.attempt += 1
    try:
        with transaction.atomic():
            HANDLERS[message.kind](message.payload)
    except Exception as error:
        _put_back(message, error)
    else:
        message.sent_at = timezone.now()
        message.last_error = ""
    message.save()
    return True


def _next_due() -> OutboxMessage | None:
    """The oldest unsent message of some document that is due and that no other relay holds."""
    rows = OutboxMessage.objects.raw(
        """
        SELECT * FROM workflow_outboxmessage AS message
         WHERE sent_at IS NULL AND dead_at IS NULL AND next_at <= clock_timestamp()
           AND NOT EXISTS (SELECT 1 FROM workflow_outboxmessage AS earlier
                            WHERE earlier.aggregate = message.aggregate AND earlier.id < message.id
                              AND earlier.sent_at IS NULL AND earlier.dead_at IS NULL)
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        """
    )
    return next(iter(rows), None)


def _put_back(message: OutboxMessage, error: Exception) -> None:
    """Back off, and after many tries lay it with the dead, where it is seen and blocks nobody."""
    message.last_error = f"{type(error).__name__}: {error}"[:2000]
    delay = min(FIRST_DELAY * 2 ** (message.attempt - 1), LONGEST_DELAY)
    message.next_at = timezone.now() + delay * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, no secret
    if message.attempt >= MAX_ATTEMPTS:
        message.dead_at = timezone.now()
    log.error(
        "outbox.failed",
        kind=message.kind,
        aggregate=message.aggregate,
        attempt=message.attempt,
        error=message.last_error,
    )
