"""各份通知单的动作：签收、交回、报失、核准遗失（第六条、第二十二条）。"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from parties.http import StaffRequest
from reviews import services
from reviews.models import NoticeCopy
from reviews.views.notices import acted, notice_at
from workflow.forms import clean_words

PLAIN: dict[str, tuple[Callable[..., NoticeCopy], object]] = {
    "acknowledge": (services.acknowledge_copy, gettext_lazy("已签收。")),
    "return-copy": (services.return_copy, gettext_lazy("已登记交回。")),
    "approve-lost": (services.approve_lost, gettext_lazy("遗失已核准。")),
}


@login_required
@require_POST
def act_on(request: StaffRequest, number: str, department: str, verb: str) -> HttpResponse:
    """一份的一个动作（第六条、第二十二条）。"""
    notice = notice_at(request, number)
    notice.__dict__.pop("expected_revision", None)
    copy = next((one for one in notice.copies_now if one.department.code == department), None)
    if copy is None:
        raise Http404
    copy.notice = notice
    if verb == "report-lost":
        reason = request.POST.get("reason", "")
        return acted(
            request,
            notice,
            lambda: services.report_lost(copy, clean_words(reason, lines=True), actor=request.user),
            _("原因已记下，等主任核准。"),
        )
    do, done = PLAIN[verb]
    return acted(request, notice, lambda: do(copy, actor=request.user), str(done))
