"""附件：按内容识别、按内容存放，坏的一句话说明、什么也不留。"""

import errno
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from papers import office, pictures, storage, uploads
from papers.models import Attachment
from papers.services import attach, attachments_of
from tests.cast import Cast

ORDER = "orders_order:12"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, format=form, **more)
    return out.getvalue()


def office_file(*names: str, heart: str = "xl/workbook.xml", padding: int = 0) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", heart, *names):
            archive.writestr(name, "<x/>" + " " * padding)
    return out.getvalue()


def refused(name: str, content: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        uploads.judge(name, content)
    assert re.search("[\u4e00-\u9fff]", error.value.messages[0])
    return error.value


@pytest.mark.rule("A6.1a")
def test_a_scan_is_filed_on_its_order(cast: Cast, files: Path) -> None:
    made = attach(SimpleUploadedFile("订单原件.pdf", PDF), about=ORDER, actor=cast.xiaoli, kind="original")
    kept = attachments_of(ORDER).get()
    assert (kept.name, kept.media_type, kept.size, kept.uploaded_by_name) == (
        "订单原件.pdf", "application/pdf", len(PDF), str(cast.xiaoli),
    )  # fmt: skip
    assert (files / made.sha256[:2] / made.sha256).read_bytes() == PDF


def test_the_same_content_is_kept_once(cast: Cast, files: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        attach(SimpleUploadedFile(name, PDF), about=ORDER, actor=cast.xiaoli)
    assert Attachment.objects.count() == 2
    assert len(list(files.glob("??/*"))) == 1


@pytest.mark.rule("B7")
def test_a_photo_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 14.0, 3.0)}
    exif[0x0112] = 6  # turned by a quarter
    judged = uploads.judge("现场.jpg", picture(exif=exif))
    with Image.open(BytesIO(judged.content)) as clean:
        assert not clean.getexif()
        assert clean.size == (30, 40)


@pytest.mark.parametrize(("form", "name"), [("PNG", "a.png"), ("WEBP", "a.webp"), ("JPEG", "A.JPEG")])
def test_pictures_are_drawn_anew(form: str, name: str) -> None:
    hidden = picture(form) + b"<script>alert(1)</script>"
    judged = uploads.judge(name, hidden)
    assert b"script" not in judged.content
    assert judged.media_type == f"image/{form.lower()}"


@pytest.mark.parametrize("heart", ["xl/workbook.xml", "word/document.xml", "ppt/presentation.xml"])
def test_office_files_pass_as_they_are(heart: str) -> None:
    ending = {"xl": "xlsx", "word": "docx", "ppt": "pptx"}[heart.partition("/")[0]]
    content = office_file(heart=heart)
    assert uploads.judge(f"资料.{ending}", content).content == content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.pdf", b"", "empty_file"),
        ("大.pdf", b"%PDF-" + b"0" * uploads.LIMIT, "too_large"),
        ("半.pdf", b"%PDF-1.7 half", "broken_file"),
        ("假.pdf", picture(), "wrong_content"),
        ("假.jpg", PDF, "wrong_content"),
        ("假.jpg", b"\xff\xd8\xff" + b"0" * 100, "broken_file"),
        ("订单.pdf.exe", PDF, "wrong_type"),
        ("图.svg", b"<svg onload='x()'/>", "wrong_type"),
        ("页.html", b"<script>", "wrong_type"),
        ("病毒.pdf", EICAR, "wrong_content"),
        ("无名", PDF, "wrong_type"),
        ("表.xlsx", b"PK\x03\x04 torn", "broken_file"),
        ("表.xlsx", office_file(heart="word/document.xml"), "wrong_content"),
        ("宏.xlsx", office_file("xl/vbaProject.bin"), "macros"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes, code: str) -> None:
    assert refused(name, content).code == code


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "..",
        "../a.pdf",
        "a/b.pdf",
        "a\\b.pdf",
        "a\x00.pdf",
        "a\u202efdp.exe",
        "a\u200b.pdf",
        "a\ud800.pdf",
        "CON.pdf",
        "nul",
        "a:b.pdf",
        "a.pdf.",
        "长" * 90 + ".pdf",
    ],
)
def test_names_that_deceive_are_refused(name: str) -> None:
    assert refused(name, PDF).code == "bad_name"


def test_giant_pictures_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PIXELS", 1_000)
    assert refused("大.png", picture("PNG")).code == "too_large"


def test_office_bombs_are_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "UNPACKED", 1_000)
    assert refused("弹.xlsx", office_file(padding=2_000)).code == "too_large"


@pytest.mark.fault
def test_a_full_disk_leaves_nothing_behind(cast: Cast, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("papers.storage.os.fsync", full)
    with pytest.raises(storage.StorageFull, match="存储空间不足"):
        attach(SimpleUploadedFile("a.pdf", PDF), about=ORDER, actor=cast.xiaoli)
    assert not Attachment.objects.exists()
    assert [place for place in files.rglob("*") if place.is_file()] == []
