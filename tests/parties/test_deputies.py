"""代理（第三条、第十九条）：请假的几天里，代理人看得见、办得了他的单，留痕写明代谁；过后自己回来。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from orders import services
from orders.models import Order
from parties.models import Deputy, User
from reviews import services as reviews
from tests.cast import Cast, draft, submitted
from tests.cast_parties import anew, away, xiaoli_away
from tests.cast_reviews import agreed, answer_input, answer_of, drafted, reviewing
from tests.pages import browser
from workflow import clock
from workflow.deputies import stood_in_by
from workflow.duties import sweep, waiting_for
from workflow.machine import offers
from workflow.models import OutboxMessage, TransitionLog


def told(order: Order) -> str:
    log: TransitionLog = TransitionLog.objects.filter(chain=order.chain).latest("chain_seq")
    return log.actor_name


@pytest.mark.rule("A3")
def test_the_deputy_works_the_absent_coordinators_order(cast: Cast) -> None:
    order = draft(cast)
    with pytest.raises(PermissionDenied):
        services.submit_order(order, actor=anew(cast.xiaochen))
    xiaoli_away(cast)
    chen = anew(cast.xiaochen)

    order = services.submit_order(order, actor=chen)

    assert Order.objects.visible_to(chen).get() == order
    assert (order.submitted_by, told(order)) == (chen, "陈思远（代 李晓雯）")


@pytest.mark.rule("A3")
def test_their_own_work_names_nobody_else(cast: Cast) -> None:
    xiaoli_away(cast)
    order = draft(cast)
    Order.objects.filter(pk=order.pk).update(coordinator=cast.xiaochen)

    assert told(services.submit_order(order, actor=anew(cast.xiaochen))) == "陈思远"


@pytest.mark.rule("A3")
@pytest.mark.parametrize(("days", "seen"), [(-1, False), (0, True), (2, True), (3, False)])
def test_it_begins_and_ends_by_itself(cast: Cast, days: int, seen: bool) -> None:
    draft(cast)
    xiaoli_away(cast)

    with clock.told(clock.now() + dt.timedelta(days=days)):
        assert Order.objects.visible_to(anew(cast.xiaochen)).exists() is seen
        assert Order.objects.visible_to(anew(cast.xiaoli)).exists()


@pytest.mark.rule("A6.1e")
@pytest.mark.parametrize("submits", ["xiaoli", "laowang"])
def test_a_deputy_accepts_neither_their_own_nor_the_absents(cast: Cast, submits: str) -> None:
    order = draft(cast)
    away(cast.xiaoli, cast.laowang)
    wang = anew(cast.laowang)
    order = services.submit_order(order, actor=cast.xiaoli if submits == "xiaoli" else wang)

    with pytest.raises(PermissionDenied, match="自己不能审"):
        services.accept_order(order, actor=wang)
    assert services.accept_order(order, actor=cast.director).state == "accepted"


@pytest.mark.rule("A6.1e")
def test_who_is_back_does_not_accept_what_was_submitted_in_their_name(cast: Cast) -> None:
    order = draft(cast)
    Order.objects.filter(pk=order.pk).update(coordinator=cast.laowang)
    away(cast.laowang, cast.director)
    order = services.submit_order(order, actor=cast.laowang)
    Order.objects.filter(pk=order.pk).update(submitted_by=cast.director)

    with pytest.raises(PermissionDenied, match="自己不能审"):
        services.accept_order(order, actor=anew(cast.laowang))


@pytest.mark.rule("A3")
def test_no_deputy_of_a_deputy(cast: Cast) -> None:
    xiaoli_away(cast)
    days = {"first_day": clock.today(), "last_day": clock.today()}
    Deputy.objects.create(person=cast.xiaochen, deputy=cast.laowang, entered_by=cast.xiaochen, **days)
    User.objects.filter(pk=cast.laowang.pk).update(deputises_until=clock.today())

    assert stood_in_by(anew(cast.laowang)) == (cast.xiaochen,)


@pytest.mark.rule("A3")
def test_duties_lie_with_the_deputy_and_say_whose(cast: Cast) -> None:
    submitted(cast, basis="fax")
    xiaoli_away(cast)

    mine = {(due.title, due.behalf) for due in waiting_for(anew(cast.xiaochen), clock.now())}
    assert ("补登书面原件", "李晓雯") in mine
    own = waiting_for(anew(cast.xiaoli), clock.now())
    assert {due.behalf for due in own} == {""}


@pytest.mark.rule("A3")
@pytest.mark.parametrize("leave", [True, False])
def test_what_climbs_climbs_to_who_is_there(cast: Cast, leave: bool) -> None:
    submitted(cast, basis="fax")
    if leave:
        away(cast.laowang, cast.director, first=11, last=12)
    sweep(clock.now() + dt.timedelta(days=11))

    told_to = {row.payload["to"] for row in OutboxMessage.objects.filter(kind="duty.climbed")}
    assert told_to == {cast.director.pk if leave else cast.laowang.pk}


@pytest.mark.rule("A19.2")
def test_a_heads_deputy_drafts_and_does_not_sign(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "material_control")
    away(cast.material, cast.planning)
    deputy = anew(cast.planning)

    answer = reviews.save_answer(answer, answer_input(), actor=deputy)
    with pytest.raises(PermissionDenied):
        reviews.sign_answer(answer, actor=deputy)

    assert answer_of(answer.round, "material_control").state == "answered"
    assert told(answer.order) == "孔令辉（代 黄丽珍）"
    assert {offer.name for offer in offers(answer, deputy)} == {"answer"}
    path = f"/reviews/{answer.round_id}/answers/material_control/effect/"
    assert 'id="sign-label"' not in browser(deputy).get(path).content.decode()


@pytest.mark.rule("A6.3a")
def test_a_general_managers_deputy_signs_no_notice_by_that(cast: Cast) -> None:
    notice = drafted(cast)
    away(cast.gm, cast.director)

    with pytest.raises(PermissionDenied):
        reviews.sign_notice(notice, actor=anew(cast.director))


@pytest.mark.rule("A6.3a")
def test_nobody_signs_what_the_absent_made(cast: Cast) -> None:
    order = agreed(cast)
    notice = reviews.create_notice(order, actor=cast.laowang)
    type(notice).objects.filter(pk=notice.pk).update(made_by=cast.gm)
    away(cast.gm, cast.evp)

    with pytest.raises(PermissionDenied, match="自己不能签发"):
        reviews.sign_notice(notice, actor=anew(cast.evp))
