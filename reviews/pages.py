"""Where things of this chapter are done."""

from __future__ import annotations

from django.urls import reverse

from reviews.models import Answer, Notice, Round


def answer_page(answer: Answer) -> str:
    """Where a department answers."""
    return reverse("reviews:answer", args=[answer.round_id, answer.department.code])


def meeting_page(review: Round) -> str:
    """Where a meeting is arranged, and its attendance and minutes are entered."""
    return reverse("reviews:meeting", args=[review.pk])


def notice_page(notice: Notice) -> str:
    """Where a notice is shown, signed, issued, acknowledged."""
    return reverse("reviews:notice", args=[notice.number])
