"""签字（第十九条、第二十条）：负责人签，受权人凭授权书代签，签字绑定于内容。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from parties.models import Authorisation
from parties.reauth import Proof
from reviews import services
from reviews.models import Signature
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from workflow import clock
from workflow.guards import Blocked, Stale, WrongState


@pytest.mark.rule("A19.2")
def test_the_head_signs_what_is_there(cast: Cast) -> None:
    answer = services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering)

    assert (answer.state, answer.signed_by) == ("signed", cast.engineering)
    assert answer.is_signed
    signature = Signature.objects.get()
    assert (signature.sha256, signature.hash_version, signature.order_version) == (answer.sha256, 1, 1)
    assert (signature.signer_name, signature.is_proxy) == ("谭志强", False)


@pytest.mark.rule("A19.2")
def test_a_delegate_signs_by_authorisation_and_it_is_marked(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")

    answer = services.sign_answer(answer, answer_input(), actor=cast.engineering2)

    assert (answer.state, answer.is_proxy, answer.is_signed) == ("proxy_signed", True, True)
    signature = Signature.objects.get()
    assert signature.is_proxy
    assert signature.authorisation.number == "SQ26-002"


def _expired(cast: Cast) -> dict[str, Any]:
    return {"department": cast.material.department, "valid_to": clock.today() - dt.timedelta(days=1)}


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("case", ["none", "expired", "other department", "revoked"])
def test_without_a_valid_authorisation_nobody_else_signs(cast: Cast, case: str) -> None:
    given: dict[str, Any] = {
        "number": "SQ26-100", "scope": "sign_review", "grantor": cast.material, "delegate": cast.planning,
        "department": cast.material.department, "valid_from": clock.today() - dt.timedelta(days=9),
        "valid_to": clock.today() + dt.timedelta(days=9),
    }  # fmt: skip
    given |= {"expired": _expired(cast), "other department": {"department": cast.engineering.department}}.get(case, {})
    if case != "none":
        first = Authorisation.objects.create(**given)
    if case == "revoked":
        Authorisation.objects.create(**given | {"number": "SQ26-101", "revokes": first})
    answer = answer_of(reviewing(cast), "material_control")

    with pytest.raises(PermissionDenied):
        services.sign_answer(answer, answer_input(), actor=cast.planning)
    assert not Signature.objects.exists()
    assert answer_of(answer.round, "material_control").state == "blank"


@pytest.mark.rule("A18")
def test_all_six_points_must_be_answered(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")

    with pytest.raises(Blocked) as blocked:
        services.sign_answer(answer, answer_input(points={"valid": True, "lawful": False}), actor=cast.engineering)

    (refusal,) = blocked.value.refusals
    assert refusal.words == "六项评审还有 4 项没答：产品要求已明确、与以前不一致的已解决、有能力满足、完成日期已定"
    assert (refusal.article, refusal.rule) == ("第十八条", "A18")
    assert answer_of(answer.round, "engineering").state == "blank"


@pytest.mark.rule("A17")
def test_verdict_and_date_must_be_there(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")

    with pytest.raises(Blocked) as blocked:
        services.sign_answer(answer, answer_input(verdict="", planned_date=None), actor=cast.engineering)
    assert [refusal.rule for refusal in blocked.value.refusals] == ["A17", "A17"]


@pytest.mark.rule("A20.1")
def test_what_changed_since_it_was_shown_is_not_signed(cast: Cast) -> None:
    answer = services.save_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering2)
    shown = answer.sha256
    services.save_answer(answer, answer_input(planned_date=day(5)), actor=cast.engineering2)

    with pytest.raises(Stale, match="请看过新内容再签"):
        services.sign_answer(answer_of(answer.round, "engineering"), actor=cast.engineering, expected=shown)
    assert not Signature.objects.exists()


@pytest.mark.rule("A20.1")
def test_after_a_change_it_is_signed_again_and_both_signatures_stay(cast: Cast) -> None:
    answer = answer_of(signed(cast), "engineering")

    answer = services.sign_answer(answer, answer_input(planned_date=day(9)), actor=cast.engineering)

    assert answer.is_signed
    hashes = [row.sha256 for row in answer.signatures.order_by("id")]
    assert len(set(hashes)) == 2
    assert hashes[1] == answer.sha256


@pytest.mark.rule("A19.2")
def test_what_is_signed_is_not_signed_twice(cast: Cast) -> None:
    answer = answer_of(signed(cast), "engineering")

    with pytest.raises(WrongState, match="已签"):
        services.sign_answer(answer, answer_input(), actor=cast.engineering)
    assert answer.signatures.count() == 1


@pytest.mark.rule("A19.2")
def test_when_and_how_the_signer_proved_themselves_is_kept(cast: Cast) -> None:
    proof = Proof(clock.now(), "passkey")

    services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering, proof=proof)
    signature = Signature.objects.get()
    assert (signature.auth_time, signature.auth_means) == (proof.at, "passkey")
