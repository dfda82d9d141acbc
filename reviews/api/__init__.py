"""/api/v1/: the addresses of rounds with their answers, notices with their copies (第三章)."""

from __future__ import annotations

from django.urls import path

from reviews.api.notices import (
    COPY_ACTS,
    IssueNotice,
    NoticeDetail,
    NoticePdf,
    Notices,
    OneCopy,
    RefuseNotice,
    SignNotice,
)
from reviews.api.rounds import (
    AnswerDetail,
    Balance,
    Conclude,
    ConcludeAs,
    Countersign,
    RequestMeeting,
    RoundDetail,
    Rounds,
    SignAnswer,
    TurnIntoMeeting,
)

OUTCOMES = ("pass", "negotiate", "reject")

urlpatterns = [
    path("orders/<slug:number>/reviews/", Rounds.as_view()),
    path("orders/<slug:number>/notices/", Notices.as_view()),
    path("reviews/<int:pk>/", RoundDetail.as_view()),
    path("reviews/<int:pk>/balance/", Balance.as_view()),
    path("reviews/<int:pk>/request-meeting/", RequestMeeting.as_view()),
    path("reviews/<int:pk>/turn-into-meeting/", TurnIntoMeeting.as_view()),
    path("reviews/<int:pk>/conclude/", Conclude.as_view()),
    *[path(f"reviews/<int:pk>/conclude-{name}/", ConcludeAs.as_view(outcome=name)) for name in OUTCOMES],
    path("reviews/<int:pk>/answers/<slug:department>/", AnswerDetail.as_view()),
    path("reviews/<int:pk>/answers/<slug:department>/sign/", SignAnswer.as_view()),
    path("reviews/<int:pk>/answers/<slug:department>/countersign/", Countersign.as_view()),
    path("notices/<slug:number>/", NoticeDetail.as_view()),
    path("notices/<slug:number>/sign/", SignNotice.as_view()),
    path("notices/<slug:number>/refuse/", RefuseNotice.as_view()),
    path("notices/<slug:number>/issue/", IssueNotice.as_view()),
    path("notices/<slug:number>/pdf/", NoticePdf.as_view()),
    *[
        path(f"notices/<slug:number>/copies/<slug:department>/{verb}/", OneCopy.as_view(verb=verb))
        for verb in ("lost", *COPY_ACTS)
    ],
]
