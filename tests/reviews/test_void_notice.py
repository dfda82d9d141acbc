"""作废（第二十二条）：纸上盖作废，照它做的一律不收，现行的是哪张说得出。"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from orders.models import Order
from papers.models import Paper
from reviews import services
from reviews.events import NoticeVoided
from reviews.models import Notice
from reviews.selectors import current_notice, notice_for_work
from tests.cast import Cast, accepted
from tests.cast_reviews import drafted, issued_notice, signed_notice
from workflow.events import REACTIONS
from workflow.guards import Blocked, WrongState
from workflow.machine import offers


@pytest.mark.rule("A22")
def test_both_papers_are_void_at_once_and_it_is_announced(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[NoticeVoided] = []
    monkeypatch.setitem(REACTIONS, NoticeVoided, [*REACTIONS[NoticeVoided], heard.append])

    notice = services.void_notice(issued_notice(cast), "客户改数量", actor=cast.laowang, successor="TZ26-000009")

    assert (notice.state, notice.void_reason) == ("void", "客户改数量")
    papers = Paper.objects.of(notice.about)
    assert [paper.voided.successor for paper in papers] == ["TZ26-000009", "TZ26-000009"]
    assert heard[0].number == notice.number
    assert heard[0].successor == "TZ26-000009"


@pytest.mark.rule("A22")
def test_its_number_is_kept_and_never_given_again(cast: Cast) -> None:
    old = services.void_notice(signed_notice(cast), "重编", actor=cast.laowang)
    order = Order.objects.get(pk=old.order_id)

    new = services.sign_notice(services.create_notice(order, actor=cast.xiaoli), actor=cast.gm)

    assert Notice.objects.get(pk=old.pk).number == old.number
    assert int(new.number[-6:]) == int(old.number[-6:]) + 1
    assert new.version == 2


@pytest.mark.rule("A22")
def test_a_draft_has_nothing_to_call_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setitem(REACTIONS, NoticeVoided, [heard.append])

    assert services.void_notice(drafted(cast), "重编", actor=cast.laowang).state == "void"
    assert heard == []


@pytest.mark.rule("A22")
def test_a_reason_is_asked_and_void_is_void(cast: Cast) -> None:
    notice = issued_notice(cast)
    with pytest.raises(ValidationError, match="理由"):
        services.void_notice(notice, "", actor=cast.laowang)
    notice = services.void_notice(notice, "取消", actor=cast.laowang)
    with pytest.raises(WrongState, match="作废"):
        services.void_notice(notice, "再取消", actor=cast.laowang)


@pytest.mark.rule("A22")
def test_nobody_is_offered_to_void_by_hand(cast: Cast) -> None:
    notice = issued_notice(cast)

    assert [offer.name for offer in offers(notice, cast.laowang)] == []


@pytest.mark.rule("A22")
def test_work_is_done_under_the_current_one(cast: Cast) -> None:
    notice = issued_notice(cast)

    assert notice_for_work(notice.order) == notice_for_work(notice.order, notice.number) == current_notice(notice.order)


@pytest.mark.rule("A22")
def test_work_under_a_void_one_is_refused_in_words(cast: Cast) -> None:
    notice = services.void_notice(issued_notice(cast), "取消", actor=cast.laowang)

    with pytest.raises(Blocked, match=f"通知单 {notice.number} 现在是「作废」，不能照它做") as blocked:
        notice_for_work(notice.order, notice.number)
    assert (blocked.value.refusals[0].article, blocked.value.refusals[0].rule) == ("第二十二条", "A22")
    with pytest.raises(Blocked, match="还没有现行的业务通知单"):
        notice_for_work(notice.order)


@pytest.mark.rule("A22")
def test_another_orders_notice_is_none_of_this_order(cast: Cast) -> None:
    notice = issued_notice(cast)
    other = accepted(cast)

    with pytest.raises(Blocked, match=f"这张单没有通知单 {notice.number}"):
        notice_for_work(other, notice.number)
