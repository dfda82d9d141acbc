"""Addresses of the shipping chapter (第五章)."""

from django.urls import path

from shipping.views import detail, drafting, going, listing, returning

app_name = "shipping"

ONE = "deliveries/<slug:number>"

urlpatterns = [
    path("deliveries/", listing.deliveries, name="list"),
    path("deliveries/new/", drafting.new, name="new"),
    path(f"{ONE}/", detail.detail, name="detail"),
    path(f"{ONE}/confirm-arrival/", detail.confirm_arrival, name="confirm_arrival"),
    path(f"{ONE}/notify-warehouse/", detail.notify_warehouse, name="notify_warehouse"),
    path(f"{ONE}/ask-pass/", detail.ask_pass, name="ask_pass"),
    path(f"{ONE}/cancel/", detail.cancel, name="cancel"),
    path(f"{ONE}/authorise-exception/", detail.authorise_exception, name="authorise_exception"),
    path(f"{ONE}/dispatch/", going.dispatch, name="dispatch"),
    path(f"{ONE}/deliver/", going.deliver, name="deliver"),
    path(f"{ONE}/return/", returning.register_return, name="register_return"),
    path("returns/", listing.returns, name="returns"),
    path("returns/<slug:number>/receive/", returning.receive_return, name="receive_return"),
]
