"""Addresses of the orders chapter (第二章)."""

from django.urls import path

from orders.views import basis, detail, drafting, life, listing

app_name = "orders"

MOVES = [*life.ONLY_ACTOR, *life.WITH_REASON]

urlpatterns = [
    path("orders/", listing.orders, name="list"),
    path("orders/totals/", listing.totals, name="totals"),
    path("orders/columns/", listing.columns, name="columns"),
    path("orders/views/", listing.save_view, name="save_view"),
    path("orders/views/<int:pk>/drop/", listing.drop_view, name="drop_view"),
    path("orders/accept/", listing.accept_many, name="accept_many"),
    path("orders/new/", drafting.new, name="new"),
    path("orders/new/draft/", drafting.autosave, name="new_draft"),
    path("orders/customers/", drafting.customers, name="find_customers"),
    path("orders/products/", drafting.products, name="find_products"),
    path("orders/<slug:number>/", detail.detail, name="detail"),
    path("orders/<slug:number>/edit/", drafting.edit, name="edit"),
    path("orders/<slug:number>/edit/draft/", drafting.autosave, name="draft"),
    path("orders/<slug:number>/copy/", drafting.copy, name="copy"),
    path("orders/<slug:number>/original/", basis.original, name="original"),
    path("orders/<slug:number>/attachments/", basis.attachments, name="attachments"),
    path("orders/<slug:number>/instructions/", basis.ask_instruction, name="ask_instruction"),
    *[
        path(f"orders/<slug:number>/instructions/<int:pk>/{verb}/", basis.answer_instruction, {"verb": verb}, name=verb)
        for verb in ("grant", "refuse")
    ],
    path("orders/<slug:number>/agree-as-reviewed/", basis.agree_as_reviewed, name="agree_as_reviewed"),
    path("orders/<slug:number>/authorise-exception/", basis.authorise_exception, name="authorise_exception"),
    path("orders/<slug:number>/authorise-over/", basis.authorise_over, name="authorise_over"),
    *[path(f"orders/<slug:number>/{verb}/", life.move, {"verb": verb}, name=verb.replace("-", "_")) for verb in MOVES],
]
