"""Addresses of the reviews chapter (第三章)."""

from django.urls import path

from reviews.views import answering, convening, copies, listing, notices, rounds, signing

app_name = "reviews"

urlpatterns = [
    path("reviews/", listing.rounds, name="list"),
    path("reviews/<int:pk>/", rounds.detail, name="detail"),
    path("reviews/<int:pk>/balance/", rounds.balance, name="balance"),
    path("reviews/<int:pk>/request-meeting/", rounds.request_meeting, name="request_meeting"),
    path("reviews/<int:pk>/turn-into-meeting/", rounds.turn_into_meeting, name="turn_into_meeting"),
    path("reviews/<int:pk>/conclude/", rounds.conclude, name="conclude"),
    path("reviews/<int:pk>/answers/<slug:department>/", answering.answer, name="answer"),
    path("reviews/<int:pk>/answers/<slug:department>/effect/", answering.effect, name="effect"),
    path("reviews/<int:pk>/answers/<slug:department>/sign/", answering.sign, name="sign_answer"),
    path("reviews/<int:pk>/answers/<slug:department>/countersign/", answering.countersign, name="countersign"),
    path("orders/<slug:number>/reviews/new/", convening.open_round, name="open_round"),
    path("orders/<slug:number>/notices/", notices.create, name="create_notice"),
    path("notices/", listing.notices, name="notices"),
    path("notices/sign/", signing.sign_notices, name="sign_notices"),
    path("notices/<slug:number>/", notices.detail, name="notice"),
    path("notices/<slug:number>/sign/", notices.sign, name="sign"),
    path("notices/<slug:number>/refuse/", notices.refuse, name="refuse"),
    path("notices/<slug:number>/issue/", notices.issue, name="issue"),
    *[
        path(f"notices/<slug:number>/copies/<slug:department>/{verb}/", copies.act_on, {"verb": verb}, name=name)
        for verb, name in (
            ("acknowledge", "acknowledge"),
            ("return-copy", "return_copy"),
            ("report-lost", "report_lost"),
            ("approve-lost", "approve_lost"),
        )
    ],
]
