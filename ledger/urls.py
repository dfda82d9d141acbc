"""Addresses of the sixth chapter (第六章)."""

from django.urls import path

from ledger.views import fees, invoices, listing, payments

app_name = "ledger"

urlpatterns = [
    path("ledger/", listing.ledger, name="list"),
    path("ledger/export/", listing.export, name="export"),
    path("ledger/print/", listing.print_out, name="print"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/new/", invoices.new, name="new_invoice"),
    path("invoices/new/reckon/", invoices.reckon, name="reckon_invoice"),
    path("invoices/<int:pk>/", invoices.detail, name="invoice"),
    path("invoices/<int:pk>/red/", invoices.red, name="red_invoice"),
    *[
        path(f"invoices/<int:pk>/{verb}/", invoices.move, {"verb": verb}, name=f"{verb}_invoice")
        for verb in invoices.MOVES
    ],
    path("payments/", payments.payments, name="payments"),
    path("payments/new/", payments.new, name="new_payment"),
    path("payments/new/reckon/", payments.reckon, name="reckon_payment"),
    path("payments/<int:pk>/", payments.detail, name="payment"),
    path("payments/<int:pk>/reverse/", payments.reverse_, name="reverse_payment"),
    path("payments/<int:pk>/allocate/", payments.allocate, name="allocate_payment"),
    *[
        path(f"payments/<int:pk>/{verb}/", payments.move, {"verb": verb}, name=f"{verb}_payment")
        for verb in payments.MOVES
    ],
    path("orders/<slug:number>/charge-fees/", fees.charge_fees, name="charge_fees"),
    path("orders/<slug:number>/adjustments/", payments.propose, name="propose_adjustment"),
    *[
        path(f"adjustments/<int:pk>/{verb}/", payments.decide, {"verb": verb}, name=f"{verb}_adjustment")
        for verb in ("approve", "refuse")
    ],
]
