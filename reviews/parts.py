"""The executing part of annex 2 that each department gets with its copy of the notice (第六条)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from papers.models import Paper
from papers.services import Filed, file_papers
from papers.shapes import ReviewSnapshot
from parties.models import User
from reviews.models import Notice, NoticeCopy
from reviews.rights import of_department
from reviews.sight import sees_whole

PART = "review_part"


def hand_out_parts(about: str, copies: Iterable[NoticeCopy], *, actor: User) -> None:
    """随通知单发放：评审表里各部门自己那一份，交它执行（第六条）。"""
    whole = Paper.objects.of(about).filter(kind="review").first()
    if whole is None:
        return
    parts = ((copy, part_of(whole, copy)) for copy in copies)
    filed = [
        Filed(copy.about, content["number"], whole.version, cast(ReviewSnapshot, content))
        for copy, content in parts
        if content
    ]
    file_papers(PART, filed, actor=actor)


def part_of(whole: Paper, copy: NoticeCopy) -> dict[str, Any] | None:
    """What of the frozen form is this department's: its answers, the date, the signatures; no price, nobody else."""
    name, content = copy.department.name, whole.content
    if name not in content["departments"]:
        return None
    place = content["departments"].index(name)
    points = [{**point, "results": [point["results"][place]]} for point in content["points"]]
    own = {"departments": [name], "points": points, "answers": [content["answers"][place]], "part_of": name}
    kept = {
        "number": f"{content['number']}-{copy.number}",
        "amount": "",
        "balance": content["balance"] | {"negotiated": ""},
    }
    return {**content, **own, **kept}


def papers_for(notice: Notice, user: User) -> list[str]:
    """On which documents lie the papers of this notice that the person reads: the notice's, and the own copy's."""
    if sees_whole(user):
        return [notice.about]
    return [notice.about, *(copy.about for copy in notice.copies_now if of_department(copy, user))]
