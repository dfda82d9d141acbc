"""各部门只看自己的一份（第六条、第十九条）：别的部门只有进度、计划日期与签下的条件，页面、接口、业务单上都一样。"""

from __future__ import annotations

from typing import Any

import pytest

from orders.services import share_order
from reviews import services
from reviews.models import Round
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing
from tests.reviews.browsing import browser

SECRET = "特种纸要先付一半"
REMARK = "供应商只剩一家"
WHOLE = ("xiaoli", "laowang", "director", "gm", "gm_delegate", "sales")


@pytest.fixture
def review(cast: Cast) -> Round:
    """物控有条件同意，写了条件和说明。"""
    opened = reviewing(cast, customer_po="S1")
    given = answer_input(verdict="conditional", comment=SECRET, remarks={"capable": REMARK}, planned_date=day(9))
    services.sign_answer(answer_of(opened, "material_control"), given, actor=cast.material)
    return opened


def pages(review: Round) -> list[str]:
    order = review.order.number
    return [f"/reviews/{review.pk}/", f"/orders/{order}/?tab=reviews", f"/orders/{order}/?tab=timeline"]


@pytest.mark.rule("A6.3d")
def test_another_department_reads_no_point_of_it(cast: Cast, review: Round) -> None:
    client = browser(cast.engineering)
    for path in [*pages(review), f"/reviews/{review.pk}/answers/engineering/"]:
        assert REMARK not in client.get(path).content.decode()


@pytest.mark.rule("A19.1")
def test_a_department_of_the_round_reads_the_condition_that_another_signed(cast: Cast, review: Round) -> None:
    for path in (f"/reviews/{review.pk}/answers/engineering/", f"/reviews/{review.pk}/"):
        page = browser(cast.engineering).get(path).content.decode()
        assert f"物料 {day(9):%m-%d}，黄丽珍" in page
        assert f"签。{SECRET}" in page


@pytest.mark.rule("A6.3d")
def test_it_does_not_read_what_is_not_signed_nor_what_is_no_condition(cast: Cast, review: Round) -> None:
    services.save_answer(
        answer_of(review, "material_control"),
        answer_input(verdict="conditional", comment=SECRET, planned_date=day(10)),
        actor=cast.material,
    )
    services.sign_answer(
        answer_of(review, "printing_quality"), answer_input(comment="照常检验"), actor=cast.printing_qc
    )

    page = browser(cast.engineering).get(f"/reviews/{review.pk}/answers/engineering/").content.decode()
    assert SECRET not in page
    assert "照常检验" not in page


@pytest.mark.rule("A6.3d")
@pytest.mark.parametrize("who", ["finance", "planning", "paper_mfg"])
def test_a_department_outside_the_round_reads_no_word_of_it(cast: Cast, review: Round, who: str) -> None:
    user = getattr(cast, who)
    share_order(review.order, [user.department_id], "copy")

    page = browser(user).get(f"/reviews/{review.pk}/").content.decode()
    assert "物控部" in page
    assert SECRET not in page
    assert Caller(user).get(f"reviews/{review.pk}/answers/material_control/").json()["comment"] == ""


@pytest.mark.rule("A6.3d")
@pytest.mark.parametrize("who", ["material", *WHOLE])
def test_its_own_people_and_marketing_read_all(cast: Cast, review: Round, who: str) -> None:
    page = browser(getattr(cast, who)).get(f"/reviews/{review.pk}/").content.decode()

    assert SECRET in page
    assert REMARK in page


def own(caller: Caller, review: Round) -> dict[str, Any]:
    answers = caller.get(f"reviews/{review.pk}/").json()["answers"]
    found: dict[str, Any] = next(one for one in answers if one["department"] == "material_control")
    return found


@pytest.mark.rule("A6.3d")
def test_the_api_keeps_it_too(cast: Cast, review: Round) -> None:
    theirs, ours = own(Caller(cast.engineering), review), own(Caller(cast.material), review)

    public = {name: ours[name] for name in ("state", "verdict", "planned_date", "signed_by", "is_proxy")}
    assert {name: theirs[name] for name in public} == public
    assert (theirs["comment"], theirs["content_sha256"]) == (SECRET, "")
    assert set(theirs["points"].values()) == {None}
    assert (ours["comment"], ours["points"]["capable_remark"]) == (SECRET, REMARK)


@pytest.mark.rule("A6.3d")
def test_so_does_the_one_answer_and_the_list(cast: Cast, review: Round) -> None:
    caller, path = Caller(cast.engineering), f"orders/{review.order.number}/reviews/"

    assert caller.get(f"reviews/{review.pk}/answers/material_control/").json()["comment"] == SECRET
    assert REMARK not in caller.get(path).content.decode()
    assert REMARK in Caller(cast.xiaoli).get(path).content.decode()
    services.conclude(review, "negotiate", actor=cast.laowang)
    assert SECRET not in caller.get(path).content.decode()


@pytest.mark.rule("A6.3d")
def test_after_the_conclusion_it_still_has_its_own_alone(cast: Cast, review: Round) -> None:
    services.conclude(review, "negotiate", actor=cast.laowang)

    page = browser(cast.engineering).get(f"/reviews/{review.pk}/").content.decode()
    assert SECRET not in page
    assert SECRET in browser(cast.material).get(f"/reviews/{review.pk}/").content.decode()
