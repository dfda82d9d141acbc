"""承运商（A55）：登记、修改、停用。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shipping import services
from shipping.models import Carrier
from tests.cast import Cast
from tests.cast_shipping import carrier


@pytest.mark.rule("A55")
def test_a_carrier_is_added_and_changed(cast: Cast) -> None:
    added = services.add_carrier({"code": "L009", "name": "快捷物流", "phone": "400-1"}, actor=cast.xiaoli)
    services.edit_carrier(added, {"name": "快捷速运", "active": False}, actor=cast.warehouse)

    kept = Carrier.objects.get(code="L009")
    assert (kept.name, kept.phone, kept.active) == ("快捷速运", "400-1", False)


@pytest.mark.rule("A55")
def test_a_code_is_given_once(cast: Cast) -> None:
    first, other = carrier("L008"), carrier("L007")

    with pytest.raises(ValidationError, match="编号 L008 已经有了"):
        services.add_carrier({"code": "L008", "name": "又一家"}, actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="编号 L008 已经有了"):
        services.edit_carrier(other, {"code": first.code}, actor=cast.xiaoli)


@pytest.mark.rule("A3")
def test_a_department_may_not(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.add_carrier({"code": "L009", "name": "快捷物流"}, actor=cast.printing_qc)
