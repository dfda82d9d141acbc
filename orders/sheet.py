"""One order being filled in: its head, its lines, and what the service says about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from orders.forms import LineForm, LineFormSet, OrderForm, OrderLineFormSet, initial_lines, initial_of, order_input
from orders.models import BusinessKind, Order
from orders.services import OrderInput
from orders.standing import Standing, standing, standing_of
from parties.models import User
from parties.models.customer import PaymentTerms
from workflow import clock

PREFIX = "lines"
NO_LINES = {f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}


@dataclass
class Sheet:
    """What somebody is filling in: of a new order, or of one that is there."""

    form: OrderForm
    lines: LineFormSet
    order: Order | None = None

    @classmethod
    def typed(cls, data: QueryDict, order: Order | None) -> Sheet:
        """The sheet as it was sent in."""
        return cls(OrderForm(data, order=order), OrderLineFormSet(data, prefix=PREFIX), order)  # type: ignore[arg-type]

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

    def standing(self, actor: User) -> Standing:
        """How far it is: from what was typed, from the stored order, or from nothing."""
        if self.form.is_bound:
            return standing(self.form, self.lines, actor=actor)
        if self.order is not None:
            return standing_of(self.order, actor=actor)
        nothing = OrderLineFormSet(NO_LINES, prefix=PREFIX)
        seen = {name: self.form[name].value() for name in self.form.fields}
        seen = {name: self.form.fields[name].prepare_value(value) for name, value in seen.items()}
        seen |= {"business_kind": self.kind.code if self.kind else "", "payment_terms": PaymentTerms.MONTHLY_30}
        return standing(OrderForm(seen), nothing, actor=actor)  # type: ignore[arg-type]

    @property
    def kind(self) -> BusinessKind | None:
        """The kind that is chosen, or the first one on offer."""
        if self.form.is_bound and self.form.is_valid():
            return self.form.cleaned_data["business_kind"]  # type: ignore[no-any-return]
        return self.order.business_kind if self.order else BusinessKind.objects.filter(active=True).first()

    def blame(self, error: ValidationError) -> list[str]:
        """Put what the service said beside the fields it speaks of; the rest comes back."""
        named = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        left: list[str] = []
        for key, found in named.items():
            form, name = self._place(key)
            for words in found:
                if form is None:
                    left.append(words)
                else:
                    form.add_error(name, words)
        return left

    def _place(self, key: str) -> tuple[OrderForm | LineForm | None, str]:
        line = re.fullmatch(r"lines\.(\d+)\.(\w+)", key)
        if line and int(line[1]) < len(self.lines.filled):
            return self.lines.filled[int(line[1])], line[2]
        return (self.form, key) if key in self.form.fields else (None, "")


def blank(customer: str) -> dict[str, Any]:
    """What a new sheet begins with."""
    return {"received_at": clock.now(), "tax": "0.13+", "basis": "written", "customer": customer[:160]}
