"""依据（第六条，A6.1b、A6.1c）：请示的问与答；原件的补登。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Instruction, Order, State
from tests.cast import Cast, accepted, draft, order_input, submitted
from workflow import clock
from workflow.duties import Scope, sweep, waiting_for
from workflow.guards import WrongState
from workflow.models import Duty


@pytest.mark.rule("A6.1c")
def test_a_refused_instruction_ends_the_order(cast: Cast) -> None:
    instruction = services.ask_instruction(draft(cast, basis="none"), "客户电话下单", actor=cast.xiaoli)
    instruction = services.refuse_instruction(instruction, "没有书面不做", actor=cast.laowang)

    assert (instruction.state, instruction.answer) == ("refused", "没有书面不做")
    assert Order.objects.get(pk=instruction.order_id).state == State.REJECTED


@pytest.mark.rule("A6.1c")
def test_one_question_at_a_time_and_not_answered_by_the_asker(cast: Cast) -> None:
    order = draft(cast, basis="none")
    instruction = services.ask_instruction(order, "客户电话下单", actor=cast.xiaoli)

    with pytest.raises(WrongState, match="等答复"):
        services.ask_instruction(order, "再问一次", actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        services.grant_instruction(instruction, "我自己同意", actor=cast.xiaoli)
    with pytest.raises(ValidationError):
        services.grant_instruction(instruction, " ", actor=cast.laowang)
    assert Instruction.objects.get().state == "asked"


@pytest.mark.rule("A6.1c")
def test_the_supervisor_is_asked_for_an_answer(cast: Cast) -> None:
    services.ask_instruction(draft(cast, basis="none"), "客户电话下单", actor=cast.xiaoli)

    duties = [due for due in waiting_for(cast.laowang, clock.now()) if due.reminder == "instruction_to_answer"]
    assert len(duties) == 1
    assert "客户电话下单" in duties[0].words
    assert not [due for due in waiting_for(cast.xiaochen, clock.now()) if due.rule == "A6.1c"]


@pytest.mark.rule("A6.1c")
def test_late_it_climbs_to_the_director_who_answers(cast: Cast) -> None:
    with clock.told(clock.now() - dt.timedelta(days=1)):
        asked = services.ask_instruction(draft(cast, basis="none"), "客户电话下单", actor=cast.xiaoli)
    sweep(clock.now())
    duty = Duty.objects.get(reminder="instruction_to_answer")
    assert (duty.holder, duty.climbs_to, duty.climbed_at is not None) == (cast.laowang, cast.director, True)
    assert services.grant_instruction(asked, "先做，三天内补", actor=cast.director).answered_by == cast.director


@pytest.mark.rule("A6.1c")
def test_the_supervisors_own_question_is_the_directors(cast: Cast) -> None:
    order = services.create_order(order_input(basis="none"), actor=cast.laowang)
    services.ask_instruction(order, "老客户口头加急", actor=cast.laowang)

    def asked(username: str) -> list[str]:
        found = waiting_for(getattr(cast, username), clock.now())
        return [due.reminder for due in found if due.rule == "A6.1c"]

    assert (asked("laowang"), asked("director")) == ([], ["instruction_to_answer"])


@pytest.mark.rule("A6.1b")
def test_the_original_is_chased_until_it_is_registered(cast: Cast) -> None:
    order = submitted(cast, basis="fax")

    def chased() -> list[str]:
        return [due.about for due in waiting_for(cast.xiaoli, clock.now()) if due.reminder == "original_missing"]

    assert order.original_pending
    assert chased() == [order.about]
    order = services.register_original(order, clock.today(), actor=cast.xiaoli)
    assert not order.original_pending
    assert chased() == []


@pytest.mark.rule("A6.1b")
def test_an_overdue_original_climbs_to_the_supervisor(cast: Cast) -> None:
    from orders.reminders import original_missing

    with clock.told(clock.now() - dt.timedelta(days=12)):
        submitted(cast, basis="chat")
    due = next(iter(original_missing(Scope(clock.now()))))
    assert due.by < clock.now()
    assert due.climbs_to_id == cast.laowang.pk
    sweep(clock.now())
    assert Duty.objects.get(reminder="original_missing").climbed_at is not None


@pytest.mark.rule("A6.1b")
def test_what_has_no_original_needs_none(cast: Cast) -> None:
    with pytest.raises(WrongState, match="没有原件"):
        services.register_original(accepted(cast), clock.today(), actor=cast.xiaoli)


@pytest.mark.rule("A6.1b")
def test_an_original_arrives_once_and_not_tomorrow(cast: Cast) -> None:
    order = submitted(cast, basis="email")
    with pytest.raises(ValidationError, match="将来"):
        services.register_original(order, clock.today() + dt.timedelta(days=1), actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        services.register_original(order, clock.today(), actor=cast.xiaochen)
    services.register_original(order, clock.today(), actor=cast.xiaoli)
    with pytest.raises(WrongState, match="已于"):
        services.register_original(order, clock.today(), actor=cast.xiaoli)
