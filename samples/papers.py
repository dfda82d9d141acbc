"""《标样领用单》 and 《样品寄送单》: what stands on them when they are filed (第六条、第五章，寄样)."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from papers.kinds import DISPATCH_SLIP, LOAN_SLIP
from papers.models import Paper
from papers.services import file_paper, frame
from papers.shapes import Customer, DispatchSlipSnapshot, LoanSlipSnapshot, Signature, SlipLine
from parties.models import User
from samples.models import GatePass, Loan, Sample, SampleDispatch
from workflow import clock


def file_loan_slip(loan: Loan, *, actor: User) -> Paper:
    """标样领用单归档：领用人凭它签收，归还时交回（第六条）。"""
    head = frame(
        kind=LOAN_SLIP.code,
        number=loan.number,
        prepared_by=actor,
        prepared_at=loan.made_at,
        signatures=[
            Signature(act=_("发出"), role=_("营销中心"), name=str(actor), at=loan.made_at),
            Signature(act=_("领用签收"), role=str(loan.borrower), name=""),
            Signature(act=_("归还收回"), role=_("营销中心"), name=""),
        ],
    )
    snapshot = LoanSlipSnapshot(
        **head,
        sheet="a5l",
        order_number=loan.order.number if loan.order else "",
        borrower=str(loan.borrower),
        why=loan.why,
        basis=loan.basis_words,
        lent_on=timezone.localdate(loan.made_at),
        due_back=loan.due_back,
        lines=[_line(1, loan.sample, loan.quantity)],
    )
    return file_paper(kind=LOAN_SLIP.code, about=loan, number=loan.number, version=1, snapshot=snapshot, actor=actor)


def file_dispatch_slip(dispatch: SampleDispatch, *, actor: User) -> Paper:
    """样品寄送单归档：随样寄出，对方看过请答复（第五章，寄样）。"""
    gate_pass = dispatch.passes.filter(state=GatePass.State.USED).select_related("decided_by").latest("pk")
    released = Signature(act=_("放行"), role=_("跟单主任"), name=str(gate_pass.decided_by))
    released["at"] = gate_pass.decided_at or clock.now()
    sent_at = dispatch.sent_at or clock.now()
    head = frame(
        kind=DISPATCH_SLIP.code,
        number=dispatch.number,
        prepared_by=dispatch.made_by,
        prepared_at=dispatch.made_at,
        signatures=[
            Signature(act=_("寄出"), role="", name=str(actor), at=sent_at),
            released,
            Signature(act=_("收件"), role=dispatch.customer_name, name=""),
        ],
    )
    snapshot = DispatchSlipSnapshot(
        **head,
        sheet="a5l",
        order_number=dispatch.order.number if dispatch.order else "",
        customer=Customer(name=dispatch.customer_name, code=dispatch.customer.code),
        sent_to=dispatch.sent_to,
        address=dispatch.address,
        purpose=dispatch.purpose,
        courier=dispatch.courier,
        waybill=dispatch.waybill,
        gate_pass=gate_pass.number,
        sent_on=timezone.localdate(sent_at),
        feedback_due=dispatch.feedback_due,
        lines=[_line(no, line.sample, line.quantity) for no, line in enumerate(dispatch.lines_now, start=1)],
    )
    return file_paper(
        kind=DISPATCH_SLIP.code, about=dispatch, number=dispatch.number, version=1, snapshot=snapshot, actor=actor
    )


def _line(no: int, sample: Sample, quantity: Decimal) -> SlipLine:
    return SlipLine(
        no=no,
        number=sample.number,
        kind=str(sample.get_kind_display()),
        name=sample.name,
        specification=sample.specification,
        unit=sample.unit,
        quantity=quantity,
    )
