"""在册的东西：换地方、续留、注销（第十条）。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samples import services
from tests.cast import Cast
from tests.cast_samples import again, day, lent, material, standard
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A10")
def test_it_moves_to_another_place_and_keeper(cast: Cast) -> None:
    sample = services.move_sample(standard(cast), "成品库 3 层", actor=cast.xiaoli, holder=cast.warehouse)
    assert (again(sample).place, again(sample).holder) == ("成品库 3 层", cast.warehouse)
    assert services.move_sample(sample, "成品库 4 层", actor=cast.laowang).holder == cast.warehouse


@pytest.mark.rule("A10")
def test_it_is_kept_longer_with_a_reason(cast: Cast) -> None:
    sample = standard(cast, retention_until=day(3))
    for until, reason, words in ((day(0), "还要", "今天以后"), (day(30), " ", "为什么续留")):
        with pytest.raises(ValidationError, match=words):
            services.keep_longer(sample, until, reason, actor=cast.xiaoli)
    sample = services.keep_longer(sample, day(30), "客户可能翻单", actor=cast.xiaoli)
    assert again(sample).retention_until == day(30)
    assert TransitionLog.objects.filter(subject_type="samples_sample", reason="客户可能翻单").exists()


@pytest.mark.rule("A10")
def test_it_leaves_the_register_with_words(cast: Cast) -> None:
    sample = standard(cast)
    with pytest.raises(ValidationError, match="理由"):
        services.close_sample(sample, " ", actor=cast.xiaoli)
    sample = services.close_sample(sample, "过期，已碎纸", actor=cast.xiaoli)
    assert sample.state == "closed"
    for act in (services.close_sample, services.move_sample):
        with pytest.raises(WrongState):
            act(sample, "又来", actor=cast.xiaoli)


@pytest.mark.rule("A10")
def test_what_is_lent_is_not_closed(cast: Cast) -> None:
    loan = lent(cast)
    with pytest.raises(Blocked, match="借给印刷制造部的还没有收回"):
        services.close_sample(loan.sample, "不要了", actor=cast.xiaoli)
    assert again(loan.sample).state == "kept"


@pytest.mark.rule("C7")
def test_what_is_theirs_is_accounted_for_before_it_is_closed(cast: Cast) -> None:
    sample = material(cast)
    with pytest.raises(Blocked, match="还剩 100 卷"):
        services.close_sample(sample, "不要了", actor=cast.warehouse)
    services.use_up_sample(sample, Decimal(100), "烫金工序用完", actor=cast.warehouse)
    assert services.close_sample(again(sample), "用完了", actor=cast.warehouse).state == "closed"


@pytest.mark.rule("A3")
@pytest.mark.parametrize("who", ["xiaochen", "warehouse", "director", "printing_mfg"])
def test_others_do_not_keep_it(cast: Cast, who: str) -> None:
    sample = standard(cast)
    for act in (services.close_sample, services.move_sample):
        with pytest.raises(PermissionDenied):
            act(sample, "拿走", actor=getattr(cast, who))
    assert TransitionLog.objects.filter(subject_type="samples_sample").count() == 1
