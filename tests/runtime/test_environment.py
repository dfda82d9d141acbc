"""The environment is understood or refused; Gendan never starts with a guess."""

from pathlib import Path

import pytest

from config import environment
from config.environment import EnvironmentRefused, read

LONG = "k0123456789abcdef0123456789abcdef0123456789abcdef0123456789"
PRODUCTION = {
    "GENDAN_ENV": "production",
    "SECRET_KEY": LONG,
    "ALLOWED_HOSTS": "gendan.example",
    "DATABASE_URL": "postgresql://web:pass@db/gendan",
    "REDIS_URL": "redis://broker/0",
}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENDAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("DEBUG", "perhaps"),
        ("GENDAN_PORT", "80000"),
        ("GENDAN_PORT", "8_000"),
        ("GENDAN_PORT", "٨٠٠٠"),
        ("GENDAN_ENV", "prod"),
        ("DATABASE_URL", "sqlite:///gendan.db"),
        ("DATABASE_URL", "postgresql://web@db"),
        ("DATABASE_OWNER_URL", "mysql://db/gendan"),
        ("REDIS_URL", "amqp://broker"),
        ("TIME_ZONE", "Asia/Nowhere"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("GENDAN_API_RATE", "many"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("ALLOWED_HOSTS", " , "),
        ("PUBLIC_URL", "gendan.example"),
        ("PUBLIC_URL", "ftp://gendan.example"),
        ("PUBLIC_URL", "https://gendan.example/app"),
        ("PUBLIC_URL", "https://user:word@gendan.example"),
    ],
)
def test_a_word_that_cannot_be_understood_is_named(name: str, word: str) -> None:
    with pytest.raises(EnvironmentRefused, match=name):
        read(PRODUCTION | {name: word})


def test_mail_is_refused_as_loudly() -> None:
    with pytest.raises(EnvironmentRefused, match="EMAIL_URL"):
        environment.mail_settings("mail.example:25")


def test_production_is_read() -> None:
    env = read(PRODUCTION)
    assert (env.production, env.debug, env.secret_key, env.allowed_hosts) == (True, False, LONG, ["gendan.example"])
    assert (env.database.user, env.database.host, env.owner) == ("web", "db", env.database)


def test_a_demo_needs_nothing(own_home: Path) -> None:
    env = read({})
    assert (env.production, env.port, env.bind, env.time_zone) == (False, 8000, "127.0.0.1", "Asia/Shanghai")
    assert env.secret_key == (own_home / "secret-key").read_text()
    assert (own_home / "secret-key").stat().st_mode & 0o777 == 0o600
    assert read({}).secret_key == env.secret_key


def test_papers_name_the_address_that_was_given() -> None:
    assert read(PRODUCTION).public_url == ""
    assert read(PRODUCTION | {"PUBLIC_URL": "https://gd.example:8443/"}).public_url == "https://gd.example:8443"


def test_kombu_gets_its_own_spelling_of_a_socket() -> None:
    env = read(PRODUCTION | {"REDIS_URL": "unix:///run/valkey.sock?db=3"})
    assert env.redis_url == "unix:///run/valkey.sock?db=3"
    assert env.broker_url == "redis+socket:///run/valkey.sock?virtual_host=3"


def test_a_password_may_hold_any_sign() -> None:
    env = read(PRODUCTION | {"DATABASE_URL": "postgresql://web:p%40ss%2Fw%3Ard@/gendan?host=/run/pg&port=5433"})
    assert (env.database.password, env.database.host, env.database.port) == ("p@ss/w:rd", "/run/pg", "5433")
