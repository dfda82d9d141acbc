"""Papers: filed once with frozen content, voided once, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from papers import storage
from papers.canonical import fingerprint, plain
from papers.conform import conform
from papers.kinds import KINDS
from papers.models import Attachment, Paper, PaperVoid
from papers.pictures import as_address
from papers.registry import Document, named
from papers.shapes import Company, Frame, Signature, Snapshot
from parties.models import Company as CompanyRecord
from parties.models import User
from workflow.machine import together
from workflow.outbox import post, post_all

RENDER = "papers.render"
LOGO = "logo"


@together
def file_paper(
    *, kind: str, about: Document | str, number: str, version: int, snapshot: Snapshot, actor: User
) -> Paper:
    """单据归档：内容、编号、版本与指纹一次写定，PDF 随后由工人印成（第二十条）。"""
    conform(snapshot, KINDS[kind].shape)
    if (snapshot["number"], snapshot["version"]) != (number, version):
        raise ValueError(f"{kind} {number} v{version} was given the content of {snapshot['number']}")
    paper: Paper = Paper.objects.create(
        kind=kind,
        about=named(about),
        number=number,
        version=version,
        content=plain(snapshot),
        fingerprint=fingerprint(cast(Mapping[str, Any], snapshot)),
        filed_by=actor,
        filed_by_name=str(actor),
    )
    ask_for_rendering(paper)
    return paper


@dataclass(frozen=True)
class Filed:
    """One of several papers of a kind, filed together: on what, its number and version, its content."""

    about: str
    number: str
    version: int
    snapshot: Snapshot


@together
def file_papers(kind: str, filed: Sequence[Filed], *, actor: User) -> list[Paper]:
    """几张同类单据一起归档：两条语句，不论几张（第二十条）。"""
    papers = []
    for one in filed:
        conform(one.snapshot, KINDS[kind].shape)
        content, mark = plain(one.snapshot), fingerprint(cast(Mapping[str, Any], one.snapshot))
        about = {"kind": kind, "about": one.about, "number": one.number, "version": one.version}
        papers.append(Paper(**about, content=content, fingerprint=mark, filed_by=actor, filed_by_name=str(actor)))
    Paper.objects.bulk_create(papers)
    post_all(RENDER, [(f"papers_paper:{paper.pk}", {"paper": paper.pk}) for paper in papers])
    return papers


@together
def void_paper(paper: Paper, *, reason: str, actor: User, successor: str = "") -> PaperVoid:
    """单据作废：被更改取代或取消，即刻起处处显示作废；原件字节不动，另印作废件；再作废不变（第二十二条）。"""
    void: PaperVoid
    void, made = PaperVoid.objects.get_or_create(
        paper=paper, defaults={"reason": reason, "successor": successor, "by": actor, "by_name": str(actor)}
    )
    if made:
        ask_for_rendering(paper)
    return void


def ask_for_rendering(paper: Paper) -> None:
    """The faces that are still missing are printed after commit, in order per paper."""
    post(RENDER, f"papers_paper:{paper.pk}", {"paper": paper.pk})


def frame(
    *,
    kind: str,
    number: str,
    prepared_by: User | str,
    prepared_at: datetime,
    signatures: Sequence[Signature],
    version: int = 1,
) -> Frame:
    """What every snapshot begins with: company, number, form, hands."""
    return Frame(
        company=company_block(),
        number=number,
        version=version,
        form=KINDS[kind].form,
        layout=KINDS[kind].layout,
        prepared_by=str(prepared_by),
        prepared_at=prepared_at,
        signatures=list(signatures),
    )


def company_block() -> Company:
    """本公司抬头：名称、英文名、标志；标志是归在公司上的最新一张图（第二十条）。"""
    about = Concat(Value("parties_company:"), Cast(OuterRef("pk"), CharField()))
    logo = Attachment.objects.filter(about=about, kind=LOGO).order_by("-at", "-id")
    records = CompanyRecord.objects.annotate(
        logo_type=Subquery(logo.values("media_type")[:1]), logo_sha256=Subquery(logo.values("sha256")[:1])
    )
    record = records.first()
    if record is None:
        return Company(name="", english_name="")
    block = Company(name=record.name, english_name=record.english_name, address=record.address, phone=record.phone)
    if record.logo_sha256:
        block["logo"] = as_address(record.logo_type, storage.read(record.logo_sha256))
    return block
