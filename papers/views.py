"""Pages of papers: the public verify page, the PDF, a print, an attachment."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from papers import responses, services
from papers.kinds import KINDS
from papers.models import Attachment, Paper, PrintLog, WaitingFile
from papers.registry import may_read, may_see
from parties.http import StaffRequest
from parties.models import User
from workflow.views import act


@require_GET
def verify(request: HttpRequest, number: str, hash8: str) -> HttpResponse:
    """扫码核验，不必登录：现行，或作废（已更改、已取消）与时间、版本；客户一字不提（第二十二条）。"""
    paper = paper_on(number.upper(), hash8.lower())
    shown: dict[str, object] = {"number": number.upper(), "paper": paper}
    if paper is not None:
        shown |= {"title": paper.title, "company": paper.content["company"]}
        shown["void_words"] = KINDS[paper.kind].void_words
    return render(request, "papers/verify.html", shown, status=200 if paper else 404)


def paper_on(number: str, hash8: str) -> Paper | None:
    """The paper with both the number and the fingerprint that are printed on it."""
    found: QuerySet[Paper] = Paper.objects.filter(number=number).select_related("voiding").order_by("-version", "-id")
    return next((paper for paper in found if paper.fingerprint[:8] == hash8), None)


@login_required
@require_GET
def pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """单据的 PDF，签发时的字节（第二十条）。"""
    return responses.pdf_response(request, seen_paper(request.user, pk), request.user)


@login_required
@require_POST
def print_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """打印一份，记第几次（第二十条）。"""
    paper = seen_paper(request.user, pk)
    return act(
        request,
        lambda: services.print_paper(paper, actor=request.user, copy=request.POST.get("copy", "")),
        then=lambda log: reverse("papers:printed", args=[log.pk]) if log else reverse("papers:pdf", args=[pk]),
    )


@login_required
@require_GET
def printed(request: StaffRequest, pk: int) -> HttpResponseBase:
    """一次打印的 PDF（第二十条）。"""
    log = get_object_or_404(PrintLog.objects.select_related("paper"), pk=pk)
    seen_paper(request.user, log.paper_id)
    return responses.print_response(request, log, request.user)


@login_required
@require_GET
def attachment(request: StaffRequest, pk: int) -> HttpResponseBase:
    """一个附件，能看其单据的人才能看（B7）。"""
    found = get_object_or_404(Attachment, pk=pk)
    if not may_see(request.user, found.about):
        raise Http404
    return responses.attachment_response(found)


@login_required
@require_GET
def thumbnail(request: StaffRequest, pk: int) -> HttpResponseBase:
    """附件图片的小图，能看其单据的人才能看；不是图片就没有（B7）。"""
    found = get_object_or_404(Attachment, pk=pk, media_type__startswith="image/")
    if not may_see(request.user, found.about):
        raise Http404
    return responses.thumbnail_response(found)


@login_required
@require_GET
def waiting(request: StaffRequest, pk: int) -> HttpResponseBase:
    """表单先收下、还没有归档的文件，只有开表的人能看（B7）。"""
    return responses.attachment_response(_waiting(request.user, WaitingFile.objects.all(), pk))


@login_required
@require_GET
def waiting_thumbnail(request: StaffRequest, pk: int) -> HttpResponseBase:
    """它的小图；不是图片就没有（B7）。"""
    pictures = WaitingFile.objects.filter(media_type__startswith="image/")
    return responses.thumbnail_response(_waiting(request.user, pictures, pk))


def _waiting(person: User, rows: QuerySet[WaitingFile], pk: int) -> WaitingFile:
    found: WaitingFile = get_object_or_404(rows.filter(cleared_at=None), pk=pk)
    if not may_see(person, found.about):
        raise Http404
    return found


def seen_paper(person: User, pk: int) -> Paper:
    """The paper, for those who may see its document; for everybody else there is none."""
    papers: QuerySet[Paper] = Paper.objects.select_related("voiding")
    paper = get_object_or_404(papers, pk=pk)
    if not may_read(person, paper.about, paper.kind):
        raise Http404
    return paper
