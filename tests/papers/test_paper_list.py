"""一份单据名下的单据：现行、作废、取 PDF、选联打印。"""

import pytest
from django.template.loader import render_to_string

from papers.models import Paper
from papers.services import papers_of, void_paper
from tests.cast import Cast
from tests.papers.conftest import DOCUMENT, filed_notice


@pytest.mark.rule("B8")
def test_all_versions_are_listed_newest_first(filed: Paper, cast: Cast) -> None:
    newer = filed_notice(cast.gm, "TZ26-000203")
    void_paper(filed, reason="客户更改", successor=newer.number, actor=cast.laowang)
    assert [(paper.number, bool(paper.voided)) for paper in papers_of(DOCUMENT)] == [
        ("TZ26-000203", False),
        ("TZ26-000187", True),
    ]


def test_the_list_takes_one_query(filed: Paper, cast: Cast, django_assert_num_queries: pytest.FixtureRequest) -> None:
    filed_notice(cast.gm, "TZ26-000203")
    with django_assert_num_queries(1):  # type: ignore[operator]
        words = render_to_string("papers/_papers.html", {"papers": papers_of(DOCUMENT)})
    assert words.count("现行") == 2
    assert f"/papers/{filed.pk}/pdf/" in words
    assert filed.verify_url in words


def test_the_copies_of_a_paper_can_be_chosen(filed: Paper) -> None:
    words = render_to_string("papers/_papers.html", {"papers": papers_of(DOCUMENT)})
    assert "<option>物控部</option>" in words
    assert "各联一份" not in words


def test_where_nothing_was_issued_it_says_so(cast: Cast) -> None:
    assert "还没有签发单据" in render_to_string("papers/_papers.html", {"papers": papers_of("orders_order:1")})
