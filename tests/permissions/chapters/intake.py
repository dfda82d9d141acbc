"""接单：不符合、请示与原件的清单、待审核、文件与表单。"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from orders import services
from papers.services import attach
from tests.cast import draft

ROWS = """
GET  orders.view                         order.issued      api/v1/orders/<str:number>/nonconformities/
POST orders.raise_nonconformity          order.draft       api/v1/orders/<str:number>/nonconformities/
POST orders.note_nonconformity           nonconformity     api/v1/nonconformities/<int:pk>/note/
POST orders.raise_nonconformity          nonconformity     api/v1/nonconformities/<int:pk>/ask-customer/
POST orders.raise_nonconformity          nonconformity.asked api/v1/nonconformities/<int:pk>/settle/
GET  orders.accept                       -                 orders/queue/
GET  orders.view                         -                 orders/originals/
GET  =director,laowang,xiaochen,xiaoli   -                 orders/instructions/
POST orders.create                       -                 orders/new/check/
POST orders.create                       -                 orders/new/files/
POST orders.edit!erp                     order.draft       orders/<slug:number>/edit/check/
POST orders.raise_nonconformity          order.draft       orders/<slug:number>/nonconformities/
POST orders.note_nonconformity           nonconformity     orders/<slug:number>/nonconformities/<int:pk>/note/
POST orders.raise_nonconformity          nonconformity     orders/<slug:number>/nonconformities/<int:pk>/ask-customer/
POST orders.raise_nonconformity          nonconformity.asked orders/<slug:number>/nonconformities/<int:pk>/settle/
GET  orders.view                         attachment.image  files/<int:pk>/thumb/
GET  =xiaoli                             waiting.image     files/waiting/<int:pk>/
GET  =xiaoli                             waiting.image     files/waiting/<int:pk>/thumb/
"""

WHY = {"reason": "尺寸与刀模不符"}
ASKED = {"with": "刘婷", "how": "电话"}
SETTLED = {"answer": "改成 210×285"}
TOLD = {"with_whom": "刘婷", "how": "电话"}
SENT = {"file": "scan.pdf", "token": "a-form-of-the-matrix"}
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "orders/<slug:number>/nonconformities/"): lambda world: WHY,
    ("POST", "orders/<slug:number>/nonconformities/<int:pk>/ask-customer/"): lambda world: TOLD,
    ("POST", "orders/<slug:number>/nonconformities/<int:pk>/settle/"): lambda world: SETTLED,
    ("POST", "orders/new/files/"): lambda world: SENT,
    ("POST", "api/v1/orders/<str:number>/nonconformities/"): lambda world: WHY,
    ("*", "nonconformities/<int:pk>/ask-customer/"): lambda world: ASKED,
    ("*", "nonconformities/<int:pk>/settle/"): lambda world: SETTLED,
}


def prepare(world: Any) -> None:
    """Two orders that do not conform: one just refused, one whose customer was asked; a picture on an order."""
    cast = world.cast
    one = services.raise_nonconformity(draft(cast, customer_po="X1"), WHY["reason"], actor=cast.xiaoli)
    world.keep("nonconformity", one, pk=one.pk, number=one.order.number)
    other = services.raise_nonconformity(draft(cast, customer_po="X2"), WHY["reason"], actor=cast.xiaoli)
    asked = services.ask_customer_to_amend(other, "刘婷", "电话", actor=cast.xiaoli)
    world.keep("nonconformity.asked", asked, pk=asked.pk, number=asked.order.number)
    drawn = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(drawn, "PNG")
    file = SimpleUploadedFile("chat.png", drawn.getvalue())
    kept = attach(file, about=world.thing["order.issued"], actor=cast.xiaoli, kind="basis")
    world.keep("attachment.image", kept, pk=kept.pk)
    file = SimpleUploadedFile("form.png", drawn.getvalue())
    (waits,) = services.file_on_sheet([file], "a-form-that-waits", actor=cast.xiaoli)
    world.keep("waiting.image", waits, pk=waits.pk)
