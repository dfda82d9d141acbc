"""Faces of a paper: the issued one, the void one, and every print."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from papers import compose, render, storage
from papers.canonical import plain
from papers.kinds import KINDS, Kind
from papers.models import Paper, PaperVoid, PrintLog, Rendering
from papers.registry import facts_about
from papers.services.filing import RENDER
from parties.models import User
from parties.roles import MONEY_RIGHT
from workflow.outbox import post

Face = Rendering.Face


@transaction.atomic
def print_paper(paper: Paper, *, actor: User, copy: str = "") -> PrintLog:
    """打印一份：记第几次、何人、哪一份或哪一联，印上此刻已知的签收与实际日期（第二十条、B7）。"""
    kind = KINDS[paper.kind]
    check_copy(paper, copy)
    log: PrintLog = PrintLog.objects.create(
        paper=paper,
        nth=next_print(paper),
        copy=copy,
        priced=shows_money(kind, actor),
        facts=plain(facts_about(paper.about)),
        by=actor,
        by_name=str(actor),
    )
    post(RENDER, f"papers_print:{log.pk}", {"print": log.pk})
    return log


def shows_money(kind: Kind, person: User) -> bool:
    """Whether this person gets the face with prices; a paper that is all money has no other (B7)."""
    priced = kind.money and person.may(MONEY_RIGHT)
    if kind.money and not priced and not kind.plain:
        raise PermissionDenied(_("这张单据列有金额，您的岗位不能查看"))
    return priced


def check_copy(paper: Paper, copy: str) -> None:
    """A copy that the paper does not have is refused."""
    if copy and copy not in {compose.EVERY_COPY, *paper.holders}:
        raise ValidationError(_("这张单据没有“%s”这一份") % copy, code="no_such_copy")


def next_print(paper: Paper) -> int:
    """The count goes on under a lock of its own: rows of a paper are never locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('papers_paper'), %s)", [paper.pk % 2**31])
    return int(paper.prints.count()) + 1


def render_paper(paper_id: int) -> None:
    """印成还缺的各面：原件，已作废的再加作废件；再做一次不变（第二十条、第二十二条）。"""
    paper = Paper.objects.select_related("voiding").get(pk=paper_id)
    for priced in KINDS[paper.kind].faces:
        render_face(paper, Face.ISSUE, priced=priced)
        if paper.voided:
            render_face(paper, Face.VOID, priced=priced, void=paper.voided)


def render_face(paper: Paper, face: Face, *, priced: bool, void: PaperVoid | None = None) -> None:
    """One face, once: what is printed already stays."""
    if not paper.renderings.filter(face=face, priced=priced).exists():
        keep(paper, face, priced=priced, pdf=drawn(paper, priced=priced, void=void))


def render_print(print_id: int) -> None:
    """印成一次打印；此时已作废的印上作废（第二十二条）。"""
    log = PrintLog.objects.select_related("paper__voiding").get(pk=print_id)
    if not Rendering.objects.filter(print_log=log).exists():
        pdf = drawn(log.paper, priced=log.priced, void=log.paper.voided, log=log)
        keep(log.paper, Face.PRINT, priced=log.priced, pdf=pdf, log=log)


def drawn(paper: Paper, *, priced: bool, void: PaperVoid | None, log: PrintLog | None = None) -> bytes:
    """The bytes of one face."""
    pages = compose.pages_of(paper, priced=priced, void=void, log=log)
    return render.render_pdf(KINDS[paper.kind].template, pages)


def keep(paper: Paper, face: Face, *, priced: bool, pdf: bytes, log: PrintLog | None = None) -> None:
    """The file first, then its row; of two workers on the same face the first one's row stands."""
    stored = storage.store(pdf)
    row = Rendering(paper=paper, face=face, priced=priced, print_log=log, sha256=stored.sha256, size=stored.size)
    Rendering.objects.bulk_create([row], ignore_conflicts=True)
