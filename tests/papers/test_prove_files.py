"""文件与行相符：缺的、改动的点名；无主的过了宽限期才清理。"""

import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from papers import scrub, storage
from papers.models import Attachment
from papers.services import attach
from tests.cast import Cast
from tests.papers.test_attach import ORDER, PDF

LONG_AGO = time.time() - scrub.GRACE - 60


@pytest.fixture
def kept(cast: Cast) -> Attachment:
    return attach(SimpleUploadedFile("a.pdf", PDF), about=ORDER, actor=cast.xiaoli)


def test_what_agrees_is_silent(kept: Attachment, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prove_files")
    assert capsys.readouterr().out == "1 files agree with their rows\n"


def test_a_lost_file_is_named(kept: Attachment, capsys: pytest.CaptureFixture[str]) -> None:
    storage.path_of(kept.sha256).unlink()
    with pytest.raises(CommandError, match="1 files do not agree"):
        call_command("prove_files")
    assert f"papers_attachment:{kept.pk}: 文件缺失" in capsys.readouterr().out


def test_an_altered_file_is_named(kept: Attachment) -> None:
    storage.path_of(kept.sha256).write_bytes(PDF + b" ")
    assert list(scrub.faults()) == [f"papers_attachment:{kept.pk}: 文件被改动 {kept.sha256}"]


def test_a_file_without_row_goes_after_its_days_of_grace(kept: Attachment, files: Path) -> None:
    young, old = (storage.store(content) for content in (b"young", b"old"))
    for sha256 in (old.sha256, kept.sha256):
        os.utime(storage.path_of(sha256), (LONG_AGO, LONG_AGO))
    assert scrub.scrub() == 0
    there = {place.name for place in files.glob("??/*")}
    assert there == {young.sha256, kept.sha256}


def test_a_file_that_is_wanted_again_has_new_grace(files: Path) -> None:
    stored = storage.store(b"again")
    os.utime(storage.path_of(stored.sha256), (LONG_AGO, LONG_AGO))
    storage.store(b"again")
    assert storage.path_of(stored.sha256).stat().st_mtime > LONG_AGO + scrub.GRACE
