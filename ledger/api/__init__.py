"""/api/v1/: ledger entries and balances, invoices, payments, adjustments (第六章)."""

from __future__ import annotations

from django.urls import path

from ledger.api import adjustments, entries, invoices, payments

urlpatterns = [
    path("ledger/entries/", entries.Entries.as_view(), name="ledger-entries"),
    path("ledger/balances/", entries.Balances.as_view(), name="ledger-balances"),
    path("orders/<str:number>/balances/", entries.OrderBalances.as_view(), name="order-balances"),
    path("orders/<str:number>/charge-fees/", entries.ChargeFees.as_view(), name="order-charge-fees"),
    path("orders/<str:number>/adjustments/", adjustments.Adjustments.as_view(), name="order-adjustments"),
    path("adjustments/<int:pk>/", adjustments.AdjustmentDetail.as_view(), name="adjustment"),
    path("adjustments/<int:pk>/approve/", adjustments.Approve.as_view(), name="adjustment-approve"),
    path("adjustments/<int:pk>/refuse/", adjustments.Refuse.as_view(), name="adjustment-refuse"),
    path("invoices/", invoices.Invoices.as_view(), name="invoices"),
    path("invoices/<int:pk>/", invoices.InvoiceDetail.as_view(), name="invoice"),
    path("invoices/<int:pk>/issue/", invoices.Issue.as_view(), name="invoice-issue"),
    path("invoices/<int:pk>/discard/", invoices.Discard.as_view(), name="invoice-discard"),
    path("invoices/<int:pk>/red/", invoices.Red.as_view(), name="invoice-red"),
    path("payments/", payments.Payments.as_view(), name="payments"),
    path("payments/<int:pk>/", payments.PaymentDetail.as_view(), name="payment"),
    path("payments/<int:pk>/confirm/", payments.Confirm.as_view(), name="payment-confirm"),
    path("payments/<int:pk>/discard/", payments.Discard.as_view(), name="payment-discard"),
    path("payments/<int:pk>/reverse/", payments.Reverse.as_view(), name="payment-reverse"),
    path("payments/<int:pk>/allocate/", payments.Allocate.as_view(), name="payment-allocate"),
]
