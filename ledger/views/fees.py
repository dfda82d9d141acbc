"""费用入账：在业务单的台账页签上（A61）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ledger import credit, services
from ledger.views.seeing import may_look
from orders.selectors import visible_orders
from parties.http import StaffRequest
from workflow.views import act


@login_required
@require_POST
def charge_fees(request: StaffRequest, number: str) -> HttpResponse:
    """费用提前入账，好在发货以前开票（第六章，台账）。"""
    may_look(request)
    order = get_object_or_404(visible_orders(request.user).numbered(number))
    return act(
        request,
        lambda: services.charge_fees(order, actor=request.user),
        then=credit.ledger_tab(order),
        done=_("费用入账了，可以开票。"),
    )
