"""One order from 接单 to 收款 in API words: for a test client, a benchmark, the terminal."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any, Protocol
from zoneinfo import ZoneInfo

HEADS = {
    "engineering": "engineering",
    "material_control": "material",
    "printing_manufacturing": "printing_mfg",
    "printing_quality": "printing_qc",
}
FACTORY = ZoneInfo("Asia/Shanghai")
POINTS = ("valid", "defined", "resolved", "capable", "dated", "lawful")


class Carrier(Protocol):
    """Carries a request as a person and brings the decoded reply."""

    def get(self, username: str, path: str) -> dict[str, Any]: ...

    def post(self, username: str, path: str, body: Any = None) -> dict[str, Any]: ...


COUNT = itertools.count(1)


def live(carrier: Carrier, tell: Callable[[str, str], None] = lambda step, words: None, mark: str = "") -> str:
    """Walk one order through all chapters; its number."""
    today = dt.datetime.now(FACTORY).date()  # the carrier may be a black box: no settings are at hand here
    number = _intake(carrier, today, mark or f"{next(COUNT)}")
    tell("接单", number)
    review = _review(carrier, number, today)
    tell("评审", f"第 {review} 轮通过")
    tell("下单", _notice(carrier, number))
    lines = _produce(carrier, number)
    tell("生产", f"{len(lines)} 行检验合格")
    tell("发货", _ship(carrier, number, lines, today))
    tell("收款", _collect(carrier, number, lines, today))
    return number


def _intake(carrier: Carrier, today: dt.date, mark: str) -> str:
    wanted = str(today + dt.timedelta(days=20))
    body = {
        "business_kind": "printing", "customer": "C001", "customer_po": f"PO-{mark}", "basis": "written",
        "requested_date": wanted, "payment_terms": "monthly_30", "salesperson": "sales",
        "requirements": {"standard": "按样", "packing": "50 本/箱"},
        "lines": [
            {"product": "P001", "specification": "210×285 mm", "unit": "本", "quantity": "1000", "unit_price": "12.50"},
            {"product": "P002", "specification": "A4", "unit": "张", "quantity": "500", "unit_price": "3.20"},
        ],
    }  # fmt: skip
    number = carrier.post("xiaoli", "orders/", body)["number"]
    carrier.post("xiaoli", f"orders/{number}/submit/")
    accepted: str = carrier.post("laowang", f"orders/{number}/accept/")["number"]
    return accepted


def _review(carrier: Carrier, number: str, today: dt.date) -> int:
    review = carrier.post("laowang", f"orders/{number}/reviews/", {"form": "distributed", "reason": "常规订单"})
    answer = {
        "verdict": "agree", "planned_date": str(today + dt.timedelta(days=12)), "comment": "可以",
        "points": dict.fromkeys(POINTS, True),
    }  # fmt: skip
    for code, head in HEADS.items():
        carrier.post(head, f"reviews/{review['id']}/answers/{code}/sign/", answer)
    outcome = {"outcome": "pass", "delivery_date": str(today + dt.timedelta(days=18))}
    carrier.post("laowang", f"reviews/{review['id']}/conclude/", outcome)
    return int(review["round"])


def _notice(carrier: Carrier, number: str) -> str:
    notice = carrier.post("xiaoli", f"orders/{number}/notices/")["number"]
    notice = carrier.post("gm", f"notices/{notice}/sign/")["number"]
    carrier.post("xiaoli", f"notices/{notice}/issue/")
    for code, head in HEADS.items():
        carrier.post(head, f"notices/{notice}/copies/{code}/acknowledge/")
    return str(notice)


def _produce(carrier: Carrier, number: str) -> list[dict[str, Any]]:
    carrier.post("xiaoli", f"orders/{number}/start-production/")
    lines: list[dict[str, Any]] = carrier.get("xiaoli", f"orders/{number}/")["lines"]
    done = [{"line": line["id"], "done_quantity": line["quantity"]} for line in lines]
    visit = {"process": "印刷", "schedule": "ok", "quality": "ok", "note": "正常", "lines": done}
    carrier.post("xiaoli", f"orders/{number}/visits/", visit)
    for line in lines:
        report = {"line": line["id"], "accepted": line["quantity"], "report_no": f"J{line['id']}"}
        carrier.post("printing_qc", f"orders/{number}/inspections/", report)
    carrier.post("xiaoli", f"orders/{number}/finish-production/")
    return lines


def _ship(carrier: Carrier, number: str, lines: list[dict[str, Any]], today: dt.date) -> str:
    wanted = [{"order_line": line["id"], "quantity": line["quantity"]} for line in lines]
    delivery = carrier.post("xiaoli", "deliveries/", {"customer": "C001", "carrier": "L001", "lines": wanted})
    name = delivery.get("number") or delivery["id"]
    for how in ("电话", "邮件"):
        said = {"arrival_date": str(today + dt.timedelta(days=1)), "with": "客户采购", "how": how}
        carrier.post("xiaoli", f"deliveries/{name}/confirmations/", said)
    name = carrier.post("xiaoli", f"deliveries/{name}/notify-warehouse/")["number"]
    carrier.post("warehouse", f"deliveries/{name}/dispatch/", {"waybill": "SF0001"})
    carrier.post("xiaoli", f"deliveries/{name}/deliver/", {"signed_by": "客户仓库", "signed_on": str(today)})
    carrier.post("xiaoli", f"orders/{number}/finish-shipping/")
    return str(name)


def _collect(carrier: Carrier, number: str, lines: list[dict[str, Any]], today: dt.date) -> str:
    wanted = [{"order_line": line["id"], "quantity": line["quantity"]} for line in lines]
    body = {"customer": "C001", "number": f"FP{number}", "date": str(today), "lines": wanted}
    invoice = carrier.post("finance", "invoices/", body)
    carrier.post("finance", f"invoices/{invoice['id']}/issue/")
    paid = {
        "customer": "C001", "date": str(today), "amount": "14100.00",
        "allocations": [{"invoice": invoice["id"], "amount": "14100.00"}],
    }  # fmt: skip
    payment = carrier.post("finance", "payments/", paid)
    carrier.post("finance", f"payments/{payment['id']}/confirm/")
    total = carrier.get("xiaoli", f"orders/{number}/balances/")["total"]
    if (total["receivable"], total["uninvoiced"]) != ("0.00", "0.00"):
        raise AssertionError(f"{number} is not settled: {total}")
    return str(carrier.post("laowang", f"orders/{number}/complete/")["state"])
