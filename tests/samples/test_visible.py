"""谁看得见样品（第三条、B7）：跟着业务单，自己保管或领用的；客供料还有物控与仓库。"""

from __future__ import annotations

import pytest

from parties.models import User
from samples.models import GatePass, Loan, Sample, SampleDispatch
from tests.cast import Cast
from tests.cast_samples import lent, loose, material, pass_of, prepared, standard


def see(model: type, pk: int, *people: User) -> list[bool]:
    return [bool(model.objects.visible_to(person).filter(pk=pk).exists()) for person in people]  # type: ignore[attr-defined]


@pytest.mark.rule("A3")
def test_a_thing_is_seen_with_its_order(cast: Cast) -> None:
    sample = standard(cast)
    people = (cast.xiaoli, cast.laowang, cast.director, cast.engineering, cast.xiaochen, cast.hr, cast.planning)
    assert see(Sample, sample.pk, *people) == [True, True, True, True, False, False, False]


@pytest.mark.rule("A3")
def test_one_without_an_order_is_seen_by_who_registered_it_and_supervisors(cast: Cast) -> None:
    sample = loose(cast)
    people = (cast.xiaoli, cast.laowang, cast.gm, cast.xiaochen, cast.engineering)
    assert see(Sample, sample.pk, *people) == [True, True, True, False, False]


@pytest.mark.rule("B7")
def test_who_holds_or_borrows_it_sees_it(cast: Cast) -> None:
    loan = lent(cast, loose(cast), person=cast.hr)
    assert see(Sample, loan.sample_id, cast.hr, cast.planning) == [True, False]
    assert see(Loan, loan.pk, cast.hr, cast.planning, cast.xiaoli) == [True, False, True]


@pytest.mark.rule("C7")
def test_material_is_seen_by_the_store(cast: Cast) -> None:
    sample = material(cast)
    assert see(Sample, sample.pk, cast.warehouse, cast.material, cast.planning) == [True, True, False]


@pytest.mark.rule("B7")
def test_what_is_sent_and_its_pass_follow_the_order(cast: Cast) -> None:
    dispatch = prepared(cast)
    for model, pk in ((SampleDispatch, dispatch.pk), (GatePass, pass_of(dispatch).pk)):
        assert see(model, pk, cast.xiaoli, cast.laowang, cast.xiaochen, cast.hr) == [True, True, False, False]
