"""A browser without a screen: somebody logged in, forms as a page would send them."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from parties.models import User

HEAD = {
    "business_kind": "printing",
    "customer": "C001 瑞禾茶业有限公司",
    "customer_po": "RH-2611-018",
    "received_at": "2026-01-05 09:30",
    "requested_date": "2026-12-15",
    "payment_terms": "monthly_30",
    "tax": "0.13+",
    "salesperson": "",
    "basis": "written",
    "standard": "按签样",
    "packing": "50 本/箱",
}
LINE = {"product_name": "P001", "specification": "210×285 mm", "unit": "本", "quantity": "1000", "unit_price": "12.50"}


def browser(user: User) -> Client:
    """A client in which this person is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sheet(*lines: dict[str, str], **changes: str) -> dict[str, str]:
    """The order form as the page sends it: a full head and, if none is given, one line."""
    rows = [LINE | line for line in lines] or [LINE]
    data = HEAD | {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"lines-{place}-{name}": value for name, value in row.items()}
    return data | changes


def words(response: Any) -> str:
    """What the page says: a blank for every run of tags and blanks."""
    return re.sub(r"(<[^>]*>|\s)+", " ", response.content.decode())
