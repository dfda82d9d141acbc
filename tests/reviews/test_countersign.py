"""补签（第十九条）：代签之后由负责人补，评审结束也要补；没补不能归档，不挡生产。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders.events import MayComplete
from reviews import services
from reviews.models import Answer, Signature
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, reviewing, signed
from workflow.events import ask
from workflow.guards import WrongState


def proxy_signed(cast: Cast) -> Answer:
    return services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering2)


@pytest.mark.rule("A19.2")
def test_the_head_countersigns_the_same_content(cast: Cast) -> None:
    answer = services.countersign(proxy_signed(cast), actor=cast.engineering)

    assert (answer.state, answer.countersigned_by) == ("countersigned", cast.engineering)
    first, second = Signature.objects.order_by("id")
    assert (first.act, second.act) == ("sign", "countersign")
    assert first.sha256 == second.sha256 == answer.sha256


@pytest.mark.rule("A19.2")
def test_whoever_is_head_by_then_countersigns(cast: Cast) -> None:
    answer = proxy_signed(cast)
    answer.department.head = cast.planning
    answer.department.save(update_fields=["head"])

    with pytest.raises(PermissionDenied):
        services.countersign(answer, actor=cast.engineering)
    assert services.countersign(answer, actor=cast.planning).countersigned_by == cast.planning


@pytest.mark.rule("A19.2")
def test_a_heads_own_signature_needs_none(cast: Cast) -> None:
    with pytest.raises(WrongState, match="已签"):
        services.countersign(answer_of(signed(cast), "engineering"), actor=cast.engineering)


@pytest.mark.rule("A19.2")
def test_an_open_one_lets_the_review_pass_and_blocks_the_archive(cast: Cast) -> None:
    proxy = proxy_signed(cast)
    review = proxy.round
    for code, head in (
        ("material_control", cast.material),
        ("printing_manufacturing", cast.printing_mfg),
        ("printing_quality", cast.printing_qc),
    ):
        services.sign_answer(answer_of(review, code), answer_input(), actor=head)
    order = services.conclude(review, "pass", actor=cast.laowang).order

    assert [refusal.words for refusal in ask(MayComplete(order))] == ["评审表上技术中心的代签还没有补签"]
    services.countersign(answer_of(review, "engineering"), actor=cast.engineering)
    assert list(ask(MayComplete(order))) == []
