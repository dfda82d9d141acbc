"""The one-time code: printed in the terminal, kept only as a fingerprint, good for a day and for one company."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from config.environment import write_private
from parties.models import User

FILE = "first-run.json"
BYTES = 16
DAY = 24 * 3600
FREE_TRIES = 5
PAUSE = 60  # seconds between two tries after the free ones


@dataclass(frozen=True)
class Kept:
    """What the data folder knows of the code."""

    sha256: str
    expires: float
    wrong: int = 0
    paused_until: float = 0.0


def is_open() -> bool:
    """第一次使用：正式安装里还没有一个人；有了人就永远关上。"""
    return bool(settings.GENDAN_PRODUCTION) and not User.objects.exists()


def make() -> str:
    """A new code, in groups that can be typed; the one before it is void."""
    code = secrets.token_hex(BYTES)
    _keep(Kept(_fingerprint(code), time.time() + DAY))
    return "-".join(re.findall("....", code))


def void() -> None:
    """The code has done its work, or is not needed."""
    _path().unlink(missing_ok=True)


def only_one_at_a_time() -> None:
    """Until the end of the transaction: tries are counted, and companies made, one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["config.first_run"])


@transaction.atomic
def check(typed: str) -> None:
    """核对一次性代码：不对、过期、试得太多，各说一句；只记次数，别的什么也不写。"""
    if not typed.strip():
        raise ValidationError({"code": _("请填一次性代码，它打印在启动服务的终端里")})
    only_one_at_a_time()
    kept, now = _kept(), time.time()
    if kept is None or kept.expires <= now:
        raise _refused(_("代码已经失效。请重新启动服务，用终端里新打印的代码"), "expired")
    if kept.paused_until > now:
        raise _refused(_("试错的次数太多，请过 %(n)d 秒再试") % {"n": int(kept.paused_until - now) + 1}, "paused")
    if not hmac.compare_digest(kept.sha256, _fingerprint(typed)):
        wrong = kept.wrong + 1
        _keep(replace(kept, wrong=wrong, paused_until=now + PAUSE if wrong >= FREE_TRIES else 0.0))
        raise _refused(_("代码不对，请照终端里打印的再输一次；什么都没有写入"), "wrong")


def _refused(words: str, why: str) -> ValidationError:
    return ValidationError({"code": ValidationError(words, code=why)})


def _fingerprint(code: str) -> str:
    """Blanks, dashes and capitals make no difference."""
    return hashlib.sha256(re.sub(r"[\s-]+", "", code).lower().encode()).hexdigest()


def _path() -> Path:
    return Path(settings.GENDAN_HOME) / FILE


def _keep(kept: Kept) -> None:
    write_private(_path(), json.dumps(asdict(kept)))


def _kept() -> Kept | None:
    """The record, or nothing where there is none that can be read."""
    try:
        return Kept(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
