"""打印：第几次、何人、哪一联；价格由服务器按联略去。"""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from papers import registry, storage
from papers.models import Paper, PrintLog, Rendering
from papers.services import file_paper, print_paper, render_print, void_paper
from tests.cast import Cast
from tests.papers.conftest import DOCUMENT
from tests.papers.reading import pages_of, squeezed, text_of
from tests.papers.samples import delivery, ledger
from workflow.models import OutboxMessage
from workflow.outbox import HANDLERS

pytestmark = pytest.mark.usefixtures("open_sight")


@pytest.fixture
def note(cast: Cast) -> Paper:
    content = delivery()
    return file_paper(
        kind="delivery", about=DOCUMENT, number=content["number"], version=1, snapshot=content, actor=cast.warehouse
    )


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    facts: Any = {"copies": {"2": {"received_by": "韩素琴"}}}
    monkeypatch.setitem(registry.KNOWLEDGE, "reviews_notice", [lambda pk: facts])


def bytes_of(log: PrintLog) -> bytes:
    render_print(log.pk)
    return storage.read(Rendering.objects.get(print_log=log).sha256)


@pytest.mark.usefixtures("known")
def test_each_print_is_counted_and_named(filed: Paper, cast: Cast) -> None:
    logs = [print_paper(filed, actor=person, copy="物控部") for person in (cast.xiaoli, cast.laowang)]
    assert [(log.nth, log.by_name) for log in logs] == [(1, str(cast.xiaoli)), (2, str(cast.laowang))]
    found = squeezed(text_of(bytes_of(logs[1])))
    assert f"打印{cast.laowang}" in found
    assert "第2次" in found
    assert "第2份/共7份物控部" in found
    assert "韩素琴" in found


def test_the_errand_prints_it(filed: Paper, cast: Cast) -> None:
    log = print_paper(filed, actor=cast.xiaoli)
    message = OutboxMessage.objects.get(payload={"print": log.pk})
    for _ in range(2):
        HANDLERS[message.kind](message.payload)
    assert Rendering.objects.filter(print_log=log).count() == 1


@pytest.mark.rule("A54")
def test_every_copy_is_printed_with_and_without_prices_as_it_is_meant(note: Paper, cast: Cast) -> None:
    pages = pages_of(bytes_of(print_paper(note, actor=cast.xiaoli, copy="*")))
    assert [("142,080.00" in page, "第 1 页 / 共 1 页" in page) for page in pages] == [
        (False, True),
        (False, True),
        (True, True),
        (False, True),
        (True, True),
    ]


@pytest.mark.rule("B7")
def test_who_may_not_see_money_prints_none(note: Paper, cast: Cast) -> None:
    found = text_of(bytes_of(print_paper(note, actor=cast.warehouse, copy="财务")))
    assert "142,080.00" not in found
    assert "本联不列价格" in found


@pytest.mark.rule("B7")
def test_a_paper_that_is_all_money_is_not_printed_without_the_right(cast: Cast) -> None:
    content = ledger()
    paper = file_paper(
        kind="ledger", about=DOCUMENT, number=content["number"], version=1, snapshot=content, actor=cast.laowang
    )
    with pytest.raises(PermissionDenied):
        print_paper(paper, actor=cast.warehouse)
    assert not PrintLog.objects.exists()


def test_a_copy_that_does_not_exist_is_refused(note: Paper, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="董事长"):
        print_paper(note, actor=cast.xiaoli, copy="董事长")
    assert not PrintLog.objects.exists()


@pytest.mark.rule("A22")
def test_a_print_of_a_void_paper_is_stamped(filed: Paper, cast: Cast) -> None:
    void_paper(filed, reason="客户取消", actor=cast.laowang)
    found = squeezed(text_of(bytes_of(print_paper(filed, actor=cast.xiaoli))))
    assert "起作废，已取消" in found
    assert f"作废后打印{cast.xiaoli}" in found


def test_the_button_leads_to_the_print(filed: Paper, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.xiaoli)
    answer = client.post(f"/papers/{filed.pk}/print/", {"copy": "物控部"})
    log = PrintLog.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/papers/prints/{log.pk}/pdf/")
    assert client.get(answer["Location"]).status_code == 202
    render_print(log.pk)
    assert client.get(answer["Location"]).content.startswith(b"%PDF-")
