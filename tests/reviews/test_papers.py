"""附件一与附件二写的就是签的（第六条、第二十条）：内容、代签与补签、作废章，印得出、读得回。"""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from papers.models import Paper
from papers.registry import facts_about
from papers.services import render_paper
from papers.storage import read
from reviews import services
from reviews.models import Notice, Round
from reviews.selectors import issued_paper
from tests.cast import Cast
from tests.cast_reviews import HEADS, answer_input, answer_of, copy_of, day, issued_notice, reviewing, signed_notice


def mixed_answers(cast: Cast) -> Notice:
    """技术中心代签、有条件；别的部门同意。"""
    review = reviewing(cast)
    conditional = answer_input(
        verdict="conditional", comment="先付纸款", points={**answer_input().points, "defined": False},
        remarks={"defined": "烫金位置没标"},
    )  # fmt: skip
    services.sign_answer(answer_of(review, "engineering"), conditional, actor=cast.engineering2)
    for code in ("material_control", "printing_manufacturing", "printing_quality"):
        services.sign_answer(answer_of(review, code), answer_input(), actor=getattr(cast, HEADS[code]))
    fresh = Round.objects.select_related("order").get(pk=review.pk)
    order = services.conclude(fresh, "pass", actor=cast.laowang, delivery_date=day(18)).order
    return services.sign_notice(services.create_notice(order, actor=cast.xiaoli), actor=cast.gm)


def paper_of(notice: Notice, kind: str) -> Paper:
    paper = issued_paper(notice, kind)
    assert paper
    return paper


def printed(paper: Paper) -> str:
    render_paper(paper.pk)
    rendering = paper.renderings.order_by("-id").first()
    reader = PdfReader(BytesIO(read(rendering.sha256)))
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


@pytest.mark.rule("A18")
def test_annex_2_has_each_departments_six_points_and_verdict(cast: Cast) -> None:
    content = paper_of(mixed_answers(cast), "review").content

    assert content["departments"] == ["技术中心", "物控部", "印刷制造部", "印刷品质部"]
    assert [point["results"][0] for point in content["points"]] == ["met", "conditional", "met", "met", "met", "met"]
    first = content["answers"][0]
    assert (first["verdict"], first["condition"], first["opinion"]) == (
        "conditional", "先付纸款", "产品要求已明确：烫金位置没标",
    )  # fmt: skip
    assert (content["balance"]["conclusion"], content["balance"]["delivery_date"]) == ("met", str(day(18)))


@pytest.mark.rule("A19.2")
def test_annex_2_marks_the_proxy_and_the_open_countersignature(cast: Cast) -> None:
    answer = paper_of(mixed_answers(cast), "review").content["answers"][0]

    assert (answer["signed_by"], answer["proxy"]) == ("方晓", True)
    assert answer["countersign"] == {"done": False, "name": "谭志强"}


@pytest.mark.rule("A6.3a")
def test_both_annexes_can_be_printed_and_read_back(cast: Cast) -> None:
    notice = mixed_answers(cast)

    annex_1, annex_2 = printed(paper_of(notice, "notice")), printed(paper_of(notice, "review"))

    for words in (notice.number, "瑞禾茶业有限公司", "产品画册", "设计制版", "印刷品质部", "何志明"):
        assert words in annex_1
    for words in (notice.round.form_number, "代签", "待补签", "先付纸款", "烫金位置没标"):
        assert words in annex_2


@pytest.mark.rule("A22")
def test_a_void_one_prints_its_stamp(cast: Cast) -> None:
    notice = services.void_notice(signed_notice(cast), "客户取消", actor=cast.laowang)

    assert "作废" in printed(paper_of(notice, "notice"))


@pytest.mark.rule("A6.3b")
def test_a_print_knows_by_then_who_received_which_copy(cast: Cast) -> None:
    notice = issued_notice(cast)
    services.acknowledge_copy(copy_of(notice, "material_control"), actor=cast.material)

    facts = facts_about(notice.about)

    assert list(facts["copies"]) == ["2"]
    assert facts["copies"]["2"]["received_by"] == "黄丽珍"


@pytest.mark.rule("A20.1")
def test_what_is_printed_is_what_was_signed(cast: Cast) -> None:
    notice = signed_notice(cast)
    paper = paper_of(notice, "notice")

    same = ("lines", "delivery_date", "milestones", "requirements", "customer", "order_number")
    assert {key: paper.content[key] for key in same} == {key: notice.content[key] for key in same}
    assert paper.content["signatures"][-1]["hash"] == notice.sha256
