"""One order being filled in: its head, its lines, and what the service says about them."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import QueryDict

from orders.forms import LineFormSet, OrderForm, OrderLineFormSet, initial_lines, initial_of, order_input
from orders.models import BusinessKind, Order
from orders.remarks import standing_return
from orders.services import OrderInput
from orders.standing import Standing, standing, standing_of
from parties.models import User
from parties.models.customer import PaymentTerms
from workflow import clock

PREFIX = "lines"
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
FIELDS = {"tax_rate": "tax"}  # a field of the API that the form calls otherwise
NO_LINES = {f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}


@dataclass
class Sheet:
    """What somebody is filling in: of a new order, or of one that is there."""

    form: OrderForm
    lines: LineFormSet
    order: Order | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    def __post_init__(self) -> None:
        """What the supervisor wrote beside the fields stands there until it is submitted again (A6.1e)."""
        returned = standing_return(self.order)
        by_line = {str(one["id"].value()): one for one in self.lines.forms} if returned else {}
        for remark in returned.remarks.all() if returned else ():
            head, _dot, rest = remark.field.partition(".")
            form: Form | None = by_line.get(str(remark.line_id)) if head == "lines" else self.form
            name = rest.rpartition(".")[2] or FIELDS.get(head, head)
            if form is not None and name in form.fields:
                form.fields[name].remark = remark.words  # type: ignore[attr-defined]

    @classmethod
    def typed(cls, data: QueryDict, order: Order | None) -> Sheet:
        """The sheet as it was sent in."""
        given = data.get("token", "")
        token = given if TOKEN.fullmatch(given) else secrets.token_urlsafe(18)
        return cls(OrderForm(data, order=order), OrderLineFormSet(data, prefix=PREFIX), order, token)  # type: ignore[arg-type]

    @classmethod
    def shown(cls, order: Order | None, customer: str = "") -> Sheet:
        """The sheet as it is first seen."""
        rows = initial_lines(order.lines_now) if order else []
        initial = initial_of(order) if order else blank(customer)
        lines = OrderLineFormSet(initial=rows, prefix=PREFIX)
        return cls(OrderForm(initial=initial, order=order), lines, order)  # type: ignore[arg-type]

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() & self.lines.is_valid())

    @property
    def given(self) -> OrderInput:
        """What the service is handed."""
        return order_input(self.form, self.lines)

    def standing(self, actor: User, files: int = 0) -> Standing:
        """How far it is: from what was typed, from the stored order, or from nothing."""
        if self.form.is_bound:
            return standing(self.form, self.lines, actor=actor, files=files)
        if self.order is not None:
            return standing_of(self.order, self.lines, actor=actor, files=files)
        nothing = OrderLineFormSet(NO_LINES, prefix=PREFIX)
        seen = {name: self.form[name].value() for name in self.form.fields}
        seen = {name: self.form.fields[name].prepare_value(value) for name, value in seen.items()}
        seen |= {"business_kind": self.kind.code if self.kind else "", "payment_terms": PaymentTerms.MONTHLY_30}
        return standing(OrderForm(seen), nothing, actor=actor, files=files)  # type: ignore[arg-type]

    @property
    def kind(self) -> BusinessKind | None:
        """The kind that is chosen, or the first one on offer."""
        if self.form.is_bound and self.form.is_valid():
            return self.form.cleaned_data["business_kind"]  # type: ignore[no-any-return]
        return self.order.business_kind if self.order else BusinessKind.objects.filter(active=True).first()


def blank(customer: str) -> dict[str, Any]:
    """What a new sheet begins with."""
    return {"received_at": clock.now(), "tax": "0.13+", "basis": "written", "customer": customer[:160]}
