"""领用（第六条、第十条）：交给谁、签收、收回，或写明去向；借给客户凭放行条。"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.events import MayComplete
from papers.models import Paper
from parties.models import Customer
from samples import services
from samples.models import Loan
from tests.cast import Cast
from tests.cast_samples import again, day, lent, let_go, loan_input, material, standard
from workflow.events import ask
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A6.3c")
def test_a_standard_is_handed_out_with_a_slip(cast: Cast) -> None:
    loan = lent(cast, basis_words="TZ26-000001 第 3 份")
    assert (loan.state, str(loan.borrower), loan.due_back) == ("out", "印刷制造部", day(7))
    paper = Paper.objects.get(about=loan.about)
    assert (paper.kind, paper.number, paper.content["borrower"]) == ("loan_slip", loan.number, "印刷制造部")
    assert (paper.content["basis"], paper.content["lines"][0]["name"]) == ("TZ26-000001 第 3 份", "产品画册签样")
    assert again(loan.sample).balance.here == 0


@pytest.mark.rule("A10")
def test_what_is_out_is_not_lent_again(cast: Cast) -> None:
    sample = standard(cast, quantity=Decimal(2))
    lent(cast, sample)
    lent(cast, sample, code="engineering")
    with pytest.raises(Blocked, match="在手只有 0 本，其余在外面"):
        lent(cast, sample)
    assert Loan.objects.count() == 2


@pytest.mark.rule("A6.3c")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"why": " "}, "why"), ({"due_back": day(-1)}, "due_back"), ({"due_back": day(900)}, "due_back"),
     ({"department": None}, "department"), ({"quantity": Decimal(0)}, "quantity")],
)  # fmt: skip
def test_what_is_missing_is_named(cast: Cast, changes: dict[str, Any], field: str) -> None:
    sample = standard(cast)
    with pytest.raises(ValidationError) as refused:
        lent(cast, sample, **changes)
    assert field in refused.value.message_dict
    assert not Loan.objects.exists()


@pytest.mark.rule("A6.3c")
def test_one_borrower_and_one_form_one_loan(cast: Cast) -> None:
    sample, mark = standard(cast), uuid.uuid4()
    both = loan_input(person=cast.engineering, customer=Customer.objects.get(code="C001"))
    with pytest.raises(ValidationError, match="选一个"):
        services.lend_sample(sample, both, actor=cast.xiaoli)
    assert lent(cast, sample, mark=mark) == lent(cast, sample, mark=mark)


@pytest.mark.rule("C7")
def test_a_customer_gets_it_with_an_approved_pass_alone(cast: Cast) -> None:
    sample, customer = standard(cast), Customer.objects.get(code="C001")
    with pytest.raises(Blocked, match="放行条"):
        lent(cast, sample, customer=customer)
    gate_pass = let_go(cast, sample, "lend", "1")
    assert lent(cast, sample, customer=customer).borrower == customer
    assert again(gate_pass).state == "used"


@pytest.mark.rule("A6.3c")
def test_the_borrower_acknowledges_once(cast: Cast) -> None:
    loan = lent(cast)
    for who in (cast.xiaoli, cast.engineering):
        with pytest.raises(PermissionDenied):
            services.acknowledge_loan(loan, actor=who)
    assert services.acknowledge_loan(loan, actor=cast.printing_mfg).acknowledged_by == cast.printing_mfg
    with pytest.raises(WrongState):
        services.acknowledge_loan(loan, actor=cast.printing_mfg)
    personal = lent(cast, standard(cast, loan.order), person=cast.engineering2)
    with pytest.raises(PermissionDenied):
        services.acknowledge_loan(personal, actor=cast.engineering)
    assert services.acknowledge_loan(personal, actor=cast.engineering2).acknowledged_at


@pytest.mark.rule("A10")
def test_it_comes_back_and_can_be_lent_again(cast: Cast) -> None:
    loan = lent(cast)
    for who in (cast.printing_mfg, cast.xiaochen, cast.warehouse):
        with pytest.raises(PermissionDenied):
            services.take_back(loan, actor=who)
    loan = services.take_back(loan, actor=cast.xiaoli)
    assert (loan.state, loan.ended_by, again(loan.sample).balance.here) == ("returned", cast.xiaoli, 1)
    with pytest.raises(WrongState):
        services.take_back(loan, actor=cast.xiaoli)


@pytest.mark.rule("A10")
def test_or_it_is_used_up_with_words(cast: Cast) -> None:
    loan = lent(cast)
    with pytest.raises(ValidationError, match="理由"):
        services.use_up_loan(loan, " ", actor=cast.xiaoli)
    loan = services.use_up_loan(loan, "裁样做了首件对照", actor=cast.xiaoli)
    assert (loan.state, loan.outcome) == ("used_up", "裁样做了首件对照")
    assert (again(loan.sample).balance.left, loan.movement.kind) == (0, "used")


@pytest.mark.rule("C7")
def test_or_lost_and_a_loss_of_theirs_names_who_pays(cast: Cast) -> None:
    sample = material(cast)
    loan = services.lend_sample(sample, loan_input(quantity=Decimal(5)), actor=cast.warehouse)
    with pytest.raises(Blocked, match="写明谁赔"):
        services.lose_loan(loan, "搬运时丢了", actor=cast.warehouse)
    assert again(loan).state == "out"
    loan = services.lose_loan(loan, "搬运时丢了", actor=cast.warehouse, payer="印刷制造部")
    assert (loan.state, loan.movement.payer, again(sample).balance.left) == ("lost", "印刷制造部", 95)


@pytest.mark.rule("A10")
def test_the_order_is_not_closed_while_something_is_out(cast: Cast) -> None:
    loan = lent(cast)
    words = [refusal.words for refusal in ask(MayComplete(loan.order)) if refusal.rule == "A10"]
    assert words == ["标样「产品画册签样」还在印刷制造部，没有收回"]
    services.take_back(loan, actor=cast.xiaoli)
    assert not [refusal for refusal in ask(MayComplete(loan.order)) if refusal.rule == "A10"]


@pytest.mark.rule("A6.3c")
def test_what_went_with_a_paper_comes_back_with_it(cast: Cast) -> None:
    loan = lent(cast, basis="reviews_noticecopy:7")
    other = lent(cast, standard(cast, loan.order), basis="reviews_noticecopy:8")
    services.bring_back("reviews_noticecopy:7", "随 TZ26-000001 第 3 份交回", actor=cast.printing_mfg)
    assert (again(loan).state, again(loan).outcome) == ("returned", "随 TZ26-000001 第 3 份交回")
    assert again(other).state == "out"
