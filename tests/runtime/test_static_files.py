"""Static files are kept under hashed names only: whatever a page's module imports must be asked for by that name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from config.staticfiles import HashedStorage

IMPORTED = re.compile(r'^import [^;]*?"\./([^"]+)";', re.MULTILINE)


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """Our own modules as `collectstatic` leaves them."""
    ours = FileSystemStorage(settings.BASE_DIR / "static")
    storage = HashedStorage(location=tmp_path, base_url="/static/")
    names = [f"js/{path.name}" for path in (settings.BASE_DIR / "static/js").glob("*.js")]
    for name in names:
        with ours.open(name) as file:
            storage.save(name, file)
    done = list(storage.post_process({name: (ours, name) for name in names}))
    assert not [result for *_names, result in done if isinstance(result, Exception)]
    return tmp_path / "js"


def test_modules_find_each_other(collected: Path) -> None:
    imported = {name for path in collected.glob("*.*.js") for name in IMPORTED.findall(path.read_text())}
    assert len(imported) >= 7
    assert all(re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", name) for name in imported), imported
    assert all((collected / name).exists() for name in imported)
