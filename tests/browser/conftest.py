"""A browser before the live server, and the demo company, whose people all have a password."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config.demo.partners import make_partners
from parties.models import User
from tests.browser.stage import FLAGS, PASSWORD, People
from tests.cast import Cast

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)))
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the test's thread
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The demo company and its partners, everybody with the same password; what they do stands at once."""
    company = Cast()
    make_partners(company.people)
    User.objects.update(password=make_password(PASSWORD))
    return company


@pytest.fixture
def people(
    chromium: Browser, cast: Cast, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[People]:
    """A window per person; whatever went wrong in one of them fails the test."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    stage = People(chromium, live_server.url)
    yield stage
    stage.close()
    assert stage.wrongs == []
