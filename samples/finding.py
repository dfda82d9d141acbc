"""What the register finds for the one search box: things by number or name, dispatches and passes by number (B8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samples.models import GatePass, Sample, SampleDispatch
from samples.selectors import visible_dispatches, visible_passes, visible_samples
from workflow.events import contributes
from workflow.finding import Find, Found, newest


@contributes(Find)
def samples(request: Find) -> Iterator[Found]:
    """样品：按编号、名称、规格、客户、业务单号、存放处（第十条）。"""
    return newest(visible_samples(request.user), request, _sample, searched=True)


@contributes(Find)
def dispatches(request: Find) -> Iterator[Found]:
    """寄样：按编号（第五章，寄样）。"""
    return newest(visible_dispatches(request.user), request, _dispatch)


@contributes(Find)
def passes(request: Find) -> Iterator[Found]:
    """放行条：按编号（C类 客供料）。"""
    return newest(visible_passes(request.user), request, _pass)


def _sample(one: Sample) -> Found:
    url, note = reverse("samples:detail", args=[one.number]), _("放在%(place)s") % {"place": one.place}
    return Found(one.number, one.name, url, one.get_kind_display(), one.get_state_display(), note)


def _dispatch(one: SampleDispatch) -> Found:
    url = reverse("samples:dispatch", args=[one.number])
    return Found(one.number, one.customer_name, url, _("寄样"), one.get_state_display(), one.purpose)


def _pass(one: Any) -> Found:
    gate_pass: GatePass = one
    url = reverse("samples:gate_pass", args=[gate_pass.number])
    return Found(gate_pass.number, gate_pass.what, url, _("放行条"), gate_pass.get_state_display())
