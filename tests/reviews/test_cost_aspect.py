"""成本（第十八条）：种类要求时第七项也要答；超出客户预算的先协商。"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from orders.models import BusinessKind
from reviews import services
from reviews.models import Round
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, reviewing, signed
from tests.reviews.browsing import browser
from workflow.guards import Blocked

SEVEN = dict.fromkeys(("valid", "defined", "resolved", "capable", "dated", "lawful", "cost"), True)


@pytest.fixture
def _cost_kind(cast: Cast) -> None:
    kind = BusinessKind.objects.get(code="printing")
    kind.options = kind.options | {"cost_aspect": True}
    kind.save()


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("_cost_kind")
def test_the_seventh_point_is_asked_on_the_page_and_must_be_answered(cast: Cast) -> None:
    review = reviewing(cast)
    page = browser(cast.engineering).get(f"/reviews/{review.pk}/answers/engineering/").content.decode()
    assert "7. 成本在客户预算内" in page

    with pytest.raises(Blocked, match="还有 1 项没答：成本在客户预算内"):
        services.sign_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering)
    given = answer_input(points=SEVEN)
    assert services.sign_answer(answer_of(review, "engineering"), given, actor=cast.engineering).is_signed


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("_cost_kind")
def test_beyond_the_budget_it_does_not_pass_but_is_negotiated(cast: Cast) -> None:
    review = signed(cast, reviewing(cast), points=SEVEN | {"cost": False})

    with pytest.raises(Blocked, match="技术中心：成本超出客户预算，请与客户协商"):
        services.conclude(review, "pass", actor=cast.laowang)
    assert services.conclude(Round.objects.get(), "negotiate", actor=cast.laowang).order.state == "negotiating"


@pytest.mark.rule("A18")
def test_a_kind_that_does_not_ask_takes_no_seventh_point(cast: Cast) -> None:
    review = reviewing(cast)
    page = browser(cast.engineering).get(f"/reviews/{review.pk}/answers/engineering/").content.decode()
    assert "成本在客户预算内" not in page

    with pytest.raises(ValidationError, match="没有「cost」这一项"):
        services.save_answer(answer_of(review, "engineering"), answer_input(points=SEVEN), actor=cast.engineering)


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("_cost_kind")
def test_the_api_reads_and_answers_it(cast: Cast) -> None:
    review = reviewing(cast)
    body = {"points": SEVEN | {"cost_remark": "纸价涨了"}, "comment": "可以"}

    reply = Caller(cast.engineering).put(f"reviews/{review.pk}/answers/engineering/", body)

    assert reply.status_code == 200
    assert (reply.json()["points"]["cost"], reply.json()["points"]["cost_remark"]) == (True, "纸价涨了")
