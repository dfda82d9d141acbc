"""Addresses of what stands before and beside an order: inquiries, quotations, contracts (B1, B1b)."""

from django.urls import path

from orders.views import contracts, copying, inquiries, quotations, quoting

urlpatterns = [
    path("orders/copy/", copying.choose, name="choose_copy"),
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("inquiries/new/", inquiries.new_inquiry, name="new_inquiry"),
    path("inquiries/<slug:number>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/<slug:number>/edit/", inquiries.edit_inquiry, name="edit_inquiry"),
    path("inquiries/<slug:number>/close/", inquiries.close_inquiry, name="close_inquiry"),
    path("quotations/", quotations.quotations, name="quotations"),
    path("quotations/rates/", quotations.rates, name="quotation_rates"),
    path("quotations/new/", quoting.new, name="new_quotation"),
    path("quotations/<slug:number>/", quotations.quotation, name="quotation"),
    path("quotations/<slug:number>/edit/", quoting.edit, name="edit_quotation"),
    path("quotations/<slug:number>/send/", quotations.send, name="send_quotation"),
    path("quotations/<slug:number>/accept/", quotations.accept, name="accept_quotation"),
    path("quotations/<slug:number>/decline/", quotations.decline, name="decline_quotation"),
    path("quotations/<slug:number>/discard/", quotations.discard, name="discard_quotation"),
    path("quotations/<slug:number>/revise/", quotations.revise, name="revise_quotation"),
    path("quotations/<slug:number>/order/", quoting.win, name="win"),
    path("orders/<slug:number>/contracts/new/", contracts.new, name="new_contract"),
    path("contracts/<slug:number>/", contracts.contract, name="contract"),
    path("contracts/<slug:number>/send/", contracts.send, name="send_contract"),
    path("contracts/<slug:number>/sign-back/", contracts.sign_back, name="sign_back"),
    path("contracts/<slug:number>/void/", contracts.void, name="void_contract"),
]
