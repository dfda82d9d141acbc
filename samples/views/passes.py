"""What a person may do with a gate pass, wherever it is shown (C7)."""

from __future__ import annotations

from django.urls import reverse

from parties.models import User
from samples.models import GatePass, Sample
from workflow.machine import offers
from workflow.views import Button, buttons


def pass_buttons(gate_pass: GatePass, sample: Sample | None, user: User) -> list[Button]:
    """What this person may do with one pass."""
    if sample is not None:
        gate_pass.sample, gate_pass.order = sample, sample.order
    base = reverse("samples:gate_pass", args=[gate_pass.number])
    return [
        Button(
            f"{one.name}-pass{gate_pass.pk}",
            one.label,
            one.url,
            one.article,
            one.refusals,
            one.needs_reason,
            primary=one.name == "approve",
        )
        for one in buttons(offers(gate_pass, user), base)
    ]
