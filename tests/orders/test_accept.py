"""审核（第六条，A6.1e、A15）：主任受理、退回、拒绝；自己提交的单自己不能审。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.events import OrderAccepted, OrderRejected
from orders.models import Order, State
from papers.canonical import fingerprint
from tests.cast import Cast, accepted, draft, order_input, submitted
from workflow import clock
from workflow.duties import waiting_for
from workflow.events import REACTIONS
from workflow.guards import WrongState


@pytest.mark.rule("A6.1e")
def test_accepting_takes_the_number_and_keeps_the_version(cast: Cast) -> None:
    order = services.accept_order(submitted(cast), actor=cast.laowang)

    assert (order.state, order.number, order.accepted_by) == (State.ACCEPTED, "GD26-000001", cast.laowang)
    version = order.versions.get()
    assert version.version == 1
    assert version.content["lines"][0]["quantity"] == "1000"
    assert version.sha256 == fingerprint(version.content)


@pytest.mark.rule("A15", "A6.2")
def test_the_review_chapter_is_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[OrderAccepted] = []
    monkeypatch.setitem(REACTIONS, OrderAccepted, [told.append])
    order = accepted(cast)
    assert told == [OrderAccepted(order.pk)]


@pytest.mark.rule("A6.1e")
def test_nobody_accepts_what_they_submitted(cast: Cast) -> None:
    order = services.create_order(order_input(), actor=cast.laowang)
    order = services.submit_order(order, actor=cast.laowang)

    with pytest.raises(PermissionDenied, match="自己提交的单"):
        services.accept_order(order, actor=cast.laowang)
    assert services.accept_order(order, actor=cast.director).state == State.ACCEPTED


@pytest.mark.rule("A6.1e")
def test_the_supervisors_own_order_waits_for_the_director(cast: Cast) -> None:
    order = services.submit_order(services.create_order(order_input(), actor=cast.laowang), actor=cast.laowang)

    def waits_for(username: str) -> list[str]:
        found = waiting_for(getattr(cast, username), clock.now())
        return [due.about for due in found if due.title == "审核业务单"]

    assert (waits_for("laowang"), waits_for("director")) == ([], [order.about])
    services.accept_order(order, actor=cast.director)
    assert waits_for("director") == []


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["xiaoli", "xiaochen", "engineering", "finance", "gm", "warehouse", "erp"])
def test_only_supervisor_and_director_accept(cast: Cast, username: str) -> None:
    with pytest.raises(PermissionDenied):
        services.accept_order(submitted(cast), actor=getattr(cast, username))


@pytest.mark.rule("A6.1e")
def test_returning_needs_a_reason_and_shows_it(cast: Cast) -> None:
    order = submitted(cast)
    with pytest.raises(ValidationError):
        services.return_to_coordinator(order, "  ", actor=cast.laowang)

    order = services.return_to_coordinator(order, "缺包装要求", actor=cast.laowang)
    assert (order.state, order.returned_reason) == (State.DRAFT, "缺包装要求")
    assert services.submit_order(order, actor=cast.xiaoli).returned_reason == ""


@pytest.mark.rule("A6.1e")
@pytest.mark.parametrize("walk", [draft, submitted, accepted])
def test_rejecting_ends_it_and_says_why(cast: Cast, walk: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[OrderRejected] = []
    monkeypatch.setitem(REACTIONS, OrderRejected, [told.append])
    order = services.reject_order(walk(cast), "做不了这个尺寸", actor=cast.laowang)  # type: ignore[operator]
    assert order.state == State.REJECTED
    assert [fact.reason for fact in told] == ["做不了这个尺寸"]
    with pytest.raises(WrongState):
        services.accept_order(order, actor=cast.laowang)


@pytest.mark.rule("A6.1e")
def test_withdrawing_is_the_owners(cast: Cast) -> None:
    order = submitted(cast)
    with pytest.raises(PermissionDenied):
        services.withdraw_order(order, actor=cast.laowang)
    assert services.withdraw_order(order, actor=cast.xiaoli).state == State.DRAFT


@pytest.mark.rule("A6.1f")
def test_a_draft_is_discarded_not_deleted(cast: Cast) -> None:
    order = services.discard_order(draft(cast), actor=cast.xiaoli)
    assert order.state == State.CANCELLED
    assert Order.objects.filter(pk=order.pk).exists()


@pytest.mark.rule("A6.1f")
def test_the_time_of_receipt_is_kept_and_cannot_lie_ahead(cast: Cast) -> None:
    import datetime as dt

    assert draft(cast).received_at <= clock.now()
    with pytest.raises(ValidationError, match="将来"):
        draft(cast, received_at=clock.now() + dt.timedelta(days=1))


@pytest.mark.rule("A6.1f")
def test_a_kind_may_ask_that_a_fax_is_talked_over(cast: Cast) -> None:
    from orders.models import BusinessKind
    from workflow.guards import Blocked

    kind = BusinessKind.objects.get(code="printing")
    kind.options["fax_talk"] = True
    kind.save()
    with pytest.raises(Blocked, match="电话确认"):
        services.submit_order(draft(cast, basis="fax"), actor=cast.xiaoli)
    confirmed = draft(cast, basis="fax", confirmed_with="客户采购 刘婷", confirmed_at=clock.now())
    assert services.submit_order(confirmed, actor=cast.xiaoli).state == State.SUBMITTED


@pytest.mark.rule("A22")
def test_cancelling_before_issue_is_the_supervisors(cast: Cast) -> None:
    order = accepted(cast)
    with pytest.raises(PermissionDenied):
        services.cancel_order(order, "客户不要了", actor=cast.xiaoli)
    assert services.cancel_order(order, "客户不要了", actor=cast.laowang).state == State.CANCELLED
    with pytest.raises(WrongState):
        services.cancel_order(order, "再来一次", actor=cast.laowang)
