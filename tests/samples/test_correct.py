"""登记写错了：名称、规格、数量改对，写明理由，改前改后都留着（第十条、C7）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samples import services
from samples.models import Sample
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_samples import again, lent, material, standard
from tests.pages import browser, words
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


def corrected(cast: Cast, sample: Sample, who: str = "xiaoli", **changes: Any) -> Sample:
    given: dict[str, Any] = {"name": sample.name, "quantity": sample.quantity, "reason": "登记时写错"}
    return services.correct_sample(sample, **(given | changes), actor=getattr(cast, who))


@pytest.mark.rule("A10")
def test_name_and_quantity_are_put_right_and_both_are_kept(cast: Cast) -> None:
    sample = corrected(cast, standard(cast), name="海报签样", quantity=Decimal(3))
    assert (again(sample).name, again(sample).quantity) == ("海报签样", Decimal(3))
    assert list(Sample.objects.searched("海报签样")) == [sample]
    row = TransitionLog.objects.get(move="correct")
    assert row.reason == "名称「产品画册签样」改成「海报签样」，数量「1」改成「3」；登记时写错"


@pytest.mark.rule("A10")
@pytest.mark.parametrize("wrong", [{"name": " "}, {"quantity": Decimal(0)}, {"reason": ""}])
def test_it_says_what_and_why(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as error:
        corrected(cast, standard(cast), **({"quantity": Decimal(2)} | wrong))
    assert list(error.value.message_dict) == list(wrong)


@pytest.mark.rule("A10")
def test_nothing_changed_is_no_correction(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="什么都没有改"):
        corrected(cast, standard(cast))


@pytest.mark.rule("A10")
def test_not_below_what_is_lent_or_gone(cast: Cast) -> None:
    sample = standard(cast, quantity=Decimal(5))
    services.use_up_sample(sample, Decimal(1), "裁样", actor=cast.xiaoli)
    lent(cast, again(sample), quantity=Decimal(2))
    with pytest.raises(Blocked, match="借出 3 本"):
        corrected(cast, again(sample), quantity=Decimal(2))
    assert corrected(cast, again(sample), quantity=Decimal(3)).balance.here == 0
    assert again(sample).quantity == Decimal(3)


@pytest.mark.rule("C7")
def test_less_of_what_is_theirs_takes_the_supervisor(cast: Cast) -> None:
    sample = material(cast)
    with pytest.raises(PermissionDenied, match="登记遗失"):
        corrected(cast, sample, "warehouse", quantity=Decimal(90))
    assert corrected(cast, sample, "warehouse", quantity=Decimal(110)).quantity == Decimal(110)
    assert corrected(cast, again(sample), "laowang", quantity=Decimal(90)).quantity == Decimal(90)


@pytest.mark.rule("A10")
def test_what_left_the_register_stays_as_it_was(cast: Cast) -> None:
    sample = services.close_sample(standard(cast), "碎纸", actor=cast.xiaoli)
    with pytest.raises(WrongState):
        corrected(cast, sample, name="别的")


@pytest.mark.rule("A3")
@pytest.mark.parametrize("who", ["xiaochen", "warehouse", "director", "printing_mfg"])
def test_only_who_keeps_it_corrects_it(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        corrected(cast, standard(cast), who, name="别的")
    assert not TransitionLog.objects.filter(move="correct").exists()


@pytest.mark.rule("A10")
def test_the_page_and_the_api_correct_it(cast: Cast) -> None:
    sample, li = standard(cast), browser(cast.xiaoli)
    form = {"name": "海报签样", "quantity": "2", "reason": "写错", "version": str(sample.revision)}
    assert "更正登记" in words(li.get(f"/samples/{sample.number}/"))
    assert li.post(f"/samples/{sample.number}/correct/", form).status_code == 302
    assert li.post(f"/samples/{sample.number}/correct/", form | {"name": "又改"}).status_code == 409
    body = {"name": "海报签样", "quantity": "4", "reason": "数错"}
    answer = Caller(cast.xiaoli).post(f"samples/{sample.number}/correct/", body)
    assert (answer.status_code, answer.json()["quantity"]) == (200, "4.000")
