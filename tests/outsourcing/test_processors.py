"""加工商的资料：编号唯一，停用写明原因（第四章，A42）。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from outsourcing.models import Processor
from outsourcing.services import create_processor, edit_processor
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_outsourcing import processor


@pytest.mark.rule("A42")
def test_a_code_is_given_once(cast: Cast) -> None:
    processor()

    with pytest.raises(ValidationError, match="已经有了"):
        create_processor(code="w001", name="另一家", actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="不能改"):
        edit_processor(processor(), actor=cast.xiaoli, code="W999")


@pytest.mark.rule("A42")
def test_suspending_says_why(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="停用要写明原因"):
        edit_processor(processor(), actor=cast.xiaoli, suspended=True)
    edit_processor(processor(), actor=cast.xiaoli, suspended=True, suspended_reason="环保停产")
    assert Processor.objects.get(code="W003").suspended


@pytest.mark.rule("A42")
def test_only_who_keeps_the_register(cast: Cast) -> None:
    for person in (cast.finance, cast.printing_qc, cast.gm):
        with pytest.raises(PermissionDenied):
            create_processor(code="W100", name="某厂", actor=person)


@pytest.mark.rule("A42")
def test_the_register_over_the_api(cast: Cast) -> None:
    processor()
    li = Caller(cast.xiaoli)

    assert [row["code"] for row in li.get("processors/", suspended="false").json()["results"]] == [
        "W003", "W002", "W001",
    ]  # fmt: skip
    reply = li.post("processors/", {"code": "W010", "name": "四海装订厂", "phone": "0571-5552 1111"})
    assert (reply.status_code, reply.json()["suspended"]) == (201, False)
    changed = li.patch("processors/W010/", {"suspended": True, "suspended_reason": "整改"})
    assert (changed.status_code, changed.json()["suspended"]) == (200, True)
    assert li.patch("processors/W010/", {"suspended": "maybe"}).status_code == 400
    assert li.get("processors/W999/").status_code == 404
    assert Caller(cast.finance).post("processors/", {"code": "W011", "name": "某厂"}).status_code == 403
    assert li.post("processors/", {"code": "W\u200b12", "name": "某厂"}).status_code == 400
