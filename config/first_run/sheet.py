"""The spreadsheet of people: its empty form, and its rows, read where a bad file harms nobody (F22)."""

from __future__ import annotations

import json
from importlib import import_module
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.first_run.defaults import DEPARTMENTS
from papers import office
from papers.confined import Bench, Confined
from parties.roles import Role

PEOPLE = 500
ROWS, CELLS, LETTERS = 2_000, 20, 300
SECONDS, MEMORY = 10, 512 * 1024 * 1024
ROLES = tuple(role for role in Role if role not in {Role.ADMIN, Role.MACHINE})
# Heading, width, field of `people.PersonForm`; whoever has no use for the last one leaves it out.
COLUMNS = (
    (gettext_lazy("用户名"), 16, "username"),
    (gettext_lazy("姓名"), 12, "name"),
    (gettext_lazy("岗位"), 12, "role"),
    (gettext_lazy("部门代码"), 24, "department"),
    (gettext_lazy("班组"), 14, "team"),
    (gettext_lazy("电话"), 16, "phone"),
    (gettext_lazy("第一负责人"), 12, "head"),
)
OPTIONAL = {"head"}
Row = tuple[int, dict[str, str]]


def blank_sheet() -> bytes:
    """人员表的模板：一页填人，一页写明岗位与部门代码。"""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        bold, sheet = book.add_format({"bold": True, "bg_color": "#F2F2F2"}), book.add_worksheet(_("人员"))
        for place, (heading, width, _field) in enumerate(COLUMNS):
            sheet.set_column(place, place, width, book.add_format({"num_format": "@"}))
            sheet.write_string(0, place, str(heading), bold)
        sheet.freeze_panes(1, 0)
        offered = {2: [str(role.label) for role in ROLES], 3: [code for code, *_rest in DEPARTMENTS], 6: [_("是")]}
        for place, words in offered.items():
            sheet.data_validation(1, place, PEOPLE, place, {"validate": "list", "source": words})
        _write_notes(book.add_worksheet(_("说明")), bold)
    return target.getvalue()


def _write_notes(sheet: Any, bold: Any) -> None:
    notes = [
        (
            _("怎么填"),
            _("每人一行，最多 %(n)d 人；用户名、姓名、岗位必填，岗位是部门人员的还要填部门代码") % {"n": PEOPLE},
        ),
        (_("班组"), _("同一班组写同一个名字；其中的跟单主任就是这个班组的主任")),
        (_("第一负责人"), _("是本部门第一负责人的填“是”，每个部门最多一位；这一列可以不要")),
        *[(_("岗位"), str(role.label)) for role in ROLES],
        *[(code, name) for code, name, _function in DEPARTMENTS],
    ]
    sheet.set_column(0, 0, 26, bold)
    sheet.set_column(1, 1, 80)
    for place, (subject, words) in enumerate(notes):
        sheet.write_string(place, 0, subject)
        sheet.write_string(place, 1, words)


def read_rows(content: bytes) -> list[Row]:
    """The filled rows with their numbers on the sheet, cells by field; the sheet is refused as a whole."""
    office.check(content, "xl/workbook.xml")
    bench = Bench(cells_of, seconds=SECONDS, memory=MEMORY)
    try:
        head, *rows = json.loads(bench.do(content)) or [[]]
    except Confined as error:
        raise ValidationError(_("这个表格读不了，请下载模板重新填写，存成 .xlsx 再上传")) from error
    finally:
        bench.dismiss()
    places = _places(head)
    filled = [(number, cells) for number, cells in enumerate(rows, start=2) if any(cells)]
    if not filled:
        raise ValidationError(_("表里一个人也没有；不导入人员，就不要选文件"))
    if len(filled) > PEOPLE or len(rows) >= ROWS:
        raise ValidationError(_("一次最多 %(n)d 人，请分批：其余的以后在管理后台加") % {"n": PEOPLE})
    return [(number, {field: cells[place] for field, place in places.items()}) for number, cells in filled]


def _places(head: list[str]) -> dict[str, int]:
    """Which field stands in which column."""
    fields = {str(heading): field for heading, _width, field in COLUMNS}
    named = [heading for heading in head if heading]
    if strange := [heading for heading in named if heading not in fields]:
        raise ValidationError(_("第 1 行：不认识的列“%(heading)s”，请照模板") % {"heading": strange[0][:30]})
    if len(set(named)) < len(named):
        raise ValidationError(_("第 1 行：有两列同名，请照模板"))
    missing = [heading for heading, field in fields.items() if heading not in named and field not in OPTIONAL]
    if missing:
        raise ValidationError(_("第 1 行：缺少列 %(headings)s，请照模板") % {"headings": "、".join(missing)})
    return {field: head.index(heading) for heading, field in fields.items() if heading in named}


def cells_of(content: bytes) -> bytes:
    """In the helper: the first sheet as rows of words; the reader is loaded there and nowhere else."""
    calamine = import_module("python_calamine")
    with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=ROWS + 1)
    return json.dumps([[_words(cell) for cell in row[:CELLS]] for row in rows]).encode()


def _words(cell: object) -> str:
    """A telephone number that the spreadsheet took for a figure is a word again."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[: LETTERS + 1].strip()
