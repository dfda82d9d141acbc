"""The two servers of an installation: our own, or those that DATABASE_URL and REDIS_URL name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from config.environment import Database, parse_database
from config.supervisor.children import Child, stop_all
from config.supervisor.place import Place
from config.supervisor.postgres import ADMIN, OWNER, WEB, Postgres, make_login
from config.supervisor.terminal import Refused, say, warn
from config.supervisor.valkey import Valkey


@dataclass
class Servers:
    """Addresses, and the children to keep alive (none where the servers are somebody else's)."""

    web_url: str
    owner_url: str
    redis_url: str
    children: list[Child] = field(default_factory=list)

    def environment(self, place: Place, owner: bool = False) -> dict[str, str]:
        """What a process of the product is told; only migrations know the owner."""
        told = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
        return told | {
            "GENDAN_HOME": str(place.home),
            "DATABASE_URL": self.owner_url if owner else self.web_url,
            "REDIS_URL": self.redis_url,
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def web_role(self) -> str:
        return parse_database("DATABASE_URL", self.web_url).user

    @property
    def owner_role(self) -> str:
        return parse_database("DATABASE_OWNER_URL", self.owner_url).user


@contextmanager
def running(place: Place, for_tests: bool = False) -> Iterator[Servers]:
    """Servers for as long as the block lasts. Tests get fast ones, and an owner who may switch triggers off."""
    children: list[Child] = []
    try:
        web_url, owner_url = database(place, children, for_tests)
        redis_url = os.environ.get("REDIS_URL", "").strip() or own_valkey(place, children)
        yield Servers(web_url, owner_url, redis_url, children)
    finally:
        stop_all(reversed(children))


def own_valkey(place: Place, children: list[Child]) -> str:
    valkey = Valkey(place)
    children.append(valkey.child)
    valkey.start()
    return valkey.url


def database(place: Place, children: list[Child], for_tests: bool) -> tuple[str, str]:
    """Addresses of the web role and of the owner. Tests make their own databases and logins on a given server."""
    given, owner = (os.environ.get(name, "").strip() for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    if given:
        return (given, owner or given) if for_tests else given_database(place, given, owner)
    postgres = Postgres(place, durable=not for_tests)
    children.append(postgres.child)
    postgres.start()
    return postgres.url(WEB), postgres.url(ADMIN if for_tests else OWNER)


def given_database(place: Place, url: str, owner_url: str) -> tuple[str, str]:
    """Somebody else's server: two addresses as they are; with one, a second login is made where that is allowed."""
    owner = parse_database("DATABASE_OWNER_URL", owner_url or url)
    web = parse_database("DATABASE_URL", url)
    with opened(owner) as cursor:
        if owner_url:
            require_login(cursor, web)
            return url, owner_url
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            warn(f"{owner.user} may not make a second login: append-only tables are guarded by triggers alone")
            return url, url
        role = f"{owner.user}_web"
        password = place.secret(f"{role}@{owner.host}:{owner.port}/{owner.name}")
        make_login(cursor, role, password)
    say(f"the product works in {web.name} as {role}, {owner.user} only migrates")
    return with_login(url, role, password), url


def require_login(cursor: Any, web: Database) -> None:
    """The web role of DATABASE_URL; made with its password if the owner may and nobody has."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [web.user])
    if cursor.fetchone():
        return
    try:
        make_login(cursor, web.user, web.password)
    except psycopg2.errors.InsufficientPrivilege as error:
        command = sql.SQL("CREATE ROLE {} LOGIN PASSWORD '…'").format(sql.Identifier(web.user)).as_string(cursor)
        raise Refused(
            f"the login {web.user} of DATABASE_URL does not exist; as administrator type: {command}"
        ) from error


@contextmanager
def opened(login: Database) -> Iterator[Any]:
    try:
        connection = psycopg2.connect(
            dbname=login.name,
            user=login.user or None,
            password=login.password or None,
            host=login.host or None,
            port=login.port or None,
            connect_timeout=10,
        )
    except psycopg2.OperationalError as error:
        raise Refused(f"the database of DATABASE_URL does not answer: {error}") from error
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            if connection.server_version < 150000:
                raise Refused("PostgreSQL 15 or newer is needed")
            yield cursor
    finally:
        connection.close()


def with_login(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user)}:{quote(password)}@{where}"))
