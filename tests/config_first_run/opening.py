"""What the tests of the first-run page send, and what they look for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from config.first_run.sheet import COLUMNS
from orders.models import BusinessKind
from papers.models import Attachment
from parties.models import Company, Department, Team, User

URL = "/first-run/"
PASSWORD = "a-long-pass-word-2026"
FACTS = {
    "name": "云岭彩印有限公司",
    "english_name": "YUNLING COLOUR PRINTING CO., LTD.",
    "short_name": "云岭彩印",
    "address": "云岭路 18 号",
    "phone": "0571-5550 1200",
    "username": "boss",
    "person": "总管",
    "password": PASSWORD,
    "again": PASSWORD,
}
WRITTEN = (Company, User, Department, Team, BusinessKind, Attachment)
HEAD = [str(heading) for heading, _width, _field in COLUMNS]
LI = ["xiaoli", "李晓雯", "跟单员", "marketing", "跟单一组", "13800000001", ""]
WANG = ["laowang", "王建国", "跟单主任", "marketing", "跟单一组", "", ""]
TAN = ["tan", "谭志强", "部门人员", "engineering", "", "", "是"]


def printed_code(capsys: Any) -> str:
    """The one-time code as the terminal shows it."""
    call_command("first_run_code")
    return str(capsys.readouterr().out).split()[-1]


def send(code: str, **changes: Any) -> Any:
    """The page, filled in and sent."""
    return Client().post(URL, FACTS | {"code": code} | changes)


def nothing_written() -> bool:
    return not any(model.objects.exists() for model in WRITTEN)


def sheet(*rows: list[Any], head: list[str] = HEAD, name: str = "people.xlsx") -> SimpleUploadedFile:
    """A spreadsheet with these rows below its head."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([head, *rows]):
            page.write_row(number, 0, row)
    return SimpleUploadedFile(name, target.getvalue())


def picture(name: str = "logo.png") -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(target, format="PNG")
    return SimpleUploadedFile(name, target.getvalue())
