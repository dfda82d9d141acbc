"""What is filed on an order: by form, by drop, by paste, by camera (A6.1a, B8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders import services
from orders.kind_papers import wanted_papers
from orders.views.life import acted, order_at
from papers.models import Attachment, KeptFile
from parties.http import StaffRequest
from workflow.views import act

BY_SCRIPT = "drop"
KINDS = {"basis", "original"}


def uploaded(request: StaffRequest, keep: Callable[[], Sequence[KeptFile]]) -> HttpResponse:
    """One file sent by the page's script: its entry in the list, or a sentence why not."""
    return act(
        request,
        keep,
        then="",
        answer=lambda files: render(request, "orders/_file.html", {"file": files[0]}),
        refused=lambda problem: HttpResponse(problem.words, status=problem.status, content_type="text/plain"),
    )


@login_required
@require_POST
def attachments(request: StaffRequest, number: str) -> HttpResponse:
    """归到这张单上的文件（B8）。"""
    order = order_at(request, number)
    kind = request.POST.get("kind", "")
    files = request.FILES.getlist("file")

    def keep() -> list[Attachment]:
        if not request.user.may("orders.view"):
            raise PermissionDenied(_("您不能往这张单上放文件"))
        known = {*KINDS, *(paper.name for paper in wanted_papers(order))} if kind else KINDS
        return services.file_on_order(files, order, actor=request.user, kind=kind if kind in known else "")

    if request.headers.get("X-Requested-With") == BY_SCRIPT:
        return uploaded(request, keep)
    return acted(request, order, keep, _("文件已归到这张单上。"))
