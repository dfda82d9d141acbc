"""改还没答复的询盘（B类 询报价，B1）：改前改后都留着，别人先改了就说出来。"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Inquiry
from orders.services.inquiry import said_in
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_quotations import day, inquired, inquiry_input, sent
from tests.pages import browser, words
from workflow.guards import WrongState
from workflow.models import TransitionLog

MORE = "画册 48P，1,000 本"


def edited(cast: Cast, inquiry: Inquiry, who: str = "xiaoli", **changes: Any) -> Inquiry:
    return services.edit_inquiry(inquiry, inquiry_input(**changes), actor=getattr(cast, who))


def page(inquiry: Inquiry, **changes: Any) -> dict[str, str]:
    form = {"customer": "C001", "asked_by": "采购 刘婷", "channel": "phone", "asked": MORE, "due": str(day(2))}
    return form | {"received_at": f"{inquiry.received_at:%Y-%m-%d} 00:00", "version": str(inquiry.revision)} | changes


@pytest.mark.rule("B1")
def test_what_was_asked_is_put_right_and_both_are_kept(cast: Cast) -> None:
    inquiry = edited(cast, inquired(cast), asked=MORE, due=day(3))
    found = Inquiry.objects.get()
    assert (found.asked, found.due, found.number) == (MORE, day(3), inquiry.number)
    assert list(Inquiry.objects.searched("48P")) == [found]
    row = TransitionLog.objects.get(move="edit")
    assert (row.label, row.reason) == ("修改询盘", "所问、要答复的日期")
    assert json.loads(row.data_text)["due"] == [str(day(2)), str(day(3))]


@pytest.mark.rule("B1")
def test_an_edit_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    inquiry = inquired(cast)
    services.edit_inquiry(inquiry, said_in(inquiry), actor=cast.xiaoli)
    assert not TransitionLog.objects.filter(move="edit").exists()


@pytest.mark.rule("B1")
def test_an_answered_one_stays(cast: Cast) -> None:
    inquiry = inquired(cast)
    sent(cast, inquiry=inquiry)
    with pytest.raises(WrongState):
        edited(cast, Inquiry.objects.get(), asked=MORE)
    assert browser(cast.xiaoli).get(f"/inquiries/{inquiry.number}/edit/").status_code == 409


@pytest.mark.rule("A3")
@pytest.mark.parametrize("who", ["xiaochen", "erp", "gm"])
def test_only_who_handles_it_edits_it(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        edited(cast, inquired(cast), who, asked=MORE)
    assert not TransitionLog.objects.filter(move="edit").exists()


@pytest.mark.rule("B1")
def test_what_it_says_is_judged_again(cast: Cast) -> None:
    inquiry = inquired(cast)
    with pytest.raises(ValidationError) as error:
        edited(cast, inquiry, asked=" ", due=day(-1))
    assert sorted(error.value.message_dict) == ["asked", "due"]
    Inquiry.objects.update(due=day(-1))
    assert edited(cast, Inquiry.objects.get(), asked=MORE, due=day(-1)).asked == MORE


@pytest.mark.rule("B1")
def test_the_page_edits_it(cast: Cast) -> None:
    inquiry, li = inquired(cast), browser(cast.xiaoli)
    assert "修改" in words(li.get(f"/inquiries/{inquiry.number}/"))
    assert inquiry.asked in li.get(f"/inquiries/{inquiry.number}/edit/").content.decode()
    answer = li.post(f"/inquiries/{inquiry.number}/edit/", page(inquiry))
    assert (answer.status_code, answer["Location"]) == (302, f"/inquiries/{inquiry.number}/")
    assert Inquiry.objects.get().asked == MORE


@pytest.mark.rule("B1")
def test_two_who_edit_are_both_shown(cast: Cast) -> None:
    inquiry = inquired(cast)
    edited(cast, inquiry, "laowang", asked="画册 32P，2,000 本")
    answer = browser(cast.xiaoli).post(f"/inquiries/{inquiry.number}/edit/", page(inquiry))
    shown = words(answer)
    assert (answer.status_code, "王建国" in shown or "修改询盘" in shown) == (409, True)
    assert all(text in shown for text in ("画册 32P，2,000 本", MORE, "把我的填上去"))
    assert Inquiry.objects.get().asked == "画册 32P，2,000 本"


@pytest.mark.rule("B1")
def test_an_erp_patches_it(cast: Cast) -> None:
    inquiry, li = inquired(cast), Caller(cast.xiaoli)
    found = li.get(f"inquiries/{inquiry.number}/")
    answer = li.patch(f"inquiries/{inquiry.number}/", {"asked": MORE}, If_Match=found["ETag"])
    assert (answer.status_code, answer.json()["asked"]) == (200, MORE)
    stale = li.patch(f"inquiries/{inquiry.number}/", {"asked": "x"}, If_Match=found["ETag"])
    assert stale.status_code == 412
    li.patch(f"inquiries/{inquiry.number}/", {"prospect": "青竹文创"})
    assert (Inquiry.objects.get().customer, Inquiry.objects.get().customer_name) == (None, "青竹文创")
