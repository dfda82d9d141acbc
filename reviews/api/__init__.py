"""/api/v1/: the addresses of rounds with their answers, notices with their copies (第三章)."""

from __future__ import annotations

from django.urls import path

from reviews.api.changes import (
    AgreeToChange,
    AgreeWithoutReview,
    ChangeDetail,
    ChangeImpactView,
    ChangeRounds,
    Changes,
    RefuseChange,
    SubmitChange,
    WithdrawChange,
)
from reviews.api.holdings import ArchiveOriginal, HeldCopies
from reviews.api.meeting import ReviewMeetingDetail
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
from reviews.api.told import Tellings

OUTCOMES = ("pass", "negotiate", "reject")

urlpatterns = [
    path("orders/<slug:number>/reviews/", Rounds.as_view()),
    path("orders/<slug:number>/notices/", Notices.as_view()),
    path("orders/<slug:number>/changes/", Changes.as_view()),
    path("changes/<int:pk>/", ChangeDetail.as_view()),
    path("changes/<int:pk>/impact/", ChangeImpactView.as_view()),
    path("changes/<int:pk>/submit/", SubmitChange.as_view()),
    path("changes/<int:pk>/withdraw/", WithdrawChange.as_view()),
    path("changes/<int:pk>/refuse/", RefuseChange.as_view()),
    path("changes/<int:pk>/agree-without-review/", AgreeWithoutReview.as_view()),
    path("changes/<int:pk>/agree-as-reviewed/", AgreeToChange.as_view()),
    path("changes/<int:pk>/reviews/", ChangeRounds.as_view()),
    path("reviews/<int:pk>/", RoundDetail.as_view()),
    path("reviews/<int:pk>/meeting/", ReviewMeetingDetail.as_view()),
    path("reviews/<int:pk>/told/", Tellings.as_view()),
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
    path("notice-copies/", HeldCopies.as_view()),
    path("notices/<slug:number>/archive/", ArchiveOriginal.as_view()),
    path("notices/<slug:number>/pdf/", NoticePdf.as_view()),
    *[
        path(f"notices/<slug:number>/copies/<slug:department>/{verb}/", OneCopy.as_view(verb=verb))
        for verb in ("lost", *COPY_ACTS)
    ],
]
