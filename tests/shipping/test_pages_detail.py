"""一张送货单的页面：步骤、还差什么、确认、通知、总监放行；不归他看的就没有。"""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parties.models import User
from shipping.models import Delivery
from tests.cast import Cast, draft
from tests.cast_production import shipping_ready
from tests.cast_shipping import again, confirmed, day, delivered, dispatched, drafted, notified, returned
from tests.pages import browser, words

CEILING = 36


def page_of(delivery: Delivery) -> str:
    return f"/deliveries/{delivery.number}/"


def confirmation(after: int = 1) -> dict[str, str]:
    return {"arrival_date": str(day(after)), "with_whom": "刘婷", "how": "电话", "said": "上午到"}


@pytest.mark.rule("A52")
def test_two_confirmations_then_the_warehouse(cast: Cast) -> None:
    delivery = drafted(cast, shipping_ready(cast))
    li = browser(cast.xiaoli)
    statuses = [[step.status for step in li.get(page_of(delivery)).context["steps"]]]
    for _time in range(2):
        assert li.post(f"{page_of(delivery)}confirm-arrival/", confirmation()).status_code == 302
        statuses.append([step.status for step in li.get(page_of(delivery)).context["steps"]])
    answer = li.post(f"{page_of(delivery)}notify-warehouse/", follow=True)

    assert [row.count("done") for row in statuses] == [1, 2, 3]
    assert "单号已取" in words(answer)
    assert Delivery.objects.get().state == "notified"


@pytest.mark.rule("A52")
def test_the_filled_button_is_what_comes_next(cast: Cast) -> None:
    delivery = drafted(cast, shipping_ready(cast))

    def filled() -> list[str]:
        offers = browser(cast.xiaoli).get(page_of(delivery)).context["offers"]
        return [offer.name for offer in offers if offer.primary]

    assert filled() == ["confirm"]
    confirmed(cast, delivery)
    assert filled() == ["notify_warehouse"]


@pytest.mark.rule("A51")
def test_every_condition_stands_there_with_its_sentence(cast: Cast) -> None:
    delivery = drafted(cast, shipping_ready(cast), amounts=[(1, "1031")])

    conditions = browser(cast.xiaoli).get(page_of(delivery)).context["conditions"]
    assert [(one.words, [refusal.rule for refusal in one.refusals]) for one in conditions] == [
        ("业务单在生产跟进或发货中", []),
        ("照现行的业务通知单开", []),
        ("到货日期确认了两次", ["A52"]),
        ("货已检验合格，在成品库", ["A51"]),
        ("不超过订货数量和溢装", ["A54"]),
        ("款项过关", []),
    ]


@pytest.mark.rule("A52")
def test_only_who_may_confirm_is_sent_to_do_it(cast: Cast) -> None:
    delivery = notified(cast, times=0)

    def cure(person: User) -> str:
        conditions = browser(person).get(page_of(delivery)).context["conditions"]
        (refusal,) = (refusal for one in conditions for refusal in one.refusals if refusal.rule == "A52")
        return str(refusal.cure)

    assert (cure(cast.xiaoli), cure(cast.warehouse)) == (f"{page_of(delivery)}#confirm", "")


@pytest.mark.rule("A52")
def test_a_bad_confirmation_keeps_what_was_typed(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))

    answer = browser(cast.xiaoli).post(f"{page_of(delivery)}confirm-arrival/", confirmation(-1))
    assert (answer.status_code, "到货日期要在今天以后一年以内" in words(answer)) == (400, True)
    assert 'value="上午到"' in answer.content.decode()


@pytest.mark.rule("A53")
def test_the_director_lets_it_go(cast: Cast) -> None:
    delivery = notified(cast, shipping_ready(cast, payment_terms="prepaid"))
    director = browser(cast.director)
    assert "A53" in director.get(page_of(delivery)).content.decode()

    answer = director.post(f"{page_of(delivery)}authorise-exception/", {"reason": "款在途"}, follow=True)
    assert "总监周敏放行款项：款在途" in words(answer)


@pytest.mark.rule("A3")
def test_not_there_and_not_yours_are_the_same(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))

    for url in (page_of(delivery), "/deliveries/SH26-999999/", "/deliveries/S-99999999999999999999/"):
        assert browser(cast.xiaochen).get(url).status_code == 404


@pytest.mark.rule("A54")
def test_an_old_page_is_told_and_changes_nothing(cast: Cast) -> None:
    delivery = confirmed(cast, drafted(cast, shipping_ready(cast)))

    answer = browser(cast.xiaoli).post(f"{page_of(delivery)}notify-warehouse/", {"version": "1"})
    assert (answer.status_code, "别人刚改过这张单" in words(answer)) == (409, True)
    assert Delivery.objects.get().state == "draft"


@pytest.mark.rule("A54")
def test_the_order_shows_how_far_it_is_shipped(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = dispatched(cast, order, amounts=[(1, "400")])
    returned(cast, delivery, "10")

    said = words(browser(cast.xiaoli).get(f"/orders/{order.number}/?tab=shipping"))
    assert delivery.number in said
    assert "至少 980" in said
    assert f"{delivery.dispatched_on:%m-%d} 发出" in said


def test_the_page_costs_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    order = shipping_ready(cast)
    for delivery in (drafted(cast, order), delivered(cast, again(order))):
        with django_assert_max_num_queries(CEILING):
            browser(cast.xiaoli).get(page_of(delivery))
