"""答复评审的一页（第十七条至第十九条）：填了不丢，缺的说得出，签字前验口令。"""

from __future__ import annotations

import pytest

from reviews.models import Signature
from reviews.services import save_answer, sign_answer
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from tests.reviews.browsing import PASSWORD, answer_fields, browser


@pytest.mark.rule("A17")
def test_it_shows_the_order_without_prices_and_what_the_others_said(cast: Cast) -> None:
    review = reviewing(cast)
    sign_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering)

    page = browser(cast.material).get(f"/reviews/{review.pk}/answers/material_control/").content.decode()

    for words in ("物料到齐日期", "产品画册", "1,000 本", "轮到你", "1／4 已签", "六项评审", "50 本/箱"):
        assert words in page
    assert "12.50" not in page
    assert "14,100" not in page


@pytest.mark.rule("A18")
def test_saving_keeps_an_unfinished_answer(cast: Cast) -> None:
    review = reviewing(cast)
    path = f"/reviews/{review.pk}/answers/engineering/"

    reply = browser(cast.engineering2).post(path, {"planned_date": str(day(9)), "defined": "no"})

    assert (reply.status_code, reply.url) == (302, path)
    answer = answer_of(review, "engineering")
    assert (answer.state, answer.planned_date, answer.points) == ("answered", day(9), {"defined": False})


@pytest.mark.rule("A19.2")
def test_signing_sends_the_answer_along(cast: Cast) -> None:
    review = reviewing(cast)

    reply = browser(cast.engineering).post(f"/reviews/{review.pk}/answers/engineering/sign/", answer_fields())

    assert reply.status_code == 302
    assert answer_of(review, "engineering").is_signed
    assert Signature.objects.get().auth_time is not None


@pytest.mark.rule("A18")
def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    review = reviewing(cast)
    typed = answer_fields(lawful="", comment="11-27 前补图")

    reply = browser(cast.engineering).post(f"/reviews/{review.pk}/answers/engineering/sign/", typed)

    page = reply.content.decode()
    assert reply.status_code == 422
    assert "六项评审还有 1 项没答：符合法规和其他要求" in page
    assert 'value="11-27 前补图"' in page
    assert answer_of(review, "engineering").state == "blank"


@pytest.mark.rule("A17")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"planned_date": "十二月"}, "日期写成"),
        ({"planned_date": "2026-02-30"}, "没有这一天"),
        ({"verdict": "maybe"}, "请从列出的里面选结论"),
        ({"comment": "a\u202eb"}, "看不见的控制字符"),
        ({"valid": "1e5"}, "请从列出的里面选订单有效"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(cast: Cast, typed: dict[str, str], words: str) -> None:
    review = reviewing(cast)

    reply = browser(cast.engineering).post(f"/reviews/{review.pk}/answers/engineering/", answer_fields(**typed))

    assert reply.status_code == 400
    assert words in reply.content.decode()
    assert answer_of(review, "engineering").state == "blank"


@pytest.mark.rule("A20.1")
def test_after_a_conflict_both_are_shown_and_the_second_look_wins(cast: Cast) -> None:
    review = reviewing(cast)
    path = f"/reviews/{review.pk}/answers/engineering/"
    seen = answer_of(review, "engineering").sha256
    save_answer(answer_of(review, "engineering"), answer_input(comment="方晓写的"), actor=cast.engineering2)
    client = browser(cast.engineering)

    reply = client.post(path, answer_fields(comment="谭志强写的", seen=seen))
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "<del>方晓写的</del>" in page
    assert "<ins>谭志强写的</ins>" in page

    now = answer_of(review, "engineering").sha256
    assert f'name="seen" value="{now}"' in page
    assert client.post(path, answer_fields(comment="谭志强写的", seen=now)).status_code == 302


@pytest.mark.rule("A20.1")
def test_an_old_login_types_the_password_once_more(cast: Cast) -> None:
    review = reviewing(cast)
    client, path = browser(cast.engineering, fresh=False), f"/reviews/{review.pk}/answers/engineering/sign/"

    asked = client.post(path, answer_fields(comment="可以做"))
    assert "再输一次口令" in asked.content.decode()
    assert 'name="comment" value="可以做"' in asked.content.decode()
    wrong = client.post(path, answer_fields(password="nope"))
    assert (wrong.status_code, Signature.objects.count()) == (400, 0)
    assert "口令不对，没有办成" in wrong.content.decode()

    assert client.post(path, answer_fields(password=PASSWORD)).status_code == 302
    assert answer_of(review, "engineering").is_signed


@pytest.mark.rule("A19.2")
def test_the_head_countersigns_on_the_same_page(cast: Cast) -> None:
    review = reviewing(cast)
    sign_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering2)
    client, path = browser(cast.engineering), f"/reviews/{review.pk}/answers/engineering/"

    assert "方晓" in client.get(path).content.decode()
    assert client.post(f"{path}countersign/").status_code == 302
    assert answer_of(review, "engineering").state == "countersigned"


@pytest.mark.rule("A20.1")
def test_a_changed_date_shows_what_it_does_and_writes_nothing(cast: Cast) -> None:
    review = signed(cast)
    client = browser(cast.engineering)

    reply = client.get(
        f"/reviews/{review.pk}/answers/engineering/effect/", {"planned_date": str(day(25)), "verdict": "conditional"}
    )

    page = reply.content.decode()
    assert "晚 6 天" in page
    assert f"签字：{day(25):%m-%d}，有条件同意" in page or f"签字：{day(25)}，有条件同意" in page
    assert answer_of(review, "engineering").planned_date == day(12)


@pytest.mark.rule("A3")
def test_who_does_not_answer_is_led_to_the_round_or_sees_nothing(cast: Cast) -> None:
    review = reviewing(cast)
    path = f"/reviews/{review.pk}/answers/engineering/"

    assert browser(cast.xiaoli).get(path).url == f"/reviews/{review.pk}/"
    assert browser(cast.xiaochen).get(path).status_code == 404
    assert browser(cast.paper_mfg).post(path, answer_fields()).status_code == 404
    assert browser(cast.material).post(f"{path}sign/", answer_fields()).status_code == 403
