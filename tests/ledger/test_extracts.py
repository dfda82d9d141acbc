"""台账导出与附件5（第六章，B7）：逐行写、公式当文字、取号登记；附件5 内容归档，谁抽的谁看。"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from ledger.models import Extract
from papers.models import Paper
from papers.services import render_paper
from tests.cast import Cast, line_input
from tests.cast_ledger import invoiced, on, paid, sent, shipped
from tests.pages import browser

TRICKS = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=3"]


def book(answer: Any) -> list[tuple[Any, ...]]:
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.rule("B7")
def test_the_export_is_what_the_page_shows_and_is_logged(cast: Cast) -> None:
    order = shipped(cast)
    paid(cast, order, "1000", on(invoiced(cast, order, (1, "400"), number="FP1"), "1000"))

    rows = book(browser(cast.finance).post(f"/ledger/export/?order={order.number}"))

    head = list(rows[1])
    first = dict(zip(head, rows[2], strict=True))
    assert len(rows) == 4
    assert (first["业务单号"], first["发出数量"], first["净发金额"], first["发票号码"]) == (
        order.number,
        1000,
        12500,
        "FP1",
    )
    assert (first["未开票金额"], first["应收余额"]) == (7500, 11500)
    extract = Extract.objects.get()
    assert (extract.form, extract.rows, extract.by, extract.asked) == ("xlsx", 2, cast.finance, {"order": order.number})
    assert extract.number.startswith("EX26-")


@pytest.mark.rule("B7")
def test_what_looks_like_a_formula_stays_text(cast: Cast) -> None:
    for trick in TRICKS:
        line = line_input("P001", "10", "1.00", specification=trick)
        shipped(cast, (1, "10"), lines=[line], customer_po=trick.strip())

    content = b"".join(browser(cast.finance).post("/ledger/export/").streaming_content)  # type: ignore[attr-defined]

    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {str(cell.value).strip() for cell in cells} >= {trick.strip() for trick in TRICKS}
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.rule("B7")
def test_only_who_sees_the_ledger_takes_it_out(cast: Cast) -> None:
    shipped(cast)
    for path in ("/ledger/export/", "/ledger/print/"):
        assert browser(cast.warehouse).post(path).status_code == 403
        assert browser(cast.finance).get(path).status_code == 405
    assert not Extract.objects.exists()
    rows = book(browser(cast.xiaochen).post("/ledger/export/"))
    assert len(rows) == 2


@pytest.mark.rule("A61")
def test_annex_five_is_filed_and_printed(cast: Cast) -> None:
    order = shipped(cast)
    sent(cast, order, (1, "20"))
    invoiced(cast, order, (1, "1000"), number="26442000000012345678")

    answer = browser(cast.finance).post("/ledger/print/?customer=C001")

    paper = Paper.objects.get(kind="ledger")
    assert answer.url == f"/papers/{paper.pk}/pdf/"  # type: ignore[attr-defined]
    assert paper.number.startswith("FC26-")
    group = paper.content["groups"][0]
    assert [row["invoice_number"] for row in group["rows"]] == ["12345678", "", ""]
    assert Decimal(paper.content["totals"]["net_amount"]) == 14350
    assert Decimal(paper.content["closing_receivable"]) == 14350
    render_paper(paper.pk)
    assert browser(cast.finance).get(f"/papers/{paper.pk}/pdf/").content.startswith(b"%PDF")
    assert browser(cast.xiaochen).get(f"/papers/{paper.pk}/pdf/").status_code == 404
