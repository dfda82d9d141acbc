"""发料、退料、收货（第四章，A23.3、A23.4、A41）：数量从不自相矛盾。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from outsourcing.models import MaterialIssue, MaterialReturn, OutsourcingLine, Receipt
from outsourcing.selectors import materials_of
from outsourcing.services import MaterialInput, ReceiptInput, issue_material, receive_goods, return_material
from tests.cast import Cast
from tests.cast_outsourcing import approved, came_back, issued_material, outsourced_line, sent
from tests.cast_production import producing
from workflow.guards import Blocked, WrongState
from workflow.history import AppendOnlyError


@pytest.mark.rule("A23.3")
def test_material_goes_out_and_comes_back(cast: Cast) -> None:
    document = sent(cast)
    issue = issued_material(cast, document, "1050")

    return_material(document, issue.pk, Decimal(30), actor=cast.warehouse)

    (row,) = materials_of(document)
    assert (row.returned, row.outside) == (Decimal(30), Decimal(1020))


@pytest.mark.rule("A41")
def test_not_more_comes_back_than_went_out(cast: Cast) -> None:
    document = sent(cast)
    issue = issued_material(cast, document, "100")
    return_material(document, issue.pk, Decimal(60), actor=cast.material)

    with pytest.raises(Blocked, match="发了 100，已退 60，再退 41 就比发的多了"):
        return_material(document, issue.pk, Decimal(41), actor=cast.material)
    assert MaterialReturn.objects.count() == 1


@pytest.mark.rule("A41")
def test_receipts_may_come_in_parts_and_rework_comes_again(cast: Cast) -> None:
    document = sent(cast)
    came_back(cast, document, "600", "50")
    came_back(cast, document, "400")

    line = OutsourcingLine.objects.with_received().get()
    assert (line.received_sum, line.accepted_sum, line.rework_sum) == (Decimal(1050), Decimal(1000), Decimal(50))


@pytest.mark.rule("A41")
def test_not_more_than_was_ordered_with_tolerance(cast: Cast) -> None:
    document = sent(cast)
    came_back(cast, document, "600")

    with pytest.raises(Blocked) as blocked:
        came_back(cast, document, "431")
    assert blocked.value.refusals[0].words == "覆膜在加工商处最多还有 430 本，不能收 431"
    assert came_back(cast, document, "430").good == Decimal(430)


@pytest.mark.rule("A41")
def test_not_more_than_the_material_makes(cast: Cast) -> None:
    document = sent(cast)
    issued_material(cast, document, "500", makes=Decimal(500))

    with pytest.raises(Blocked, match="最多还有 515"):
        came_back(cast, document, "516")


@pytest.mark.rule("A41")
def test_received_is_the_sum_of_its_findings(cast: Cast) -> None:
    document = sent(cast)

    for figures in (
        {"received": Decimal(10), "accepted": Decimal(9)},
        {"received": Decimal(0), "accepted": Decimal(0)},
    ):
        with pytest.raises(ValidationError, match="收货"):
            receive_goods(document, ReceiptInput(**figures), actor=cast.material)
    row = {"outsourcing": document, "line": document.lines.get(), "notice": document.notice, "by": cast.material}
    with pytest.raises(IntegrityError, match="receipt_adds_up"), transaction.atomic():
        Receipt.objects.create(**row, received=Decimal(10), accepted=Decimal(9))


@pytest.mark.rule("A23.4")
def test_a_correction_frees_what_was_wrong(cast: Cast) -> None:
    document = sent(cast)
    wrong = came_back(cast, document, "1030")

    came_back(cast, document, "1000", corrects=wrong.pk)

    assert OutsourcingLine.objects.with_received().get().accepted_sum == Decimal(1000)
    with pytest.raises(WrongState, match="已经更正过"):
        came_back(cast, document, "900", corrects=wrong.pk)


@pytest.mark.rule("A41")
def test_with_several_lines_the_line_must_be_said(cast: Cast) -> None:
    order = producing(cast)
    document = sent(cast, order, lines=[outsourced_line(order), outsourced_line(order, 2, quantity=Decimal(500))])

    with pytest.raises(ValidationError, match="请写明哪一行"):
        came_back(cast, document, "10")
    assert came_back(cast, document, "10", line=document.lines.last().pk).line.quantity == Decimal(500)


@pytest.mark.rule("A23.3")
def test_only_while_it_is_at_the_processor_and_only_the_keepers(cast: Cast) -> None:
    waiting, document = approved(cast), sent(cast)
    material = MaterialInput("纸", Decimal(1), "张")

    with pytest.raises(WrongState):
        issue_material(waiting, material, actor=cast.material)
    with pytest.raises(WrongState):
        came_back(cast, waiting, "1")
    for person in (cast.xiaoli, cast.laowang, cast.finance):
        with pytest.raises(PermissionDenied):
            issue_material(document, material, actor=person)
        with pytest.raises(PermissionDenied):
            receive_goods(document, ReceiptInput(Decimal(1), Decimal(1)), actor=person)
    assert receive_goods(document, ReceiptInput(Decimal(1), Decimal(1)), actor=cast.printing_qc).by == cast.printing_qc


@pytest.mark.rule("A41")
def test_movements_are_only_added_to(cast: Cast) -> None:
    document = sent(cast)
    rows = (issued_material(cast, document), came_back(cast, document, "10"))

    for row in rows:
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")
    assert MaterialIssue.objects.count() == Receipt.objects.count() == 1
