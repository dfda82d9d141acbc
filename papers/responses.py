"""How files go out: as they were stored, under headers that let nothing run."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from papers import pictures, storage
from papers.compose import EVERY_COPY
from papers.kinds import KINDS
from papers.models import KeptFile, Paper, PrintLog, Rendering
from papers.services.printing import shows_money
from parties.models import User

INLINE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}
RETRY_AFTER = 2


def pdf_response(request: HttpRequest, paper: Paper, person: User) -> HttpResponseBase:
    """签发的单据：现行者原件，作废者作废件；还没印成则 202 请稍候（第二十条、第二十二条）。"""
    priced = shows_money(KINDS[paper.kind], person)
    face = Rendering.Face.VOID if paper.voided else Rendering.Face.ISSUE
    found = paper.renderings.filter(face=face, priced=priced).first()
    return rendered(request, found, f"{paper.title} {paper.number}.pdf")


def print_response(request: HttpRequest, log: PrintLog, person: User) -> HttpResponseBase:
    """One print, for whoever may see what is on it."""
    kind = KINDS[log.paper.kind]
    if log.priced and not shows_money(kind, person):
        raise PermissionDenied(_("这张单据列有金额，您的岗位不能查看"))
    copy = _("各联") if log.copy == EVERY_COPY else log.copy
    name = " ".join(part for part in (log.paper.title, log.paper.number, copy) if part)
    return rendered(request, Rendering.objects.filter(print_log=log).first(), f"{name}.pdf")


def rendered(request: HttpRequest, found: Rendering | None, name: str) -> HttpResponseBase:
    """The stored bytes, or the request to come back in a moment."""
    if found is not None:
        return stored_file(found.sha256, "application/pdf", name)
    if request.accepts("text/html"):
        answer = render(request, "papers/waiting.html", {"seconds": RETRY_AFTER, "name": name}, status=202)
        answer["Refresh"] = str(RETRY_AFTER)
    else:
        answer = JsonResponse({"status": "rendering", "retry_after": RETRY_AFTER}, status=202)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def attachment_response(attachment: KeptFile) -> HttpResponseBase:
    """One attachment."""
    return stored_file(attachment.sha256, attachment.media_type, attachment.name)


def thumbnail_response(attachment: KeptFile) -> HttpResponse:
    """A small picture of one attachment."""
    small = pictures.thumbnail(storage.read(attachment.sha256))
    return HttpResponse(small, content_type="image/jpeg", headers={"ETag": f'"{attachment.sha256}-s"'})


def stored_file(sha256: str, media_type: str, name: str) -> HttpResponse:
    """Pictures and PDFs may be shown, everything else is handed over as a file; nothing in it may run."""
    answer = HttpResponse(storage.read(sha256), content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(media_type not in INLINE, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{sha256}"'
    if media_type != "application/pdf":
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
