"""送出报价：取号、归档、从此不改（B类 询报价，B1）。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Quotation
from papers.models import Paper
from tests.cast import Cast
from tests.cast_quotations import agreed, quoted, sent
from workflow import clock
from workflow.guards import Blocked, WrongState


def send(cast: Cast, quotation: Quotation, **changes: str) -> Quotation:
    return services.send_quotation(quotation, **({"to": "刘婷", "how": "邮件"} | changes), actor=cast.xiaoli)


@pytest.mark.rule("B1")
def test_sending_takes_the_number_and_files_the_paper(cast: Cast) -> None:
    quotation = send(cast, quoted(cast))
    assert (quotation.number, quotation.state, quotation.sent_to, quotation.sent_how) == (
        "BJ26-000001",
        "sent",
        "刘婷",
        "邮件",
    )
    assert Quotation.objects.searched("BJ26-000001").get() == quotation
    paper = Paper.objects.get(about=quotation.about)
    assert (paper.kind, paper.number, paper.version, paper.voided) == ("quotation", "BJ26-000001", 1, None)
    assert paper.content["lines"][0]["steps"][1] == {"quantity": "1000", "price": "12.5", "amount": "12500"}


@pytest.mark.rule("B1")
def test_without_lines_there_is_nothing_to_send(cast: Cast) -> None:
    quotation = quoted(cast, lines=[])
    with pytest.raises(Blocked, match="至少要有一行"):
        send(cast, quotation)
    assert (Quotation.objects.get().formal_number, Paper.objects.count()) == (None, 0)


@pytest.mark.rule("B1")
def test_validity_must_lie_ahead(cast: Cast) -> None:
    quotation = quoted(cast)
    with clock.told(clock.now() + dt.timedelta(days=16)), pytest.raises(Blocked, match="已过"):
        send(cast, quotation)


@pytest.mark.parametrize("missing", ["to", "how"])
def test_it_is_said_to_whom_and_how(cast: Cast, missing: str) -> None:
    with pytest.raises(ValidationError) as error:
        send(cast, quoted(cast), **{missing: " "})
    assert list(error.value.message_dict) == [missing]


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["xiaochen", "director", "gm", "finance", "engineering", "erp"])
def test_only_its_people_send(cast: Cast, username: str) -> None:
    with pytest.raises(PermissionDenied):
        services.send_quotation(quoted(cast), to="刘婷", how="邮件", actor=getattr(cast, username))
    assert not Paper.objects.exists()


@pytest.mark.rule("A3")
def test_its_salesperson_and_supervisor_send_too(cast: Cast) -> None:
    for actor in (cast.sales, cast.laowang):
        assert services.send_quotation(quoted(cast), to="刘婷", how="邮件", actor=actor).state == "sent"


@pytest.mark.rule("B1")
@pytest.mark.parametrize("walk", [sent, agreed])
def test_it_is_sent_once(cast: Cast, walk: object) -> None:
    with pytest.raises(WrongState):
        send(cast, walk(cast))  # type: ignore[operator]


@pytest.mark.rule("B1")
def test_a_draft_is_discarded_not_deleted(cast: Cast) -> None:
    quotation = services.discard_quotation(quoted(cast), actor=cast.xiaoli)
    assert (quotation.state, Quotation.objects.count()) == ("discarded", 1)
    with pytest.raises(WrongState):
        services.discard_quotation(sent(cast), actor=cast.xiaoli)
