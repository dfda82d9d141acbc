"""A production installation in which nobody is yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.config_first_run.opening import printed_code


@pytest.fixture
def production(db: None, settings: Any, tmp_path: Path) -> Path:
    """Its data folder."""
    settings.GENDAN_PRODUCTION = True
    settings.GENDAN_HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    return tmp_path


@pytest.fixture
def code(production: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The code that the terminal printed."""
    return printed_code(capsys)
