"""结果告知（第二十条）：告诉了谁、何时、怎么说的；不挡签发，没记的提醒、计数。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from papers.models import Paper
from reviews import services
from reviews.models import Round, Told
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_meetings import telling
from tests.cast_reviews import agreed, reviewing, signed
from tests.reviews.browsing import browser
from workflow import clock
from workflow.duties import waiting_for
from workflow.guards import WrongState
from workflow.history import AppendOnlyError
from workflow.models import TransitionLog


def concluded(cast: Cast, outcome: str = "pass") -> Round:
    return services.conclude(signed(cast), outcome, actor=cast.laowang)


def reminded(cast: Cast) -> list[str]:
    return [one.title for one in waiting_for(cast.xiaoli, clock.now()) if one.reminder == "result_to_tell"]


@pytest.mark.rule("A17b")
@pytest.mark.parametrize("outcome", ["pass", "negotiate", "reject"])
def test_it_is_reminded_until_it_is_recorded(cast: Cast, outcome: str) -> None:
    review = concluded(cast, outcome)
    assert reminded(cast) == ["告知评审结果"]

    told = services.record_told(review, telling(whom="customer", who="姚丽", how="邮件"), actor=cast.xiaoli)

    assert (told.whom, told.who, told.how, told.by_name) == ("customer", "姚丽", "邮件", "李晓雯")
    assert Round.objects.get().told_at == told.at
    assert reminded(cast) == []
    row = TransitionLog.objects.get(move="tell")
    assert (row.reason, row.rule, row.chain) == ("客户姚丽，邮件", "A17b", review.chain)


@pytest.mark.rule("A17b")
def test_it_never_blocks_issuing(cast: Cast) -> None:
    notice = services.sign_notice(services.create_notice(agreed(cast), actor=cast.xiaoli), actor=cast.gm)

    assert services.issue_notice(notice, actor=cast.xiaoli).state == "issued"
    assert reminded(cast) == ["告知评审结果"]


@pytest.mark.rule("A17b")
@pytest.mark.parametrize("who", ["xiaochen", "engineering", "gm", "sales"])
def test_only_who_works_the_order_records_it(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        services.record_told(concluded(cast), telling(), actor=getattr(cast, who))
    assert not Told.objects.exists()


@pytest.mark.rule("A17b")
def test_without_a_conclusion_there_is_nothing_to_tell(cast: Cast) -> None:
    with pytest.raises(WrongState, match="还没有结论"):
        services.record_told(reviewing(cast), telling(), actor=cast.xiaoli)


@pytest.mark.rule("A17b")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"whom": "boss"}, "whom"), ({"who": " "}, "who"), ({"how": ""}, "how"), ({"at": 1}, "at"), ({"at": -1}, "at")],
)
def test_it_says_whom_who_how_and_when(cast: Cast, changes: dict[str, object], field: str) -> None:
    review = concluded(cast)
    if field == "at":
        changes = {"at": clock.now() + dt.timedelta(days=int(str(changes["at"])))}

    with pytest.raises(ValidationError) as refused:
        services.record_told(review, telling(**changes), actor=cast.xiaoli)
    assert set(refused.value.message_dict) == {field}
    assert Round.objects.get().told_at is None


@pytest.mark.rule("A17b")
def test_what_was_told_is_never_rewritten(cast: Cast) -> None:
    told = services.record_told(concluded(cast), telling(), actor=cast.xiaoli)
    told.who = "别人"
    with pytest.raises(AppendOnlyError):
        told.save()


@pytest.mark.rule("A17b")
def test_the_page_asks_for_it_keeps_what_was_typed_and_shows_it(cast: Cast) -> None:
    review, client = concluded(cast), browser(cast.xiaoli)
    path = f"/reviews/{review.pk}/"
    assert "还没告知" in client.get(path).content.decode()
    assert review.order.number in client.get("/reviews/?chip=untold").content.decode()
    assert "告知评审结果" in client.get(f"/orders/{review.order.number}/").content.decode()

    refused = client.post(f"{path}told/", {"t-whom": "customer", "t-who": "姚丽", "t-how": ""})
    assert refused.status_code == 400
    assert "姚丽" in refused.content.decode()
    assert client.post(f"{path}told/", {"t-whom": "customer", "t-who": "姚丽", "t-how": "邮件"}).status_code == 302
    page = client.get(path).content.decode()
    assert "客户：姚丽" in page
    assert "还没告知" not in page
    assert review.order.number not in client.get("/reviews/?chip=untold").content.decode()


@pytest.mark.rule("A17b")
def test_the_api_records_and_lists_it(cast: Cast) -> None:
    review, caller = concluded(cast), Caller(cast.xiaoli)
    path = f"reviews/{review.pk}/told/"

    assert caller.post(path, {"whom": "salesperson", "who": "赵凯"}).status_code == 400
    made = caller.post(path, {"whom": "salesperson", "who": "赵凯", "how": "微信"})
    assert (made.status_code, made.json()["whom_display"]) == (201, "业务员")
    assert [one["who"] for one in caller.get(path).json()["results"]] == ["赵凯"]


@pytest.mark.rule("A17b")
def test_the_review_form_says_who_was_told(cast: Cast) -> None:
    review = concluded(cast)
    services.record_told(review, telling(), actor=cast.xiaoli)
    order = Round.objects.select_related("order").get().order

    notice = services.sign_notice(services.create_notice(order, actor=cast.xiaoli), actor=cast.gm)

    informed = Paper.objects.of(notice.about).get(kind="review").content["balance"]["informed"]
    assert informed.startswith("业务员 赵凯，")
    assert informed.endswith("微信")
