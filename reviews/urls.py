"""Addresses of the reviews chapter (第三章)."""

from django.urls import path

from reviews.views import (
    answering,
    authorising,
    changes,
    convening,
    copies,
    holdings,
    listing,
    meeting,
    notices,
    rounds,
    signing,
    telling,
)

app_name = "reviews"

urlpatterns = [
    path("reviews/", listing.rounds, name="list"),
    path("reviews/countersign/", signing.countersign_answers, name="countersign_answers"),
    path("reviews/<int:pk>/", rounds.detail, name="detail"),
    path("reviews/<int:pk>/balance/", rounds.balance, name="balance"),
    path("reviews/<int:pk>/request-meeting/", rounds.request_meeting, name="request_meeting"),
    path("reviews/<int:pk>/turn-into-meeting/", rounds.turn_into_meeting, name="turn_into_meeting"),
    path("reviews/<int:pk>/meeting/", meeting.meeting, name="meeting"),
    path("reviews/<int:pk>/meeting/change/", meeting.change, name="change_meeting"),
    path("reviews/<int:pk>/told/", telling.told, name="told"),
    path("reviews/<int:pk>/conclude/", rounds.conclude, name="conclude"),
    path("reviews/<int:pk>/answers/<slug:department>/", answering.answer, name="answer"),
    path("reviews/<int:pk>/answers/<slug:department>/effect/", answering.effect, name="effect"),
    path("reviews/<int:pk>/answers/<slug:department>/sign/", answering.sign, name="sign_answer"),
    path("reviews/<int:pk>/answers/<slug:department>/countersign/", answering.countersign, name="countersign"),
    path("authorisations/", authorising.authorisations, name="authorisations"),
    path("authorisations/<int:pk>/revoke/", authorising.revoke, name="revoke_authorisation"),
    path("orders/<slug:number>/reviews/new/", convening.open_round, name="open_round"),
    path("orders/<slug:number>/changes/new/", changes.new, name="new_change"),
    path("changes/", listing.changes, name="changes"),
    path("changes/<int:pk>/", changes.detail, name="change"),
    path("changes/<int:pk>/edit/", changes.edit, name="edit_change"),
    path("changes/<int:pk>/submit/", changes.submit, name="submit_change"),
    path("changes/<int:pk>/withdraw/", changes.withdraw, name="withdraw_change"),
    path("changes/<int:pk>/refuse/", changes.refuse, name="refuse_change"),
    path("changes/<int:pk>/agree-without-review/", changes.agree_without_review, name="agree_without_review"),
    path("changes/<int:pk>/agree-as-reviewed/", changes.agree, name="agree_to_change"),
    path("changes/<int:pk>/reviews/new/", changes.open_round, name="open_change_round"),
    path("changes/<int:pk>/notices/", changes.create_notice, name="create_change_notice"),
    path("orders/<slug:number>/reviews/compare/", telling.compare, name="compare"),
    path("orders/<slug:number>/notices/", notices.create, name="create_notice"),
    path("notices/", listing.notices, name="notices"),
    path("notices/copies/", holdings.who_has_what, name="who_has_what"),
    path("notices/copies/register/", holdings.register, name="copy_register"),
    path("notices/acknowledge/", holdings.acknowledge_many, name="acknowledge_many"),
    path("notices/sign/", signing.sign_notices, name="sign_notices"),
    path("notices/<slug:number>/", notices.detail, name="notice"),
    path("notices/<slug:number>/sign/", notices.sign, name="sign"),
    path("notices/<slug:number>/refuse/", notices.refuse, name="refuse"),
    path("notices/<slug:number>/issue/", notices.issue, name="issue"),
    path("notices/<slug:number>/archive/", holdings.archive, name="archive_original"),
    path("notices/<slug:number>/copies/<slug:department>/hand-out/", holdings.hand_out, name="hand_out"),
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
