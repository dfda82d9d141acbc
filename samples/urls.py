"""Addresses of the register of samples (第十条、第五章，寄样)."""

from django.urls import path

from samples.views import detail, lending, listing, registering, sending

app_name = "samples"

SAMPLE, SENT = "samples/<slug:number>/", "sample-dispatches/<slug:number>/"

urlpatterns = [
    path("samples/", listing.samples, name="list"),
    path("samples/new/", registering.new, name="new"),
    path(SAMPLE, detail.detail, name="detail"),
    path(f"{SAMPLE}label/", detail.label, name="label"),
    path(f"{SAMPLE}lend/", detail.lend, name="lend"),
    path(f"{SAMPLE}move/", detail.move, name="move"),
    path(f"{SAMPLE}correct/", detail.correct, name="correct"),
    path(f"{SAMPLE}keep-longer/", detail.keep_longer, name="keep_longer"),
    path(f"{SAMPLE}close/", detail.close, name="close"),
    path(f"{SAMPLE}photos/", detail.photograph, name="photograph"),
    path(f"{SAMPLE}ask-pass/", detail.ask_pass, name="ask_pass"),
    *[
        path(f"{SAMPLE}{verb}/", detail.spend, {"verb": verb}, name=name)
        for verb, name in (("use-up", "use_up"), ("return", "return"), ("lose", "lose"))
    ],
    path("loans/<slug:number>/", lending.loan, name="loan"),
    *[
        path(f"loans/<slug:number>/{verb}/", lending.act_on, {"verb": verb}, name=f"loan_{verb.replace('-', '_')}")
        for verb in lending.LOAN_ACTS
    ],
    path("passes/<slug:number>/", lending.gate_pass, name="gate_pass"),
    *[
        path(f"passes/<slug:number>/{verb}/", lending.decide, {"verb": verb}, name=f"pass_{verb}")
        for verb in ("approve", "refuse")
    ],
    path("sample-dispatches/", listing.dispatches, name="dispatches"),
    path("sample-dispatches/new/", sending.new, name="new_dispatch"),
    path(SENT, sending.dispatch, name="dispatch"),
    path(f"{SENT}ask-pass/", sending.ask_pass, name="dispatch_ask_pass"),
    *[path(f"{SENT}{verb}/", sending.move, {"verb": verb}, name=f"dispatch_{verb}") for verb in sending.FORMS],
]
