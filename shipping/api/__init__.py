"""/api/v1/: carriers, deliveries with their confirmations and moves, returns (第五章)."""

from __future__ import annotations

from django.urls import path

from shipping.api import carriers, deliveries, returns

ONE = "deliveries/<slug:number>"

urlpatterns = [
    path("carriers/", carriers.Carriers.as_view()),
    path("carriers/<str:code>/", carriers.OneCarrier.as_view()),
    path("deliveries/", deliveries.Deliveries.as_view()),
    path(f"{ONE}/", deliveries.DeliveryDetail.as_view()),
    path(f"{ONE}/confirmations/", deliveries.Confirmations.as_view()),
    path(f"{ONE}/attachments/", deliveries.Attachments.as_view()),
    path(f"{ONE}/ask-pass/", deliveries.AskPass.as_view()),
    path(f"{ONE}/notify-warehouse/", deliveries.NotifyWarehouse.as_view()),
    path(f"{ONE}/dispatch/", deliveries.Dispatch.as_view()),
    path(f"{ONE}/deliver/", deliveries.Deliver.as_view()),
    path(f"{ONE}/cancel/", deliveries.Cancel.as_view()),
    path(f"{ONE}/authorise-exception/", deliveries.AuthoriseException.as_view()),
    path("returns/", returns.Returns.as_view()),
    path("returns/<slug:number>/", returns.ReturnDetail.as_view()),
    path("returns/<slug:number>/receive/", returns.ReceiveReturn.as_view()),
]
