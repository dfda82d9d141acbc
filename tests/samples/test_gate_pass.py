"""放行条（C7）：主任批准，自己申请的不能自己批，批一次用一次。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samples import services
from tests.cast import Cast
from tests.cast_samples import again, material, pass_of, prepared, standard
from workflow.guards import WrongState


@pytest.mark.rule("C7")
def test_the_supervisor_approves_and_a_number_is_taken(cast: Cast) -> None:
    asked = services.ask_pass(material(cast), "return", Decimal(10), "瑞禾茶业", actor=cast.warehouse)
    assert asked.number.startswith("F-")
    approved = services.approve_pass(asked, actor=cast.laowang)
    assert (approved.state, approved.decided_by) == ("approved", cast.laowang)
    assert approved.number.startswith("FX26-")
    with pytest.raises(WrongState):
        services.approve_pass(approved, actor=cast.laowang)


@pytest.mark.rule("C7")
def test_or_refuses_with_words_and_it_may_be_asked_again(cast: Cast) -> None:
    dispatch = prepared(cast)
    with pytest.raises(ValidationError, match="理由"):
        services.refuse_pass(pass_of(dispatch), " ", actor=cast.laowang)
    assert services.refuse_pass(pass_of(dispatch), "先等客户付款", actor=cast.laowang).state == "refused"
    assert services.ask_dispatch_pass(dispatch, actor=cast.xiaoli).state == "asked"
    with pytest.raises(WrongState, match="申请过"):
        services.ask_dispatch_pass(dispatch, actor=cast.xiaoli)


@pytest.mark.rule("C7")
def test_nobody_lets_out_what_they_asked_for(cast: Cast) -> None:
    asked = services.ask_pass(standard(cast), "lend", Decimal(1), "瑞禾茶业", actor=cast.laowang)
    with pytest.raises(PermissionDenied, match="自己申请的放行条"):
        services.approve_pass(asked, actor=cast.laowang)
    assert services.approve_pass(asked, actor=cast.director).state == "approved"


@pytest.mark.rule("C7")
@pytest.mark.parametrize("who", ["xiaoli", "warehouse", "gm", "xiaochen"])
def test_nobody_else_approves(cast: Cast, who: str) -> None:
    asked = services.ask_pass(standard(cast), "lend", Decimal(1), "瑞禾茶业", actor=cast.laowang)
    with pytest.raises(PermissionDenied):
        services.approve_pass(asked, actor=getattr(cast, who))
    assert again(asked).state == "asked"


@pytest.mark.rule("C7")
@pytest.mark.parametrize(
    ("purpose", "amount", "to", "field"),
    [("send", "1", "客户", "purpose"), ("lend", "0", "客户", "quantity"), ("lend", "2", "客户", "quantity"),
     ("lend", "1", " ", "to")],
)  # fmt: skip
def test_what_is_missing_is_named(cast: Cast, purpose: str, amount: str, to: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        services.ask_pass(standard(cast), purpose, Decimal(amount), to, actor=cast.xiaoli)
    assert field in refused.value.message_dict


@pytest.mark.rule("C7")
def test_one_at_a_time_by_who_keeps_it(cast: Cast) -> None:
    sample = standard(cast)
    services.ask_pass(sample, "lend", Decimal(1), "瑞禾茶业", actor=cast.xiaoli)
    with pytest.raises(WrongState, match="申请过"):
        services.ask_pass(sample, "lend", Decimal(1), "瑞禾茶业", actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        services.ask_pass(sample, "return", Decimal(1), "瑞禾茶业", actor=cast.xiaochen)
    with pytest.raises(PermissionDenied):
        services.ask_dispatch_pass(prepared(cast, standard(cast, sample.order)), actor=cast.warehouse)
