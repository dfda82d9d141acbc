"""The environment, read once and refused loudly: every variable that Gendan listens to is a line of `read()`."""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config import places

RUNTIME_FILE = "servers.json"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class EnvironmentRefused(SystemExit):
    """A variable that cannot be understood; Gendan does not start with a guess."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"gendan: environment variable {name} {why}")


@dataclass(frozen=True)
class Database:
    """One PostgreSQL address, taken apart."""

    name: str
    user: str
    password: str
    host: str
    port: str


@dataclass(frozen=True)
class Environment:
    """What the environment says, after defaults."""

    home: Path
    production: bool
    debug: bool
    port: int
    bind: str
    secret_key: str
    old_secret_keys: list[str]
    allowed_hosts: list[str]
    trusted_origins: list[str]
    public_url: str
    database: Database
    owner: Database
    redis_url: str
    broker_url: str
    api_rate: str | None
    email_url: str
    time_zone: str


def env_bool(env: Mapping[str, str], name: str, default: bool = False) -> bool:
    word = env.get(name, "").strip().lower()
    if name not in env:
        return default
    if word not in TRUE | FALSE:
        raise EnvironmentRefused(name, f"must be yes or no, not {word!r}")
    return word in TRUE


def env_int(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    word = env.get(name, "").strip() or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", word) or not low <= int(word) <= high:
        raise EnvironmentRefused(name, f"must be a whole number from {low} to {high}, not {word!r}")
    return int(word)


def env_list(env: Mapping[str, str], name: str, default: list[str]) -> list[str]:
    words = [word.strip() for word in env.get(name, "").split(",") if word.strip()]
    return words or default


def env_choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    word = env.get(name, "").strip() or choices[0]
    if word not in choices:
        raise EnvironmentRefused(name, f"must be one of {', '.join(choices)}, not {word!r}")
    return word


def env_secret(env: Mapping[str, str], home: Path, production: bool) -> str:
    """SECRET_KEY; where it is absent and nobody is harmed, made once and kept in the data folder."""
    given = env.get("SECRET_KEY", "")
    if given and (not production or len(given) >= 50):
        return given
    if production:
        raise EnvironmentRefused("SECRET_KEY", "must be set to at least 50 random characters in production")
    kept = home / "secret-key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        write_private(kept, secrets.token_urlsafe(60))
    return kept.read_text(encoding="utf-8").strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, never half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)


def parse_database(name: str, url: str) -> Database:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentRefused(name, "must begin with postgresql:// (there is no other database)")
    query = dict(parse_qsl(parts.query))
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise EnvironmentRefused(name, "names no database: postgresql://user:password@host:5432/database")
    host = query.get("host") or unquote(parts.hostname or "")
    port = query.get("port") or str(parts.port or "")
    return Database(database, unquote(parts.username or ""), unquote(parts.password or ""), host, port)


def parse_broker(url: str) -> str:
    """Kombu's spelling of a Redis address: it wants redis+socket:// where redis-py wants unix://."""
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"}:
        return url
    if parts.scheme != "unix":
        raise EnvironmentRefused("REDIS_URL", "must begin with redis://, rediss:// or unix://")
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={number}"


def embedded(home: Path) -> dict[str, str]:
    """The addresses of this installation's own servers, as the supervisor wrote them."""
    written = home / RUNTIME_FILE
    if written.exists():
        return {str(name): str(url) for name, url in json.loads(written.read_text(encoding="utf-8")).items()}
    return {
        "DATABASE_URL": f"postgresql://gendan_web@/gendan?host={home}/run",
        "REDIS_URL": f"unix://{home}/run/valkey.sock",
    }


def check_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise EnvironmentRefused("TIME_ZONE", f"names no known time zone: {name!r}") from error
    return name


def check_public_url(url: str) -> str:
    """Where people outside reach this installation: scheme and host alone, because QR codes on paper carry it."""
    parts = urlsplit(url)
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password)
    if url and not (parts.scheme in {"http", "https"} and parts.hostname and plain):
        raise EnvironmentRefused("PUBLIC_URL", f"must look like https://gendan.example.com, not {url!r}")
    return url.rstrip("/")


def check_rate(rate: str) -> str | None:
    if rate and not re.fullmatch(r"[1-9][0-9]*/(s|sec|m|min|h|hour|d|day)", rate):
        raise EnvironmentRefused("GENDAN_API_RATE", f"must look like 600/min, not {rate!r}")
    return rate or None


def read(env: Mapping[str, str]) -> Environment:
    home = places.home()
    production = env_choice(env, "GENDAN_ENV", ("demo", "production")) == "production"
    database, owner, redis_url = read_servers(env, home)
    return Environment(
        home=home,
        production=production,
        debug=env_bool(env, "DEBUG"),
        port=env_int(env, "GENDAN_PORT", 8000, 1, 65535),
        bind=env.get("GENDAN_BIND", "").strip() or "127.0.0.1",
        secret_key=env_secret(env, home, production),
        old_secret_keys=env_list(env, "SECRET_KEY_FALLBACKS", []),
        allowed_hosts=read_hosts(env, production),
        trusted_origins=env_list(env, "CSRF_TRUSTED_ORIGINS", []),
        public_url=check_public_url(env.get("PUBLIC_URL", "").strip()),
        database=database,
        owner=owner,
        redis_url=redis_url,
        broker_url=parse_broker(redis_url),
        api_rate=check_rate(env.get("GENDAN_API_RATE", "").strip()),
        email_url=env.get("EMAIL_URL", "").strip(),
        time_zone=check_time_zone(env.get("TIME_ZONE", "").strip() or "Asia/Shanghai"),
    )


def read_servers(env: Mapping[str, str], home: Path) -> tuple[Database, Database, str]:
    """The web role's address, the owner's (the same unless given) and the broker's; else those of our own servers."""
    own = embedded(home)
    web = env.get("DATABASE_URL", "").strip() or own["DATABASE_URL"]
    owner = env.get("DATABASE_OWNER_URL", "").strip() or web
    redis_url = env.get("REDIS_URL", "").strip() or own["REDIS_URL"]
    return parse_database("DATABASE_URL", web), parse_database("DATABASE_OWNER_URL", owner), redis_url


def read_hosts(env: Mapping[str, str], production: bool) -> list[str]:
    allowed = env_list(env, "ALLOWED_HOSTS", [] if production else ["*"])
    if not allowed:
        raise EnvironmentRefused("ALLOWED_HOSTS", "must name the host names of this installation in production")
    return allowed


def mail_settings(url: str) -> dict[str, object]:
    """smtp://user:password@host:587?tls=yes -> Django's names; without EMAIL_URL mail is printed, never sent."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise EnvironmentRefused("EMAIL_URL", "must look like smtp://user:password@host:587?tls=yes")
    query = dict(parse_qsl(parts.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and env_bool(query, "tls", default=True),
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": query.get("from", "") or unquote(parts.username or "") or "gendan@localhost",
    }
