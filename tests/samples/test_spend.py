"""客供料用掉、退还、遗失（C7）：笔笔有数，丢了写明谁赔，出厂凭放行条。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from samples import services
from samples.models import GatePass, SampleMovement
from tests.cast import Cast
from tests.cast_samples import again, let_go, material, standard
from workflow.guards import Blocked


@pytest.mark.rule("C7")
def test_each_use_is_written_and_the_rest_is_known(cast: Cast) -> None:
    sample = material(cast)
    services.use_up_sample(sample, Decimal("40.5"), "烫金首批", actor=cast.warehouse)
    services.lose_sample(sample, Decimal(2), "受潮", actor=cast.material, payer="仓库")
    assert again(sample).balance.left == Decimal("57.500")
    rows = SampleMovement.objects.order_by("pk").values_list("kind", "quantity", "payer")
    assert list(rows) == [("used", Decimal("40.500"), ""), ("lost", Decimal("2.000"), "仓库")]


@pytest.mark.rule("C7")
def test_a_loss_of_theirs_names_who_pays(cast: Cast) -> None:
    sample = material(cast)
    with pytest.raises(Blocked, match="写明谁赔"):
        services.lose_sample(sample, Decimal(1), "找不到了", actor=cast.warehouse)
    ours = standard(cast, sample.order)
    assert services.lose_sample(ours, Decimal(1), "找不到了", actor=cast.xiaoli).payer == ""


@pytest.mark.rule("C7")
@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_is_no_amount(cast: Cast, amount: str) -> None:
    with pytest.raises(ValidationError, match="大于零"):
        services.use_up_sample(material(cast), Decimal(amount), "用", actor=cast.warehouse)


@pytest.mark.rule("C7")
def test_more_than_is_there_and_wordless_is_refused(cast: Cast) -> None:
    sample = material(cast)
    with pytest.raises(Blocked, match="在手只有 100 卷，不够 101"):
        services.use_up_sample(sample, Decimal(101), "用", actor=cast.warehouse)
    with pytest.raises(ValidationError, match="怎么回事"):
        services.use_up_sample(sample, Decimal(1), " ", actor=cast.warehouse)
    with pytest.raises(PermissionDenied):
        services.use_up_sample(sample, Decimal(1), "用", actor=cast.engineering)
    assert not SampleMovement.objects.exists()


@pytest.mark.rule("C7")
def test_it_goes_back_to_the_customer_with_an_approved_pass_alone(cast: Cast) -> None:
    sample = material(cast)
    with pytest.raises(Blocked, match="放行条"):
        services.return_sample(sample, Decimal(60), "余料退还", actor=cast.warehouse)
    asked = services.ask_pass(sample, "return", Decimal(60), "瑞禾茶业 何经理", actor=cast.warehouse)
    with pytest.raises(Blocked, match="放行条"):
        services.return_sample(sample, Decimal(60), "余料退还", actor=cast.warehouse)
    services.approve_pass(asked, actor=cast.laowang)
    with pytest.raises(Blocked, match="只批了 60，不能放 61"):
        services.return_sample(sample, Decimal(61), "余料退还", actor=cast.warehouse)

    services.return_sample(sample, Decimal(60), "余料退还", actor=cast.warehouse)

    assert (again(sample).balance.left, again(asked).state) == (Decimal(40), "used")
    with pytest.raises(Blocked, match="放行条"):
        services.return_sample(sample, Decimal(1), "再退", actor=cast.warehouse)


@pytest.mark.rule("C7")
def test_ours_are_not_returned_to_a_customer(cast: Cast) -> None:
    sample = standard(cast)
    let_go(cast, sample, "return", "1")
    with pytest.raises(ValidationError, match="是本公司的"):
        services.return_sample(sample, Decimal(1), "退", actor=cast.xiaoli)
    assert GatePass.objects.get().state == "approved"


@pytest.mark.rule("C7")
@pytest.mark.django_db(transaction=True)
def test_what_is_gone_stays_written(cast: Cast) -> None:
    services.use_up_sample(material(cast), Decimal(1), "用", actor=cast.warehouse)
    with pytest.raises(DatabaseError), transaction.atomic():
        SampleMovement.objects.all()._raw_delete("default")
