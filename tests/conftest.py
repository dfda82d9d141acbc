"""What every test stands on: the database with the web role's rights, cheap passwords, plain static files."""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test.testcases import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from tests import database
from tests.cast import Cast

# Sizes of RELIABILITY 2: small and always the same in CI, large and drawn anew in `make soak`.
hypothesis.settings.register_profile("ci", max_examples=20, stateful_step_count=30, deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=200, stateful_step_count=50, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session", autouse=True)
def _cheap_settings(django_test_environment: None) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The owner makes and migrates the test database; the tests then work in it as the web role."""
    owner = database.owner_login()
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database.log_in(owner.user, owner.password)
        made = setup_databases(verbosity=0, interactive=False, keepdb=keep, serialized_aliases=set())
        role, password = database.make_web_role()
        database.give_rights(role)
        database.remember_pristine()
        database.log_in(role, password)
        patch.setattr(TransactionTestCase, "_fixture_teardown", database.empty_as_owner)
        with django_db_blocker.block():
            yield
        database.log_in(owner.user, owner.password)
        database.end_other_sessions()
        if not django_db_keepdb:
            database.drop_web_role(role)
            teardown_databases(made, verbosity=0)


@pytest.fixture
def as_owner(db: None) -> Iterator[Any]:
    """A cursor of the owner, outside the test's transaction."""
    with database.owner_cursor() as cursor:
        yield cursor
        connection.close_if_unusable_or_obsolete()


@pytest.fixture
def cast(db: None) -> Cast:
    """The demo company's people and master data."""
    return Cast()
