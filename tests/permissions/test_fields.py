"""Which field shows to whom (B7): on every page and every address of the API, money only for those who may see it.

Searched for are figures that stand nowhere else: what the orders of the matrix cost, a limit, a usual price.
"""

from __future__ import annotations

import pytest
from django.test import Client

from orders.models import Product
from orders.services import edit_product
from parties.models import Customer, User
from parties.roles import MONEY_RIGHT
from parties.services import edit_customer
from tests.permissions.bodies import body_of
from tests.permissions.matrix import OPEN, Row
from tests.permissions.people import address, may
from tests.permissions.world import World, undone

LOOKS = [row for row in OPEN if row.method == "GET" and row.who != "public"]
READABLE = ("text/html", "application/json", "application/problem+json", "text/plain")
# The lines of every order in the matrix: 1,000 × 12.50 and 500 × 3.20; with a limit and a usual price of our own.
AMOUNTS = ("12,500.00", "12500.00", "14,100.00", "14100.00", "12.500000", "3.200000", "1,600.00", "1600.00")
LIMIT, USUAL = "83519.27", "7431.83"
CANARIES = (*AMOUNTS, LIMIT, "83,519.27", USUAL, "7,431.83")
WITHOUT = ("engineering", "printing_qc", "planning", "material", "printing_mfg", "warehouse", "admin", "hr")
TABS = ("content", "reviews", "notice", "follow", "outsourcing", "shipping", "files", "timeline")


def shown(world: World, who: str, path: str, body: object = None) -> set[str]:
    """The canaries that this answer shows."""
    answer = world.ask(who, "GET", path, body)
    if not answer["Content-Type"].startswith(READABLE):
        return set()
    text = answer.content.decode()
    return {canary for canary in CANARIES if canary in text}


@pytest.fixture(scope="module")
def priced(world: World) -> World:
    """The world with a limit and a usual price that stand nowhere else."""
    edit_customer(Customer.objects.get(code="C001"), credit_limit=LIMIT, actor=world.cast.laowang)
    edit_product(Product.objects.get(code="P001"), default_price=USUAL, actor=world.cast.laowang)
    return world


def places(row: Row, world: World) -> list[str]:
    """The row's address; of an order's page every tab."""
    path = address(row, world)
    return [f"{path}?tab={tab}" for tab in TABS] if row.route == "orders/<slug:number>/" else [path]


@pytest.mark.rule("B7")
def test_those_without_the_right_are_the_ones_we_ask_for(world: World) -> None:
    blind = {name for name, user in world.people if not user.may(MONEY_RIGHT)}
    assert set(WITHOUT) <= blind


def leaks(world: World, who: str, looks: list[Row]) -> list[tuple[str, set[str]]]:
    """Where this person is shown a canary."""
    user: User = world.cast.people[who]
    paths = [(path, row) for row in looks if may(row, user) for path in places(row, world)]
    found = [(path, shown(world, who, path, body_of(row, world))) for path, row in paths]
    return [(path, canaries) for path, canaries in found if canaries]


@pytest.mark.rule("B7")
@pytest.mark.parametrize("who", WITHOUT)
def test_no_price_anywhere_for_who_may_not_see_money(priced: World, who: str) -> None:
    assert leaks(priced, who, LOOKS) == []


@pytest.mark.rule("B7")
def test_who_may_see_money_sees_it(priced: World) -> None:
    codes = {"api/v1/customers/<str:code>/", "api/v1/products/<str:code>/"}
    looks = [row for row in LOOKS if row.about == "order.issued" or row.route in codes]
    seen = set().union(*(canaries for _path, canaries in leaks(priced, "laowang", looks)))
    assert {"14,100.00", "14100.00", "12.500000", LIMIT, USUAL} <= seen


@pytest.mark.rule("B7")
def test_a_house_that_shows_money_would_be_noticed(priced: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "may", lambda user, right: right == MONEY_RIGHT or right in user.rights)
    looks = [row for row in LOOKS if row.about == "order.issued"]
    assert {canary for _path, found in leaks(priced, "engineering", looks) for canary in found} >= {"14,100.00"}


# --- the back office: administrators, who have no right to money ------------------------------------------------------
def back_office(world: World, who: str) -> list[str]:
    """The pages of customers and products there, as this person is shown them."""
    user: User = world.cast.people[who]
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    customer, product = Customer.objects.get(code="C001").pk, Product.objects.get(code="P001").pk
    pages = [f"parties/customer/{path}" for path in ("", "add/", f"{customer}/change/")]
    pages += [f"orders/product/{path}" for path in ("", "add/", f"{product}/change/")]
    answers = [client.get(f"/admin/{page}") for page in pages]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    return [answer.content.decode() for answer in answers]


FIELDS = ("credit_limit", "default_price", LIMIT, "83,519.27", USUAL, "7,431.83")


@pytest.mark.rule("B7", "A3")
def test_the_administrator_sees_no_money_in_the_back_office(priced: World) -> None:
    with undone():
        assert [word for page in back_office(priced, "admin") for word in FIELDS if word in page] == []


@pytest.mark.rule("B7")
def test_who_may_see_money_sees_it_there_too(priced: World) -> None:
    with undone():
        whole = "".join(back_office(priced, "director"))
    assert all(word in whole for word in ("credit_limit", "default_price", LIMIT, USUAL))


@pytest.mark.rule("B7")
def test_saving_there_leaves_what_is_not_shown(priced: World) -> None:
    with undone():
        back_office(priced, "admin")
        client = Client()
        client.force_login(priced.cast.admin, backend="django.contrib.auth.backends.ModelBackend")
        customer = Customer.objects.get(code="C001")
        form = {"code": "C001", "name": "瑞禾", "payment_terms": "monthly_30", "active": "on", "credit_limit": "1"}
        rows = {"contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0"}
        client.post(f"/admin/parties/customer/{customer.pk}/change/", form | rows)
        found = Customer.objects.get(code="C001")
        assert (found.name, str(found.credit_limit)) == ("瑞禾", LIMIT)
