"""页面上的凭据、退货日、颜色尺码（C3b、C5、C6）与外贸单证（C8）：做得到，做不到说为什么，填的都在。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.kind_papers import papers_missing
from orders.models import ReleaseWord, ReturnDay
from tests.cast import Cast, accepted, draft, line_input
from tests.cast_kinds import changed_kind, shop
from tests.pages import browser, words
from tests.permissions.world import PDF
from workflow import clock

CELLS = {
    "cells-TOTAL_FORMS": "2", "cells-INITIAL_FORMS": "0",
    "cells-0-colour": "红", "cells-0-size": "S", "cells-0-quantity": "400",
    "cells-1-colour": "红", "cells-1-size": "M", "cells-1-quantity": "６００",
}  # fmt: skip


@pytest.mark.rule("C3b")
def test_a_release_word_is_registered_on_the_page(cast: Cast) -> None:
    shop(cast)
    order = accepted(cast)
    page = words(browser(cast.xiaoli).get(f"/orders/{order.number}/"))
    assert ("下单凭据" in page, "登记凭据" in page) == (True, True)
    given = {"what": "customer", "who": "刘婷", "words": "电话里再确认过"}
    assert browser(cast.xiaoli).post(f"/orders/{order.number}/release/", given).status_code == 302
    assert "刘婷：电话里再确认过" in words(browser(cast.xiaoli).get(f"/orders/{order.number}/"))
    assert browser(cast.xiaoli).post(f"/orders/{order.number}/release/", given | {"what": "x"}).status_code == 400
    assert browser(cast.gm).post(f"/orders/{order.number}/release/", given).status_code == 403
    assert ReleaseWord.objects.count() == 1


@pytest.mark.rule("C5")
def test_a_return_day_is_confirmed_on_the_kinds_page(cast: Cast) -> None:
    changed_kind(cast, return_days={"from": 1, "to": 31})
    ahead = clock.today() + dt.timedelta(days=5)
    li = browser(cast.laowang)
    assert li.post("/kinds/printing/return-days/", {"day": str(ahead)}).status_code == 302
    assert "退货日" in words(li.get("/kinds/printing/"))
    assert li.post("/kinds/printing/return-days/", {"day": "2026-02-30"}).status_code == 400
    assert browser(cast.xiaoli).post("/kinds/printing/return-days/", {"day": str(ahead)}).status_code == 403
    assert ReturnDay.objects.get().day == ahead


@pytest.mark.rule("C6")
def test_colours_and_sizes_are_typed_in_a_grid(cast: Cast) -> None:
    changed_kind(cast, breakdown=True)
    order = draft(cast, lines=[line_input()])
    page = f"/orders/{order.number}/lines/{order.lines_now[0].pk}/breakdown/"
    li = browser(cast.xiaoli)
    assert page in li.get(f"/orders/{order.number}/").content.decode()
    assert li.post(page, CELLS).status_code == 302
    assert "红 S 400、红 M 600" in words(li.get(f"/orders/{order.number}/"))
    wrong = li.post(page, CELLS | {"cells-0-quantity": "1", "cells-1-colour": "还在这里"})
    assert (wrong.status_code, "颜色尺码合计 601，与数量 1000 不符" in words(wrong)) == (400, True)
    assert "还在这里" in wrong.content.decode()
    assert li.post(page, CELLS | {"cells-0-quantity": "1e3"}).status_code == 400
    assert browser(cast.xiaochen).post(page, CELLS).status_code == 404


@pytest.mark.rule("C8")
def test_a_wanted_paper_is_filed_under_its_name(cast: Cast) -> None:
    changed_kind(cast, papers_before_dispatch=["装箱单"])
    order = draft(cast)
    li, page = browser(cast.xiaoli), f"/orders/{order.number}/?tab=files"
    assert "装箱单 发货前 还缺" in words(li.get(page))
    file = SimpleUploadedFile("x.pdf", PDF)
    assert li.post(f"/orders/{order.number}/attachments/", {"kind": "装箱单", "file": file}).status_code == 302
    assert papers_missing(order) == []
    assert "装箱单 发货前 x.pdf" in words(li.get(page))
