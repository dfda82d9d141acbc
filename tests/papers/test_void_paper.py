"""作废：处处可见，原件字节不动，另印一面。"""

import pytest

from papers import storage
from papers.models import Paper, PaperVoid, Rendering
from papers.services import render_paper, void_paper
from tests.cast import Cast
from tests.papers.reading import text_of


def bytes_of(paper: Paper, face: str) -> bytes:
    return storage.read(paper.renderings.get(face=face).sha256)


@pytest.mark.rule("A22")
def test_the_void_face_is_printed_beside_the_original(filed: Paper, cast: Cast) -> None:
    render_paper(filed.pk)
    before = bytes_of(filed, "issue")
    void_paper(filed, reason="客户更改", successor="TZ26-000203", actor=cast.laowang)
    render_paper(filed.pk)
    assert bytes_of(filed, "issue") == before
    assert "起作废" not in text_of(before)
    void = text_of(bytes_of(filed, "void"))
    assert "起作废，由 TZ26-000203（更改）取代" in void
    assert "不得据此生产、报工、发货" in void


@pytest.mark.rule("A22")
def test_a_cancelled_paper_names_no_successor(filed: Paper, cast: Cast) -> None:
    void = void_paper(filed, reason="客户取消", actor=cast.laowang)
    paper = Paper.objects.get()
    assert (void.cause, paper.voided_at, paper.voided) == ("已取消", void.at, void)
    assert not Paper.objects.current().exists()


def test_voiding_twice_changes_nothing(filed: Paper, cast: Cast) -> None:
    first = void_paper(filed, reason="客户更改", successor="TZ26-000203", actor=cast.laowang)
    again = void_paper(filed, reason="又一次", actor=cast.director)
    assert (again.reason, again.at, again.successor) == (first.reason, first.at, "TZ26-000203")
    assert PaperVoid.objects.count() == 1


def test_printing_again_prints_nothing_new(filed: Paper, cast: Cast) -> None:
    for _ in range(2):
        render_paper(filed.pk)
    assert list(Rendering.objects.values_list("face", "priced")) == [("issue", False)]
