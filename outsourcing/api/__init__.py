"""Processors, outsourcing plans and orders over REST (API.md)."""

from django.urls import path

from outsourcing.api.documents import Outsourcing, OutsourcingDetail
from outsourcing.api.moves import (
    Approve,
    Cancel,
    FinishReceiving,
    MaterialIssues,
    MaterialReturns,
    Receipts,
    Reconcile,
    Send,
    Settle,
)
from outsourcing.api.plans import PlanApprove, PlanDetail, Plans
from outsourcing.api.processors import ProcessorDetail, Processors

N = "outsourcing-orders/<str:number>/"

urlpatterns = [
    path("processors/", Processors.as_view(), name="processors"),
    path("processors/<str:code>/", ProcessorDetail.as_view(), name="processor"),
    path("outsourcing-plans/", Plans.as_view(), name="outsourcing-plans"),
    path("outsourcing-plans/<str:number>/", PlanDetail.as_view(), name="outsourcing-plan"),
    path("outsourcing-plans/<str:number>/approve/", PlanApprove.as_view(), name="outsourcing-plan-approve"),
    path("outsourcing-orders/", Outsourcing.as_view(), name="outsourcing-orders"),
    path(N, OutsourcingDetail.as_view(), name="outsourcing-order"),
    path(f"{N}approve/", Approve.as_view(), name="outsourcing-approve"),
    path(f"{N}send/", Send.as_view(), name="outsourcing-send"),
    path(f"{N}material-issues/", MaterialIssues.as_view(), name="outsourcing-material-issues"),
    path(f"{N}material-returns/", MaterialReturns.as_view(), name="outsourcing-material-returns"),
    path(f"{N}receipts/", Receipts.as_view(), name="outsourcing-receipts"),
    path(f"{N}finish-receiving/", FinishReceiving.as_view(), name="outsourcing-finish-receiving"),
    path(f"{N}reconcile/", Reconcile.as_view(), name="outsourcing-reconcile"),
    path(f"{N}settle/", Settle.as_view(), name="outsourcing-settle"),
    path(f"{N}cancel/", Cancel.as_view(), name="outsourcing-cancel"),
]
