"""请假（第三条）：本人、主任、部门负责人、总监、管理员登记；谁能代、哪几天，说得清。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from parties.models import Deputy, User
from tests.cast import Cast
from tests.cast_parties import away, day
from workflow.leave import deputies_for, take_leave


@pytest.mark.rule("A3")
@pytest.mark.parametrize("actor", ["xiaoli", "laowang", "director", "admin"])
def test_these_may_enter_it(cast: Cast, actor: str) -> None:
    leave = take_leave(cast.xiaoli, cast.xiaochen, day(0), day(2), actor=getattr(cast, actor))

    assert (leave.person, leave.deputy, leave.entered_by) == (cast.xiaoli, cast.xiaochen, getattr(cast, actor))


@pytest.mark.rule("A3")
@pytest.mark.parametrize("actor", ["xiaochen", "gm", "engineering", "finance"])
def test_nobody_else_may(cast: Cast, actor: str) -> None:
    with pytest.raises(PermissionDenied, match="不归您登记"):
        take_leave(cast.xiaoli, cast.xiaochen, day(0), day(2), actor=getattr(cast, actor))
    assert not Deputy.objects.exists()


@pytest.mark.rule("A3")
def test_a_head_enters_it_for_the_department(cast: Cast) -> None:
    assert take_leave(cast.engineering2, cast.planning, day(1), day(1), actor=cast.engineering).pk


@pytest.mark.rule("A3")
@pytest.mark.parametrize(("first", "last", "field"), [(-1, 2, "first_day"), (3, 2, "last_day"), (0, 400, "last_day")])
def test_days_that_are_none(cast: Cast, first: int, last: int, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        away(cast.xiaoli, cast.xiaochen, first=first, last=last)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.rule("A3")
@pytest.mark.parametrize("deputy", ["xiaoli", "engineering", "finance", "sales", "erp", "admin", "director"])
def test_who_cannot_stand_in_for_a_coordinator(cast: Cast, deputy: str) -> None:
    with pytest.raises(ValidationError) as refused:
        away(cast.xiaoli, getattr(cast, deputy))
    assert list(refused.value.message_dict) == ["deputy"]
    assert getattr(cast, deputy) not in deputies_for(cast.xiaoli)


@pytest.mark.rule("A3")
def test_not_somebody_who_has_left(cast: Cast) -> None:
    User.objects.filter(pk=cast.xiaochen.pk).update(is_active=False)

    with pytest.raises(ValidationError, match="在职"):
        away(cast.xiaoli, cast.xiaochen)


@pytest.mark.rule("A3")
def test_one_leave_at_a_time(cast: Cast) -> None:
    away(cast.xiaoli, cast.xiaochen, first=3, last=5)

    with pytest.raises(ValidationError, match="已经登记了请假"):
        away(cast.xiaoli, cast.laowang, first=5, last=6)
    assert away(cast.xiaoli, cast.laowang, first=6, last=6).pk


@pytest.mark.rule("A3")
def test_no_deputy_of_a_deputy(cast: Cast) -> None:
    away(cast.xiaoli, cast.xiaochen)

    with pytest.raises(ValidationError, match="正代李晓雯"):
        away(cast.xiaochen, cast.laowang)
    away(cast.laowang, cast.director)
    with pytest.raises(ValidationError, match="自己也请假"):
        away(cast.xiaochen, cast.laowang)
