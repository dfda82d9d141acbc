"""签发（第六条、第二十条）：总经理，或持授权书的人；签时取号、归档两份附件。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from orders import services as order_services
from orders.models import Order
from papers.models import Paper
from parties.models import Authorisation
from reviews import services
from reviews.models import Notice, Signature
from tests.cast import Cast, order_input
from tests.cast_reviews import drafted, reviewing, signed_notice
from workflow import clock
from workflow.guards import Blocked, Stale, WrongState
from workflow.machine import perform
from workflow.models import OutboxMessage


@pytest.mark.rule("A6.3a")
def test_the_gm_signs_and_the_number_is_taken(cast: Cast) -> None:
    notice = services.sign_notice(drafted(cast), actor=cast.gm)

    year = clock.today().year % 100
    assert (notice.state, notice.number, notice.signed_by) == ("signed", f"TZ{year:02d}-000001", cast.gm)
    signature = Signature.objects.get(notice=notice)
    assert (signature.sha256, signature.is_proxy, signature.signer_name) == (notice.sha256, False, "何志明")


@pytest.mark.rule("A6.3a")
def test_both_annexes_are_filed_and_will_be_printed(cast: Cast) -> None:
    notice = services.sign_notice(drafted(cast), actor=cast.gm)

    annex_1, annex_2 = Paper.objects.filter(about=notice.about).order_by("kind")
    assert (annex_1.kind, annex_1.number) == ("notice", notice.number)
    assert (annex_2.kind, annex_2.number) == ("review", notice.round.form_number)
    assert annex_1.content["signatures"][2]["name"] == "何志明"
    assert annex_1.content["signatures"][2]["hash"] == notice.sha256
    kinds = OutboxMessage.objects.filter(aggregate__in=[f"papers_paper:{annex_1.pk}", f"papers_paper:{annex_2.pk}"])
    assert {message.kind for message in kinds} == {"papers.render"}


@pytest.mark.rule("A6.3a")
def test_the_deputy_gm_signs_by_office(cast: Cast) -> None:
    notice = services.sign_notice(drafted(cast), actor=cast.evp)

    assert not Signature.objects.get(notice=notice).is_proxy


@pytest.mark.rule("A6.3a")
def test_a_delegate_signs_by_authorisation_and_it_is_marked(cast: Cast) -> None:
    notice = services.sign_notice(drafted(cast), actor=cast.gm_delegate)

    signature = Signature.objects.get(notice=notice)
    assert (signature.is_proxy, signature.authorisation.number) == (True, "SQ26-001")
    signed = Paper.objects.get(kind="notice").content["signatures"][2]
    assert (signed["name"], signed["holder"], signed["proxy"], signed["authorisation"]) == (
        "林若琳", "何志明", True, "SQ26-001",
    )  # fmt: skip


@pytest.mark.rule("A6.3a")
def test_a_lapsed_authorisation_signs_nothing(cast: Cast) -> None:
    notice = drafted(cast)
    first = Authorisation.objects.get(number="SQ26-001")
    Authorisation.objects.create(
        number="SQ26-009", scope="sign_notice", grantor=cast.gm, delegate=cast.gm_delegate, revokes=first,
        valid_from=clock.today(), valid_to=clock.today() + dt.timedelta(days=1),
    )  # fmt: skip

    with pytest.raises(PermissionDenied):
        services.sign_notice(notice, actor=cast.gm_delegate)
    assert Notice.objects.get().state == "draft"


@pytest.mark.rule("A6.3a")
@pytest.mark.parametrize("who", ["xiaoli", "laowang", "director", "engineering", "finance"])
def test_nobody_else_signs(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        services.sign_notice(drafted(cast), actor=getattr(cast, who))
    assert not Paper.objects.exists()


@pytest.mark.rule("A6.3a")
def test_what_one_made_one_does_not_sign(cast: Cast) -> None:
    period = {"valid_from": clock.today(), "valid_to": clock.today()}
    Authorisation.objects.create(
        number="SQ26-010", scope="sign_notice", grantor=cast.gm, delegate=cast.xiaoli, **period
    )

    with pytest.raises(PermissionDenied, match="自己编制的通知单，自己不能签发"):
        services.sign_notice(drafted(cast), actor=cast.xiaoli)


@pytest.mark.rule("A20.6")
def test_the_review_form_must_be_complete(cast: Cast) -> None:
    order = services.conclude(reviewing(cast), "negotiate", actor=cast.laowang).order
    order = order_services.agree_as_reviewed(order, "同意", actor=cast.laowang)
    notice = services.create_notice(order, actor=cast.xiaoli)

    with pytest.raises(Blocked) as blocked:
        services.sign_notice(notice, actor=cast.gm)
    assert [refusal.words for refusal in blocked.value.refusals] == [
        f"评审表上{name}还没有签字" for name in ("技术中心", "物控部", "印刷制造部", "印刷品质部")
    ]


@pytest.mark.rule("A20.6")
def test_without_any_reviewed_date_the_customers_wish_stands(cast: Cast) -> None:
    order = services.conclude(reviewing(cast), "negotiate", actor=cast.laowang).order
    order = order_services.agree_as_reviewed(order, "同意", actor=cast.laowang)

    notice = services.create_notice(order, actor=cast.xiaoli)
    assert notice.content["delivery_date"] == str(order.requested_date)
    assert notice.is_current


@pytest.mark.rule("A20.6")
def test_an_order_that_changed_meanwhile_is_not_signed(cast: Cast) -> None:
    notice = drafted(cast)
    order = order_services.reopen_review(notice.order, "客户又改", actor=cast.laowang)
    order_services.edit_order(order, order_input(customer_po="RH-NEW"), actor=cast.xiaoli)

    with pytest.raises(Blocked) as blocked:
        services.sign_notice(notice, actor=cast.gm)
    assert [refusal.rule for refusal in blocked.value.refusals] == ["A6.3a", "A20.6"]
    assert not Signature.objects.filter(notice=notice).exists()


@pytest.mark.rule("A20.1")
def test_other_content_than_shown_is_not_signed(cast: Cast) -> None:
    with pytest.raises(Stale):
        services.sign_notice(drafted(cast), actor=cast.gm, expected="0" * 64)
    assert Notice.objects.get().formal_number is None


@pytest.mark.rule("A6.3a")
def test_it_is_signed_once(cast: Cast) -> None:
    notice = services.sign_notice(drafted(cast), actor=cast.gm)

    with pytest.raises(WrongState, match="已签"):
        services.sign_notice(notice, actor=cast.evp)
    assert Signature.objects.filter(notice=notice).count() == 1


@pytest.mark.rule("A6.3a")
@pytest.mark.parametrize("move", ["sign", "issue"])
def test_an_order_that_went_back_to_the_customer_is_not_signed_for(cast: Cast, move: str) -> None:
    """Reopening voids the notice; should one be left over, it neither can be signed nor goes out."""
    notice = drafted(cast) if move == "sign" else signed_notice(cast)
    order = Order.objects.get(pk=notice.order_id)
    perform(order, "reopen_review", actor=cast.laowang, reason="客户改了纸张")

    with pytest.raises(Blocked) as blocked:
        perform(notice, move, actor=cast.gm if move == "sign" else cast.xiaoli)
    assert ("A6.3a", "业务单不在「待签发」，通知单现在不能签、不能发") in [
        (r.rule, r.words) for r in blocked.value.refusals
    ]
