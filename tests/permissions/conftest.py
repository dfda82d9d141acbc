"""The world of the permission tests: built once for each file of them, and forgotten after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from parties import reauth
from tests.permissions.world import World, undone


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Every document in every state; each request to it is taken back."""
    files: Path = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reauth, "FRESH", dt.timedelta(hours=1))  # nobody here is asked the password again
        with undone():
            yield World()
