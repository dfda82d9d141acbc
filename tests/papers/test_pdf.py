"""取单据的 PDF：未印成请稍候，印成即原样，作废出作废件；看不到单据的人当它没有。"""

import hashlib

import pytest
from django.test import Client

from papers.models import Paper
from papers.services import attach, file_paper, render_paper, void_paper
from parties.models import User
from tests.cast import Cast
from tests.papers.conftest import DOCUMENT
from tests.papers.reading import text_of
from tests.papers.samples import ledger, review
from tests.papers.test_attach import PDF, picture

pytestmark = pytest.mark.usefixtures("open_sight")


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filed_with_money(kind: str, cast: Cast) -> Paper:
    content = review() if kind == "review" else ledger()
    paper = file_paper(
        kind=kind, about=DOCUMENT, number=content["number"], version=1, snapshot=content, actor=cast.laowang
    )
    render_paper(paper.pk)
    return paper


def test_while_it_is_being_printed_one_is_asked_to_wait(filed: Paper, cast: Cast) -> None:
    answer = as_person(cast.xiaoli).get(f"/papers/{filed.pk}/pdf/")
    assert (answer.status_code, answer["Retry-After"], answer["Refresh"]) == (202, "2", "2")
    assert "正在生成" in answer.content.decode()
    machine = as_person(cast.xiaoli).get(f"/papers/{filed.pk}/pdf/", HTTP_ACCEPT="application/json")
    assert (machine.status_code, machine.json()) == (202, {"status": "rendering", "retry_after": 2})


@pytest.mark.rule("A6.3a")
def test_the_stored_bytes_are_served(filed: Paper, cast: Cast) -> None:
    render_paper(filed.pk)
    answer = as_person(cast.xiaoli).get(f"/papers/{filed.pk}/pdf/")
    assert hashlib.sha256(answer.content).hexdigest() == filed.renderings.get().sha256
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.rule("A22")
def test_of_a_void_paper_the_void_face_is_served(filed: Paper, cast: Cast) -> None:
    render_paper(filed.pk)
    void_paper(filed, reason="客户取消", actor=cast.laowang)
    assert as_person(cast.xiaoli).get(f"/papers/{filed.pk}/pdf/").status_code == 202
    render_paper(filed.pk)
    answer = as_person(cast.xiaoli).get(f"/papers/{filed.pk}/pdf/")
    assert "起作废，已取消" in text_of(answer.content)


@pytest.mark.rule("B7")
def test_who_may_not_see_the_document_finds_no_paper(filed: Paper, cast: Cast) -> None:
    render_paper(filed.pk)
    assert as_person(cast.sales).get(f"/papers/{filed.pk}/pdf/").status_code == 404
    assert as_person(cast.xiaoli).get("/papers/999999/pdf/").status_code == 404
    assert Client().get(f"/papers/{filed.pk}/pdf/").status_code == 302


@pytest.mark.rule("B7")
def test_amounts_are_left_out_for_who_may_not_see_money(cast: Cast) -> None:
    paper = filed_with_money("review", cast)
    priced = text_of(as_person(cast.xiaoli).get(f"/papers/{paper.pk}/pdf/").content)
    plain = text_of(as_person(cast.admin).get(f"/papers/{paper.pk}/pdf/").content)
    assert ("426,596.00" in priced, "426,596.00" in plain) == (True, False)
    assert "本联不列价格" in plain


@pytest.mark.rule("B7")
def test_a_paper_that_is_all_money_is_refused(cast: Cast) -> None:
    paper = filed_with_money("ledger", cast)
    assert as_person(cast.engineering).get(f"/papers/{paper.pk}/pdf/").status_code == 403
    assert as_person(cast.finance).get(f"/papers/{paper.pk}/pdf/").status_code == 200


@pytest.mark.rule("B7")
@pytest.mark.parametrize(
    ("name", "content", "shown"), [("a.pdf", PDF, "inline"), ("现场.png", picture("PNG"), "inline")]
)
def test_an_attachment_goes_out_safely(cast: Cast, name: str, content: bytes, shown: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    kept = attach(SimpleUploadedFile(name, content), about=DOCUMENT, actor=cast.xiaoli)
    answer = as_person(cast.xiaoli).get(f"/files/{kept.pk}/")
    assert answer["Content-Disposition"].startswith(shown)
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-cache")
    assert as_person(cast.sales).get(f"/files/{kept.pk}/").status_code == 404
