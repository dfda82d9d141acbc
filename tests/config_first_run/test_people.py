"""人员表：全部收下或一个不收，错在第几行说清楚；初始口令只给一次。"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.first_run import sheet as reading
from parties.models import Department, Team, User
from tests.config_first_run.opening import HEAD, LI, TAN, URL, WANG, nothing_written, send, sheet
from tests.pages import words

SHOWN = re.compile(r"<td>(\w+)</td><td><code>([a-z0-9-]{19})</code>")


def test_people_come_with_their_departments_and_teams(code: str) -> None:
    assert send(code, people=sheet(LI, WANG, TAN)).status_code == 200
    people = User.objects.in_bulk(["xiaoli", "laowang", "tan"], field_name="username")
    li = people["xiaoli"]
    assert (li.name, li.role, li.department.code, li.phone) == ("李晓雯", "coordinator", "marketing", "13800000001")
    team = Team.objects.get()
    assert (team.supervisor, li.team, people["tan"].team) == (people["laowang"], team, None)
    assert Department.objects.get(code="engineering").head == people["tan"]
    assert not Department.objects.exclude(code="engineering").filter(head__isnull=False).exists()
    assert not any(person.is_staff or person.is_superuser for person in people.values())


def test_initial_passwords_are_shown_once_and_work(code: str) -> None:
    shown = dict(SHOWN.findall(send(code, people=sheet(LI, WANG)).content.decode()))
    assert set(shown) == {"xiaoli", "laowang"}
    assert len(set(shown.values())) == 2
    before = User.objects.get(username="xiaoli").password
    assert shown["xiaoli"] not in before
    assert (
        Client().post("/login/", {"username": "xiaoli", "password": shown["xiaoli"]})["Location"]
        == "/login/first-password/"
    )
    assert User.objects.get(username="xiaoli").password != before  # hashed anew, with all its rounds
    assert Client().get(URL).status_code == 404


def test_figures_and_missing_columns_are_no_obstacle(code: str) -> None:
    row = ["xiaoli", "李晓雯", "coordinator", "", "", 13800000001]
    assert send(code, people=sheet([], row, head=HEAD[:6])).status_code == 200
    assert User.objects.get(username="xiaoli").phone == "13800000001"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["xiao li", *LI[1:]], "第 3 行 用户名："),
        (["", *LI[1:]], "第 3 行 用户名：请填用户名"),
        ([LI[0], "", *LI[2:]], "第 3 行 姓名：请填姓名"),
        ([LI[0], "长" * 41, *LI[2:]], "第 3 行 姓名：最多 40 个字"),
        ([LI[0], LI[1], "管理员", *LI[3:]], "第 3 行 岗位：只能填 跟单员、"),
        ([*LI[:3], "moon", *LI[4:]], "第 3 行 部门代码：没有 moon"),
        ([*TAN[:3], "", *TAN[4:]], "第 3 行 部门代码：部门人员和第一负责人要填部门代码"),
        ([*LI[:6], "对"], "第 3 行 第一负责人：填“是”或者空着"),
        (["BOSS", *LI[1:]], "第 3 行 用户名 BOSS 已经有人用了"),
        (WANG, "第 3 行 用户名 laowang 已经有人用了"),
        (["wang2", *WANG[1:]], "第 3 行 班组 跟单一组 已经有主任"),
    ],
)
def test_a_bad_row_is_named_and_nobody_taken_in(code: str, row: list[str], said: str) -> None:
    answer = send(code, people=sheet(WANG, row))
    assert (answer.status_code, said in words(answer)) == (400, True), words(answer)
    assert nothing_written()
    assert send(code).status_code == 200


def test_a_department_has_one_head(code: str) -> None:
    answer = send(code, people=sheet(TAN, ["fang", *TAN[1:]]))
    assert ("第 3 行 部门 engineering 已经有第一负责人" in words(answer), nothing_written()) == (True, True)


def test_many_faults_are_counted(code: str) -> None:
    said = words(send(code, people=sheet(*[["", f"某{n}", "跟单员"] for n in range(25)])))
    assert ("第 21 行 用户名" in said, "第 22 行" in said, "另外还有 5 处" in said) == (True, False, True)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["账号", *HEAD[1:]], "第 1 行：不认识的列“账号”"),
        (HEAD[:4], "第 1 行：缺少列 班组、电话"),
        ([*HEAD[:6], HEAD[0]], "第 1 行：有两列同名"),
    ],
)
def test_a_strange_head_is_refused(code: str, head: list[str], said: str) -> None:
    answer = send(code, people=sheet(LI, head=head))
    assert (answer.status_code, said in words(answer), nothing_written()) == (400, True, True)


def test_more_than_five_hundred_are_refused(code: str) -> None:
    answer = send(code, people=sheet(*[[f"p{n}", "某人", "跟单员"] for n in range(501)]))
    assert ("一次最多 500 人" in words(answer), nothing_written()) == (True, True)


def _far_cell() -> SimpleUploadedFile:
    target = BytesIO()
    with reading.xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "用户名")
        page.write_string(1048575, 16383, "远")
    return SimpleUploadedFile("people.xlsx", target.getvalue())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: sheet(), "表里一个人也没有"),
        (lambda: sheet(LI, name="people.xls"), "人员表要用 .xlsx 文件"),
        (lambda: SimpleUploadedFile("people.xlsx", b"PK\x03\x04 nothing"), "Office 文件已损坏"),
        (lambda: SimpleUploadedFile("people.xlsx", b"x" * (2**21 + 1)), "文件超过 2 MB"),
        (_far_cell, "这个表格读不了"),
    ],
)
def test_what_is_no_sheet_of_people_harms_nobody(code: str, file: Any, said: str) -> None:
    answer = send(code, people=file())
    assert (answer.status_code, said in words(answer)) == (400, True), words(answer)
    assert nothing_written()


def test_the_empty_form_reads_as_itself(code: str) -> None:
    answer = Client().get(f"{URL}people.xlsx")
    assert "attachment" in answer["Content-Disposition"]
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.getvalue()))
    assert book.get_sheet_by_index(0).to_python() == [HEAD]
    assert ["printing_quality", "印刷品质部"] in book.get_sheet_by_index(1).to_python()
