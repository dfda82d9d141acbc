"""Orders, business kinds and products over REST (API.md)."""

from django.urls import path

from orders.api import contracts, offers
from orders.api.files import Attachments, WantedPapers
from orders.api.master import BusinessKinds, ProductDetail, Products, StartKind
from orders.api.moves import (
    AgreeAsReviewed,
    Answer,
    AuthoriseException,
    AuthoriseOver,
    Instructions,
    Original,
    PlainMove,
    ReasonedMove,
    ReturnToCoordinator,
)
from orders.api.negotiations import Negotiations
from orders.api.nonconformities import AskCustomer, Nonconformities, Note, Settle
from orders.api.orders import OrderDetail, Orders, Timeline
from orders.moves import ALONE, WITH_REASON

urlpatterns = [
    path("business-kinds/", BusinessKinds.as_view(), name="business-kinds"),
    path("business-kinds/<str:code>/start/", StartKind.as_view(), name="business-kind-start"),
    path("products/", Products.as_view(), name="products"),
    path("products/<str:code>/", ProductDetail.as_view(), name="product"),
    path("orders/", Orders.as_view(), name="orders"),
    path("orders/<str:number>/", OrderDetail.as_view(), name="order"),
    path("orders/<str:number>/timeline/", Timeline.as_view(), name="order-timeline"),
    *[path(f"orders/<str:number>/{verb}/", PlainMove.as_view(verb=verb), name=f"order-{verb}") for verb in ALONE],
    *[
        path(f"orders/<str:number>/{verb}/", ReasonedMove.as_view(verb=verb), name=f"order-{verb}")
        for verb in WITH_REASON
    ],
    path(
        "orders/<str:number>/return-to-coordinator/",
        ReturnToCoordinator.as_view(),
        name="order-return-to-coordinator",
    ),
    path("orders/<str:number>/nonconformities/", Nonconformities.as_view(), name="order-nonconformities"),
    path("nonconformities/<int:pk>/note/", Note.as_view(), name="nonconformity-note"),
    path("nonconformities/<int:pk>/ask-customer/", AskCustomer.as_view(), name="nonconformity-ask-customer"),
    path("nonconformities/<int:pk>/settle/", Settle.as_view(), name="nonconformity-settle"),
    path("orders/<str:number>/agree-as-reviewed/", AgreeAsReviewed.as_view(), name="order-agree-as-reviewed"),
    path("orders/<str:number>/negotiations/", Negotiations.as_view(), name="order-negotiations"),
    path("orders/<str:number>/original/", Original.as_view(), name="order-original"),
    path("orders/<str:number>/attachments/", Attachments.as_view(), name="order-attachments"),
    path("orders/<str:number>/papers/", WantedPapers.as_view(), name="order-papers"),
    path("orders/<str:number>/instructions/", Instructions.as_view(), name="order-instructions"),
    path("orders/<str:number>/authorise-exception/", AuthoriseException.as_view(), name="order-authorise-exception"),
    path("orders/<str:number>/authorise-over/", AuthoriseOver.as_view(), name="order-authorise-over"),
    path("instructions/<int:pk>/grant/", Answer.as_view(verb="grant"), name="instruction-grant"),
    path("instructions/<int:pk>/refuse/", Answer.as_view(verb="refuse"), name="instruction-refuse"),
    path(
        "orders/<str:number>/instructions/<int:pk>/grant/", Answer.as_view(verb="grant"), name="order-instruction-grant"
    ),
    path(
        "orders/<str:number>/instructions/<int:pk>/refuse/",
        Answer.as_view(verb="refuse"),
        name="order-instruction-refuse",
    ),
    path("inquiries/", offers.Inquiries.as_view(), name="inquiries"),
    path("inquiries/<str:number>/", offers.InquiryDetail.as_view(), name="inquiry"),
    path("inquiries/<str:number>/close/", offers.CloseInquiry.as_view(), name="inquiry-close"),
    path("quotations/", offers.Quotations.as_view(), name="quotations"),
    path("quotations/<str:number>/", offers.QuotationDetail.as_view(), name="quotation"),
    path("quotations/<str:number>/send/", offers.SendQuotation.as_view(), name="quotation-send"),
    path("quotations/<str:number>/accept/", offers.AcceptQuotation.as_view(), name="quotation-accept"),
    path("quotations/<str:number>/decline/", offers.DeclineQuotation.as_view(), name="quotation-decline"),
    path("quotations/<str:number>/discard/", offers.DiscardQuotation.as_view(), name="quotation-discard"),
    path("quotations/<str:number>/revise/", offers.ReviseQuotation.as_view(), name="quotation-revise"),
    path("quotations/<str:number>/order/", offers.QuotationOrder.as_view(), name="quotation-order"),
    path("quotations/<str:number>/pdf/", offers.QuotationPdf.as_view(), name="quotation-pdf"),
    path("orders/<str:number>/contracts/", contracts.OrderContracts.as_view(), name="order-contracts"),
    path("contracts/<str:number>/", contracts.ContractDetail.as_view(), name="contract"),
    path("contracts/<str:number>/send/", contracts.SendContract.as_view(), name="contract-send"),
    path("contracts/<str:number>/sign-back/", contracts.SignBackContract.as_view(), name="contract-sign-back"),
    path("contracts/<str:number>/void/", contracts.VoidContract.as_view(), name="contract-void"),
    path("contracts/<str:number>/pdf/", contracts.ContractPdf.as_view(), name="contract-pdf"),
]
