"""领用：交出去、签收、收回，或写明去向（第六条、第十条）。"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import Customer, Department, User
from samples.models import GatePass, Loan, Sample, SampleMovement
from samples.papers import file_loan_slip
from samples.rights import ACKNOWLEDGE, borrows
from samples.services.gate import let_out
from samples.services.registering import in_register
from samples.services.spending import spend
from workflow import clock
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, perform, record, together
from workflow.templatetags.wording import quantity as figure

ARTICLE = "第十条"
FURTHEST = dt.timedelta(days=365 * 2)
WITH_SLIP = (Sample.Kind.STANDARD, Sample.Kind.SHEET)


@dataclass(frozen=True)
class LoanInput:
    """一次领用的输入：给部门、给人、给客户，只能是一个。"""

    why: str
    due_back: dt.date
    department: Department | None = None
    person: User | None = None
    customer: Customer | None = None
    quantity: Decimal = Decimal(1)
    basis: str = ""
    basis_words: str = ""
    mark: uuid.UUID | None = None


@together
def lend_sample(sample: Sample, given: LoanInput, *, actor: User) -> Loan:
    """交出去：给谁、为什么、几时还；标样、样张出领用单，借给客户的凭放行条（第六条、第十条）。"""
    sample = in_register(sample, actor)
    if given.mark and (made := Loan.objects.filter(form_mark=given.mark, sample=sample).first()):
        lent: Loan = made
        return lent
    _check(sample, given)
    if given.customer is not None:
        let_out(sample, GatePass.Purpose.LEND, given.quantity, actor=actor)
    loan = Loan(
        order=sample.order, sample=sample, quantity=given.quantity, department=given.department, person=given.person,
        customer=given.customer, why=given.why.strip(), due_back=given.due_back, basis=given.basis, made_by=actor,
        basis_words=given.basis_words, form_mark=given.mark,
    )  # fmt: skip
    loan.take_number()
    label = _("交给%(who)s") % {"who": loan.borrower}
    begin(
        loan, actor=actor, label=label[:40], article=ARTICLE, rule="A10", reason=loan.why,
        data={"sample": sample.number, "quantity": loan.quantity},
    )  # fmt: skip
    if sample.kind in WITH_SLIP:
        file_loan_slip(loan, actor=actor)
    return loan


def _check(sample: Sample, given: LoanInput) -> None:
    errors: dict[str, str] = {}
    if sum(one is not None for one in (given.department, given.person, given.customer)) != 1:
        errors["department"] = _("交给谁：一个部门、一个人或一家客户，选一个")
    if not given.why.strip():
        errors["why"] = _("请填用途")
    if not clock.today() <= given.due_back <= clock.today() + FURTHEST:
        errors["due_back"] = _("归还日期要在今天以后的两年之内")
    if given.quantity <= 0:
        errors["quantity"] = _("数量要大于零")
    if errors:
        raise ValidationError(errors)
    if given.quantity > sample.balance.here:
        words = _("「%(name)s」在手只有 %(here)s %(unit)s，其余在外面") % {
            "name": sample.name, "here": figure(sample.balance.here), "unit": sample.unit,
        }  # fmt: skip
        raise Blocked([Refusal(words, ARTICLE, "A10")])


@together
def acknowledge_loan(loan: Loan, *, actor: User) -> Loan:
    """领用的部门、领用人签收（第六条）。"""
    loan = locked(loan)
    if not (actor.may(ACKNOWLEDGE) and borrows(loan, actor)):
        raise PermissionDenied(_("这件东西不是交给您的"))
    if loan.state != Loan.State.OUT or loan.acknowledged_at:
        raise WrongState(_("这次领用已经签收过，或者已经了结"))
    loan.acknowledged_by, loan.acknowledged_at = actor, clock.now()
    return record(loan, "acknowledge", actor=actor, label=_("签收样品"), article="第六条", rule="A6.3c")


def take_back(loan: Loan, *, actor: User) -> Loan:
    """收回（第十条）。"""
    return perform(loan, "take_back", actor=actor)


@together
def use_up_loan(loan: Loan, reason: str, *, actor: User) -> Loan:
    """领去用完了，写明用在哪里（第十条）。"""
    loan = perform(loan, "use_up", actor=actor, reason=reason, words=reason.strip())
    _gone(loan, SampleMovement.Kind.USED, actor)
    return loan


@together
def lose_loan(loan: Loan, reason: str, *, actor: User, payer: str = "") -> Loan:
    """领去丢了、坏了，写明原因；客户的东西写明谁赔（第十条）。"""
    loan = perform(loan, "lose", actor=actor, reason=reason, words=reason.strip())
    _gone(loan, SampleMovement.Kind.LOST, actor, payer)
    return loan


@together
def bring_back(basis: str, words: str, *, actor: User) -> list[Loan]:
    """随一张单据交出去的，单据交回时一起回来（第六条）。"""
    out = Loan.objects.out().filter(basis=basis).order_by("pk")
    return [perform(loan, "come_back", actor=actor, words=words) for loan in out]


def _gone(loan: Loan, kind: str, actor: User, payer: str = "") -> None:
    """What was lent and is no more leaves the register too."""
    spend(locked(loan.sample), kind, loan.quantity, loan.outcome, actor=actor, payer=payer, loan=loan)
