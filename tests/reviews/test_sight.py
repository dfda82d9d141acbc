"""各部门只看自己的一份（第六条、第十九条）：别的部门只有进度与计划日期，页面、接口、业务单上都一样。"""

from __future__ import annotations

from typing import Any

import pytest

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
def test_another_department_reads_no_word_of_it(cast: Cast, review: Round) -> None:
    client = browser(cast.engineering)
    for path in [*pages(review), f"/reviews/{review.pk}/answers/engineering/"]:
        page = client.get(path).content.decode()
        assert SECRET not in page
        assert REMARK not in page


@pytest.mark.rule("A6.3d")
def test_it_sees_department_state_and_planned_date(cast: Cast, review: Round) -> None:
    page = browser(cast.engineering).get(f"/reviews/{review.pk}/").content.decode()

    assert "意见只有本部门看得到" in page
    assert "物控部" in page
    assert f"物料 {day(9):%m-%d}，黄丽珍" in page


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
    assert (theirs["comment"], theirs["content_sha256"]) == ("", "")
    assert set(theirs["points"].values()) == {None}
    assert (ours["comment"], ours["points"]["capable_remark"]) == (SECRET, REMARK)


@pytest.mark.rule("A6.3d")
def test_so_does_the_one_answer_and_the_list(cast: Cast, review: Round) -> None:
    caller = Caller(cast.engineering)

    assert caller.get(f"reviews/{review.pk}/answers/material_control/").json()["comment"] == ""
    listed = caller.get(f"orders/{review.order.number}/reviews/")
    assert SECRET not in listed.content.decode()
    assert SECRET in Caller(cast.xiaoli).get(f"orders/{review.order.number}/reviews/").content.decode()


@pytest.mark.rule("A6.3d")
def test_after_the_conclusion_it_still_has_its_own_alone(cast: Cast, review: Round) -> None:
    services.conclude(review, "negotiate", actor=cast.laowang)

    page = browser(cast.engineering).get(f"/reviews/{review.pk}/").content.decode()
    assert SECRET not in page
    assert SECRET in browser(cast.material).get(f"/reviews/{review.pk}/").content.decode()
