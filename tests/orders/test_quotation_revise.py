"""出新版：旧版不改、仍可看，新版送出才取代它（B类 询报价，B1）。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from orders import services
from orders.models import Quotation
from papers.models import Paper
from tests.cast import Cast
from tests.cast_quotations import agreed, day, declined, expired, quoted, sent
from tests.pages import words
from workflow.guards import Blocked, WrongState


def resent(cast: Cast, quotation: Quotation) -> Quotation:
    fresh = services.revise_quotation(quotation, actor=cast.xiaoli)
    return services.send_quotation(fresh, to="刘婷", how="邮件", actor=cast.xiaoli)


@pytest.mark.rule("B1")
def test_a_new_version_is_a_draft_of_the_same(cast: Cast) -> None:
    old = sent(cast)
    fresh = services.revise_quotation(old, actor=cast.xiaoli)
    assert (fresh.state, fresh.version, fresh.root, fresh.valid_until) == ("draft", 2, old, day(15))
    same = [(line.product_code, line.making, [step.unit_price for step in line.steps_now]) for line in old.lines_now]
    assert [
        (line.product_code, line.making, [step.unit_price for step in line.steps_now]) for line in fresh.lines_now
    ] == same
    assert Quotation.objects.get(pk=old.pk).state == "sent"


@pytest.mark.rule("B1")
def test_sending_it_supersedes_the_old_one(cast: Cast) -> None:
    old = sent(cast)
    fresh = resent(cast, old)
    old = Quotation.objects.get(pk=old.pk)
    assert (fresh.number, fresh.state, old.number, old.state) == ("BJ26-000001-2", "sent", "BJ26-000001", "superseded")
    third = resent(cast, fresh)
    assert (third.number, third.version) == ("BJ26-000001-3", 3)
    assert [one.state for one in third.versions_now] == ["superseded", "superseded", "sent"]
    assert resent(cast, sent(cast)).number == "BJ26-000002-2"


@pytest.mark.rule("B1")
def test_the_old_paper_names_the_new_one(cast: Cast) -> None:
    old = sent(cast)
    paper = Paper.objects.get()
    fresh = resent(cast, old)
    seen = words(Client().get(paper.verify_url))
    assert "已更改" in seen
    assert fresh.number in seen
    assert Paper.objects.get(about=fresh.about).content["supersedes"] == old.number


@pytest.mark.rule("B1")
@pytest.mark.parametrize("walk", [declined, expired])
def test_what_was_refused_or_is_over_may_be_quoted_anew(cast: Cast, walk: object) -> None:
    old = walk(cast)  # type: ignore[operator]
    fresh = resent(cast, old)
    assert (fresh.number, Quotation.objects.get(pk=old.pk).state) == ("BJ26-000001-2", old.state)


@pytest.mark.rule("B1")
@pytest.mark.parametrize("walk", [quoted, agreed])
def test_a_draft_or_an_accepted_one_is_not_revised(cast: Cast, walk: object) -> None:
    with pytest.raises(WrongState):
        services.revise_quotation(walk(cast), actor=cast.xiaoli)  # type: ignore[operator]


@pytest.mark.rule("B1")
def test_one_new_version_at_a_time(cast: Cast) -> None:
    old = sent(cast)
    services.revise_quotation(old, actor=cast.xiaoli)
    with pytest.raises(WrongState, match="还没有送出"):
        services.revise_quotation(old, actor=cast.xiaoli)


@pytest.mark.rule("B1")
def test_after_one_is_accepted_no_other_is_sent(cast: Cast) -> None:
    old = sent(cast)
    fresh = services.revise_quotation(old, actor=cast.xiaoli)
    services.accept_quotation(old, actor=cast.xiaoli)
    with pytest.raises(Blocked, match="已接受第 1 版"):
        services.send_quotation(fresh, to="刘婷", how="邮件", actor=cast.xiaoli)


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["xiaochen", "director", "finance"])
def test_only_its_people_revise(cast: Cast, username: str) -> None:
    old = sent(cast)
    with pytest.raises(PermissionDenied):
        services.revise_quotation(old, actor=getattr(cast, username))
    assert Quotation.objects.count() == 1
