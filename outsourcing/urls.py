"""Addresses of the outsourcing chapter (第四章)."""

from django.urls import path

from outsourcing.views import detail, drafting, listing, processors

app_name = "outsourcing"

urlpatterns = [
    path("outsourcing/", listing.outsourcing, name="list"),
    path("outsourcing/new/", drafting.new, name="new"),
    path("outsourcing/processors/", processors.processors, name="processors"),
    path("outsourcing/processors/new/", processors.new, name="new_processor"),
    path("outsourcing/processors/<slug:code>/", processors.edit, name="edit_processor"),
    path("outsourcing/<slug:number>/", detail.detail, name="detail"),
    path("outsourcing/<slug:number>/material-issues/", detail.issue_material, name="issue_material"),
    path("outsourcing/<slug:number>/material-returns/", detail.return_material, name="return_material"),
    path("outsourcing/<slug:number>/receipts/", detail.receive, name="receive"),
    path("outsourcing/<slug:number>/finish-receiving/", detail.finish_receiving, name="finish_receiving"),
    path("outsourcing/<slug:number>/reconcile/", detail.reconcile, name="reconcile"),
    path("outsourcing/<slug:number>/settle/", detail.settle, name="settle"),
    path("outsourcing/<slug:number>/cancel/", detail.cancel, name="cancel"),
    *[
        path(f"outsourcing/<slug:number>/{verb}/", detail.move, {"verb": verb}, name=verb)
        for verb in ("approve", "send")
    ],
]
