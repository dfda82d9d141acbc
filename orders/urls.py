"""Addresses of the orders chapter (第二章)."""

from django.urls import path

from orders import offer_urls
from orders.moves import ALONE, WITH_REASON
from orders.views import (
    basis,
    detail,
    drafting,
    files,
    finding,
    kinds,
    life,
    listing,
    negotiation,
    nonconformity,
    releasing,
    starting,
    versions,
    waiting,
)

app_name = "orders"

MOVES = [*ALONE, *WITH_REASON, life.RETURN]

urlpatterns = [
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/new/", kinds.new, name="new_kind"),
    path("kinds/<slug:code>/", kinds.edit, name="kind"),
    path("kinds/<slug:code>/start/", starting.start, name="start_kind"),
    path("kinds/<slug:code>/return-days/", releasing.return_day, name="return_day"),
    path("kinds/<slug:code>/return-days/<int:pk>/withdraw/", releasing.withdraw_return_day, name="withdraw_return_day"),
    path("orders/<slug:number>/release/", releasing.release_word, name="release_word"),
    path("orders/<slug:number>/lines/<int:pk>/breakdown/", releasing.breakdown, name="breakdown"),
    *offer_urls.urlpatterns,
    path("orders/", listing.orders, name="list"),
    path("orders/totals/", listing.totals, name="totals"),
    path("orders/columns/", listing.columns, name="columns"),
    path("orders/views/", listing.save_view, name="save_view"),
    path("orders/views/<int:pk>/drop/", listing.drop_view, name="drop_view"),
    path("orders/accept/", listing.accept_many, name="accept_many"),
    path("orders/queue/", waiting.queue, name="queue"),
    path("orders/originals/", waiting.originals, name="originals"),
    path("orders/instructions/", waiting.asked, name="asked"),
    path("orders/new/", drafting.new, name="new"),
    path("orders/new/draft/", drafting.autosave, name="new_draft"),
    path("orders/new/check/", drafting.check, name="new_check"),
    path("orders/new/files/", drafting.new_files, name="new_files"),
    path("orders/customers/", finding.customers, name="find_customers"),
    path("orders/products/", finding.products, name="find_products"),
    path("orders/<slug:number>/", detail.detail, name="detail"),
    path("orders/<slug:number>/edit/", drafting.edit, name="edit"),
    path("orders/<slug:number>/edit/draft/", drafting.autosave, name="draft"),
    path("orders/<slug:number>/edit/check/", drafting.check, name="check"),
    path("orders/<slug:number>/copy/", drafting.copy, name="copy"),
    path("orders/<slug:number>/versions/", versions.versions, name="versions"),
    path("orders/<slug:number>/original/", basis.original, name="original"),
    path("orders/<slug:number>/attachments/", files.attachments, name="attachments"),
    path("orders/<slug:number>/instructions/", basis.ask_instruction, name="ask_instruction"),
    *[
        path(f"orders/<slug:number>/instructions/<int:pk>/{verb}/", basis.answer_instruction, {"verb": verb}, name=verb)
        for verb in ("grant", "refuse")
    ],
    path("orders/<slug:number>/nonconformities/", nonconformity.raise_one, name="raise_nonconformity"),
    path("orders/<slug:number>/nonconformities/<int:pk>/note/", nonconformity.note, name="note_nonconformity"),
    path(
        "orders/<slug:number>/nonconformities/<int:pk>/ask-customer/", nonconformity.ask_customer, name="ask_customer"
    ),
    path("orders/<slug:number>/nonconformities/<int:pk>/settle/", nonconformity.settle, name="settle_nonconformity"),
    path("orders/<slug:number>/agree-as-reviewed/", basis.agree_as_reviewed, name="agree_as_reviewed"),
    path("orders/<slug:number>/negotiations/", negotiation.negotiations, name="negotiations"),
    path("orders/<slug:number>/authorise-exception/", basis.authorise_exception, name="authorise_exception"),
    path("orders/<slug:number>/authorise-over/", basis.authorise_over, name="authorise_over"),
    *[path(f"orders/<slug:number>/{verb}/", life.move, {"verb": verb}, name=verb.replace("-", "_")) for verb in MOVES],
]
