"""接口上改更改申请的草稿（API.md changes/{id}/ PATCH）：只写要改的；别人改过就是 409，提交以后不能再改。"""

from __future__ import annotations

import pytest

from reviews import services
from reviews.models import ChangeRequest
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_changes import fresh, requested

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def draft(cast: Cast) -> ChangeRequest:
    return requested(cast)


def test_what_is_not_named_stays(cast: Cast) -> None:
    change, li = draft(cast), Caller(cast.xiaoli)

    body = li.patch(f"changes/{change.pk}/", {"reason": "客户又来函"}).json()

    assert (body["reason"], body["basis"], body["lines"][0]["quantity"]) == ("客户又来函", "11-20 更改函", "1200.000")
    assert body["version"] == change.revision + 1


def test_lines_are_replaced_whole_and_the_departments_follow(cast: Cast) -> None:
    change, li = draft(cast), Caller(cast.xiaoli)
    line = change.order.lines_now[0].pk

    body = li.patch(f"changes/{change.pk}/", {"lines": [{"line": line, "unit_price": "12"}]}).json()
    assert ([row["unit_price"] for row in body["lines"]], body["departments"]) == (["12.000000"], [])
    body = li.patch(f"changes/{change.pk}/", {"departments": ["printing_quality"]}).json()
    assert body["departments"] == ["printing_quality"]
    body = li.patch(f"changes/{change.pk}/", {"cancel": True}).json()
    assert (body["lines"], body["cancel"], body["departments"]) == ([], True, ["printing_quality"])


def test_a_stale_reader_is_told_and_changes_nothing(cast: Cast) -> None:
    change, li = draft(cast), Caller(cast.xiaoli)
    seen = li.get(f"changes/{change.pk}/")
    version, etag = seen.json()["version"], seen["ETag"]
    assert li.patch(f"changes/{change.pk}/", {"reason": "先改"}).status_code == 200

    assert li.patch(f"changes/{change.pk}/", {"reason": "后改", "version": version}).status_code == 409
    assert li.patch(f"changes/{change.pk}/", {"reason": "后改"}, If_Match=etag).status_code == 412
    assert fresh(change).reason == "先改"
    assert li.patch(f"changes/{change.pk}/", {"reason": "再改", "version": version + 1}).status_code == 200


def test_only_who_works_the_order_and_only_a_draft(cast: Cast) -> None:
    change = draft(cast)
    path = f"changes/{change.pk}/"

    assert Caller(cast.xiaochen).patch(path, {"reason": "改"}).status_code == 404
    assert Caller(cast.gm).patch(path, {"reason": "改"}).status_code == 403
    assert Caller(cast.xiaoli).patch(path, {"reasons": "改"}).status_code == 400
    services.submit_change(change, actor=cast.xiaoli)
    assert Caller(cast.xiaoli).patch(path, {"reason": "改"}).status_code == 409
    assert fresh(change).reason == "客户追加"
