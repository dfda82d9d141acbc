"""Orders, business kinds and products over REST (API.md)."""

from django.urls import path

from orders.api.files import Attachments
from orders.api.master import BusinessKinds, ProductDetail, Products
from orders.api.moves import (
    AgreeAsReviewed,
    Answer,
    AuthoriseException,
    AuthoriseOver,
    Instructions,
    Original,
    PlainMove,
    ReasonedMove,
)
from orders.api.orders import OrderDetail, Orders, Timeline

PLAIN_MOVES = (
    "submit",
    "withdraw",
    "discard",
    "accept",
    "start-production",
    "finish-production",
    "finish-shipping",
    "complete",
)
REASONED_MOVES = ("return-to-coordinator", "reject", "reopen-review", "cancel")

urlpatterns = [
    path("business-kinds/", BusinessKinds.as_view(), name="business-kinds"),
    path("products/", Products.as_view(), name="products"),
    path("products/<str:code>/", ProductDetail.as_view(), name="product"),
    path("orders/", Orders.as_view(), name="orders"),
    path("orders/<str:number>/", OrderDetail.as_view(), name="order"),
    path("orders/<str:number>/timeline/", Timeline.as_view(), name="order-timeline"),
    *[path(f"orders/<str:number>/{verb}/", PlainMove.as_view(verb=verb), name=f"order-{verb}") for verb in PLAIN_MOVES],
    *[
        path(f"orders/<str:number>/{verb}/", ReasonedMove.as_view(verb=verb), name=f"order-{verb}")
        for verb in REASONED_MOVES
    ],
    path("orders/<str:number>/agree-as-reviewed/", AgreeAsReviewed.as_view(), name="order-agree-as-reviewed"),
    path("orders/<str:number>/original/", Original.as_view(), name="order-original"),
    path("orders/<str:number>/attachments/", Attachments.as_view(), name="order-attachments"),
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
]
