"""评审表的执行部分（第六条）：随通知单发给各部门，只有它自己那一份；全文只有营销中心与签发人看。"""

from __future__ import annotations

import pytest

from papers.models import Paper
from papers.services import render_paper
from reviews import services
from reviews.models import Notice
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import HEADS, answer_input, answer_of, copy_of, issued_notice, reviewing
from tests.papers.reading import text_of
from tests.reviews.browsing import browser

SECRET = "特种纸要先付一半"


def handed_out(cast: Cast) -> Notice:
    """物控的意见是机密的，通知单发到了各部门。"""
    review = reviewing(cast)
    services.sign_answer(answer_of(review, "material_control"), answer_input(comment=SECRET), actor=cast.material)
    for code in set(HEADS) & {answer.department.code for answer in review.answers_now} - {"material_control"}:
        services.sign_answer(answer_of(review, code), answer_input(), actor=getattr(cast, HEADS[code]))
    order = services.conclude(review, "pass", actor=cast.laowang).order
    notice = services.sign_notice(services.create_notice(order, actor=cast.xiaoli), actor=cast.gm)
    return services.issue_notice(notice, actor=cast.xiaoli)


def part(notice: Notice, department: str) -> Paper:
    found: Paper = Paper.objects.get(about=copy_of(notice, department).about)
    return found


@pytest.mark.rule("A6.3d")
def test_each_department_gets_its_own_part_and_nothing_else(cast: Cast) -> None:
    notice = handed_out(cast)

    for code in ("engineering", "material_control"):
        content = part(notice, code).content
        assert [answer["department"] for answer in content["answers"]] == content["departments"] == [content["part_of"]]
        assert {len(point["results"]) for point in content["points"]} == {1}
        assert content["amount"] == content["balance"]["negotiated"] == ""
    assert SECRET in str(part(notice, "material_control").content)
    assert SECRET not in str(part(notice, "engineering").content)


@pytest.mark.rule("A6.3d")
def test_the_whole_form_is_no_departments(cast: Cast) -> None:
    notice = handed_out(cast)
    whole, mine = Paper.objects.get(kind="review"), part(notice, "engineering")

    for who, on_whole, on_part in (
        ("engineering", 404, 202),
        ("material", 404, 404),
        ("gm", 202, 202),
        ("xiaoli", 202, 202),
    ):
        client = browser(getattr(cast, who))
        assert client.get(f"/papers/{whole.pk}/pdf/").status_code == on_whole, who
        assert client.get(f"/papers/{mine.pk}/pdf/").status_code == on_part, who
    assert browser(cast.engineering).post(f"/papers/{whole.pk}/print/").status_code == 404


@pytest.mark.rule("A6.3d")
def test_the_notices_page_and_the_api_give_each_their_own(cast: Cast) -> None:
    notice = handed_out(cast)
    whole, mine = Paper.objects.get(kind="review"), part(notice, "engineering")

    page = browser(cast.engineering).get(f"/notices/{notice.number}/").content.decode()
    assert f"/papers/{mine.pk}/pdf/" in page
    assert f"/papers/{whole.pk}/pdf/" not in page
    assert f"/papers/{whole.pk}/pdf/" in browser(cast.xiaoli).get(f"/notices/{notice.number}/").content.decode()
    render_paper(mine.pk)
    reply = Caller(cast.engineering).get(f"notices/{notice.number}/pdf/", annex="2")
    assert reply.status_code == 200
    assert "技术中心 执行" in text_of(reply.content)
    assert SECRET not in text_of(reply.content)


@pytest.mark.rule("A22")
def test_a_void_notice_voids_the_parts_too(cast: Cast) -> None:
    notice = issued_notice(cast)

    services.void_notice(notice, "客户取消", actor=cast.laowang)
    assert all(paper.voided for paper in Paper.objects.filter(kind="review_part"))
    assert Paper.objects.filter(kind="review_part").count() == 4
