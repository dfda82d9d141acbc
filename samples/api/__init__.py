"""The register of samples over REST (API.md): samples, loans, dispatches, gate passes."""

from django.urls import path

from samples.api.loans import LoanAct, LoanDetail, Loans
from samples.api.passes import PassAct, PassDetail, Passes
from samples.api.sending import DispatchAct, DispatchDetail, Dispatches, DispatchPass
from samples.api.things import SampleAct, SampleDetail, SamplePass, Samples

S, L, D, P = "samples/<str:number>/", "loans/<str:number>/", "sample-dispatches/<str:number>/", "passes/<str:number>/"

urlpatterns = [
    path("samples/", Samples.as_view(), name="samples"),
    path(S, SampleDetail.as_view(), name="sample"),
    path(f"{S}ask-pass/", SamplePass.as_view(), name="sample-ask-pass"),
    *[path(f"{S}{verb}/", SampleAct.as_view(verb=verb), name=f"sample-{verb}") for verb in SampleAct.acts],
    path("loans/", Loans.as_view(), name="loans"),
    path(L, LoanDetail.as_view(), name="loan"),
    *[path(f"{L}{verb}/", LoanAct.as_view(verb=verb), name=f"loan-{verb}") for verb in LoanAct.acts],
    path("sample-dispatches/", Dispatches.as_view(), name="sample-dispatches"),
    path(D, DispatchDetail.as_view(), name="sample-dispatch"),
    path(f"{D}ask-pass/", DispatchPass.as_view(), name="sample-dispatch-ask-pass"),
    *[path(f"{D}{verb}/", DispatchAct.as_view(verb=verb), name=f"dispatch-{verb}") for verb in DispatchAct.acts],
    path("passes/", Passes.as_view(), name="passes"),
    path(P, PassDetail.as_view(), name="pass"),
    *[path(f"{P}{verb}/", PassAct.as_view(verb=verb), name=f"pass-{verb}") for verb in PassAct.acts],
]
