"""Somebody who talks to the API with their own token, through the whole stack below the web server."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.test import Client

from integration.services import issue_token
from parties.models import User


class Caller:
    """`Caller(cast.xiaoli).post("orders/", {...})` answers Django's response with `.json()`."""

    def __init__(self, user: User) -> None:
        self.token, secret = issue_token(user, name="test", scopes=["sign"])
        self.client = Client(headers={"Authorization": f"Token {secret}"})

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", params)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Any:
        return self.send("POST", path, {} if body is None else body, key=key or str(uuid.uuid4()), **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PUT", path, body, **headers)

    def send(self, method: str, path: str, body: Any, *, key: str | None = None, **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            given["Idempotency-Key"] = key
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(method, f"/api/v1/{path}", data, content_type="application/json", headers=given)


def order_body(**changes: Any) -> dict[str, Any]:
    """A complete order as an ERP sends it (14,100.00 incl. tax)."""
    body: dict[str, Any] = {
        "business_kind": "printing",
        "customer": "C001",
        "customer_po": "RH-2611-018",
        "basis": "written",
        "requested_date": "2026-12-20",
        "payment_terms": "monthly_30",
        "salesperson": "sales",
        "requirements": {"standard": "按样", "packing": "50 本/箱"},
        "lines": [
            {"product": "P001", "specification": "210×285 mm", "unit": "本", "quantity": "1000", "unit_price": "12.50"},
            {"product": "P002", "specification": "A4", "unit": "张", "quantity": "500", "unit_price": "3.20"},
        ],
    }
    return body | changes
