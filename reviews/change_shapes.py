"""The bodies that the API of changes reads and answers (API.md: orders/{n}/changes/)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from orders.api.shapes import Cell, Requirements
from orders.models import BusinessKind, Product
from orders.services import LineChange, LineInput
from parties.models import Department, User
from parties.roles import MONEY_RIGHT
from reviews.api.answers import MoveOut
from reviews.impact import GRADES, Preview
from reviews.models import ChangeLine, ChangeRequest
from reviews.services import ChangeInput
from reviews.services.change import chosen_departments
from reviews.shapes import PlainBoolean, ReviewRoundShape, moment
from workflow.inputs import PlainDate, PlainText, Price, Quantity, StrictSerializer
from workflow.rest import named


# --- what is read -----------------------------------------------------------------------------------------------------
class AddedLineShape(StrictSerializer):
    """新增的一行：产品编号或品名，单位、数量、单价；可另属一个种类，要求与颜色尺码和登记业务单时一样写。"""

    product = PlainText(max_length=40, required=False)
    product_name = PlainText(max_length=120, required=False, allow_blank=True)
    specification = PlainText(required=False, allow_blank=True)
    unit = PlainText(max_length=10)
    quantity = Quantity()
    unit_price = Price()
    requested_date = PlainDate(required=False)
    fee = PlainBoolean(required=False)
    business_kind = PlainText(max_length=40, required=False)
    spare_quantity = Quantity(required=False)
    material = PlainText(required=False, allow_blank=True)
    printing = PlainText(required=False, allow_blank=True)
    finishing = PlainText(required=False, allow_blank=True)
    requirements = Requirements(required=False)
    breakdown = Cell(many=True, required=False)


class LineChangeShape(StrictSerializer):
    """一项更改：`line` 连同要改的值；或 `line` 连同 `close`；或 `add`。

    分颜色尺码的行改数量，要给出新的 `breakdown`：每一格的颜色、尺码、数量；没写 `quantity` 就是它们的合计。
    """

    line = serializers.IntegerField(required=False, min_value=1)
    quantity = Quantity(required=False)
    unit_price = Price(required=False)
    requested_date = PlainDate(required=False)
    specification = PlainText(required=False, allow_blank=True)
    breakdown = Cell(many=True, required=False)
    close = PlainBoolean(required=False)
    add = AddedLineShape(required=False)

    def validate(self, attrs: Any) -> Any:
        if ("add" in attrs) == ("line" in attrs) or ("add" in attrs and len(attrs) > 1):
            raise serializers.ValidationError({"line": _("写 line 改一行，或者写 add 加一行，二者取一")})
        return attrs


class ChangeShape(StrictSerializer):
    """申请更改。"""

    reason = PlainText(several_lines=True)
    basis = PlainText(required=False, allow_blank=True)
    lines = LineChangeShape(many=True, required=False)
    cancel = PlainBoolean(required=False)
    departments = serializers.ListField(child=PlainText(max_length=40), required=False)


class EditShape(ChangeShape):
    """改草稿：只写要改的；version 是读到的修订号。"""

    version = serializers.IntegerField(required=False, min_value=0)


class ChangeRoundShape(ReviewRoundShape):
    """组织更改的评审；departments 是请哪些部门（代码），没写就是申请上的。"""

    departments = serializers.ListField(child=PlainText(max_length=40), required=False, max_length=40)


class WithdrawShape(StrictSerializer):
    """撤回，可写理由。"""

    reason = PlainText(several_lines=True, required=False, allow_blank=True)


class AgreeShape(StrictSerializer):
    """客户同意了什么。"""

    customer_answer = PlainText(several_lines=True)
    delivery_date = PlainDate(required=False)


def change_input(given: dict[str, Any]) -> ChangeInput:
    """The body as the service takes it; codes become rows, an unknown one is 400 at its field."""
    lines = tuple(_line(n, row) for n, row in enumerate(given.get("lines", [])))
    departments = departments_of(given) or None
    return ChangeInput(given["reason"], lines, given.get("cancel", False), given.get("basis", ""), departments)


def edited_input(change: ChangeRequest, given: dict[str, Any]) -> ChangeInput:
    """A PATCH over what the draft says now; departments that followed from the old content follow from the new."""
    lines = tuple(_line(n, row) for n, row in enumerate(given["lines"])) if "lines" in given else change.changes.lines
    cancel = given.get("cancel", change.cancel)
    chosen = departments_of(given)
    return ChangeInput(
        reason=given.get("reason", change.reason),
        lines=() if cancel and "lines" not in given else lines,
        cancel=cancel,
        basis=given.get("basis", change.basis),
        departments=chosen_departments(change) if chosen is None else chosen or None,
    )


def departments_of(given: dict[str, Any]) -> list[Department] | None:
    """The departments that a body names; None where it is silent."""
    return _departments(given["departments"]) if "departments" in given else None


def _line(n: int, row: dict[str, Any]) -> LineChange:
    if "add" in row:
        return LineChange(add=LineInput(**_added(n, dict(row["add"]))))
    return LineChange(**row)


def _added(n: int, row: dict[str, Any]) -> dict[str, Any]:
    if "product" in row:
        code = row["product"]
        row["product"] = Product.objects.filter(code=code).first()
        if row["product"] is None:
            raise ValidationError({f"lines.{n}.product": _("没有「%(value)s」") % {"value": code}})
    if "business_kind" in row:
        row["business_kind"] = named(BusinessKind, f"lines.{n}.business_kind", code=row["business_kind"])
    return row


def _departments(codes: list[str]) -> list[Department]:
    found = {each.code: each for each in Department.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise ValidationError({"departments": _("没有「%(value)s」这个部门") % {"value": code}})
    return list(found.values())


# --- what is answered -------------------------------------------------------------------------------------------------
class ChangeLineOut(serializers.Serializer[Any]):
    """一项更改：新值，和写申请时的旧值 was；没改的是 null。单价只给看得见钱的人。"""

    kind = serializers.ChoiceField(choices=ChangeLine.Kind.choices)
    line = serializers.IntegerField(allow_null=True)
    product_name = serializers.CharField()
    fee = serializers.BooleanField(help_text="加的是费用行，或改的是费用行")
    quantity = serializers.CharField(allow_null=True)
    unit_price = serializers.CharField(required=False, allow_null=True)
    requested_date = serializers.DateField(allow_null=True)
    specification = serializers.CharField(allow_null=True)
    breakdown = serializers.ListField(
        child=serializers.DictField(), allow_null=True, help_text="每一格：颜色、尺码、数量"
    )
    was = serializers.DictField()
    unit = serializers.CharField(required=False, help_text="以下只有新增的行才有")
    business_kind = serializers.CharField(required=False, allow_null=True)
    spare_quantity = serializers.CharField(required=False)
    material = serializers.CharField(required=False)
    printing = serializers.CharField(required=False)
    finishing = serializers.CharField(required=False)
    requirements = serializers.DictField(required=False)


class ChangeOut(serializers.Serializer[Any]):
    """一份更改申请；state 按 draft、submitted、reviewing、effective（或 refused、withdrawn）走。"""

    id = serializers.IntegerField()
    number = serializers.CharField(help_text="更改单号，草稿时是暂用号")
    order = serializers.CharField()
    order_version = serializers.IntegerField(help_text="改的是第几版")
    state = serializers.ChoiceField(choices=ChangeRequest.State.choices)
    state_display = serializers.CharField()
    version = serializers.IntegerField(help_text="修订号，ETag 同")
    content_sha256 = serializers.CharField(allow_blank=True, help_text="提交时定下的内容的指纹，各部门的签字绑定于它")
    reason = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)
    cancel = serializers.BooleanField()
    departments = serializers.ListField(child=serializers.CharField())
    lines = ChangeLineOut(many=True)
    review = serializers.IntegerField(allow_null=True, help_text="最近一轮评审")
    needs_review = serializers.BooleanField(help_text="只改单价的不用评审")
    decided_by = serializers.CharField(allow_null=True, help_text="不经评审同意的人")
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_words = serializers.CharField(allow_blank=True)
    customer_agreed = serializers.CharField(allow_blank=True)
    delivery_date = serializers.DateField(help_text="更改以后的交期")
    notice = serializers.CharField(allow_null=True, help_text="通知单（更改）")
    created_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_reason = serializers.CharField(allow_blank=True)
    moves = MoveOut(many=True, required=False)


class OneImpactOut(serializers.Serializer[Any]):
    """一条影响。"""

    words = serializers.CharField()
    grade = serializers.ChoiceField(choices=[(key, str(label)) for key, label in GRADES.items()])
    url = serializers.CharField(allow_blank=True)


class ImpactOut(serializers.Serializer[Any]):
    """更改的影响，最重的在前；refusals 是现在挡着的。"""

    impacts = OneImpactOut(many=True)
    refusals = serializers.ListField(child=serializers.DictField())


def with_lines(rows: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest]:
    """Many changes with their lines, departments, rounds and notices: one query each."""
    return rows.prefetch_related(
        "lines__line", "lines__product", "lines__business_kind", "departments", "rounds", "notices"
    )


def change_body(change: ChangeRequest, user: User) -> dict[str, Any]:
    """一份更改申请。"""
    money = user.may(MONEY_RIGHT)
    rounds = sorted(change.rounds.all(), key=lambda review: review.number)
    notices = sorted((one for one in change.notices.all() if money or one.signed_at), key=lambda notice: notice.pk)
    change.last_round = rounds[-1] if rounds else None
    change.lines_now = list(change.lines.all())
    return {
        "id": change.pk,
        "number": change.number,
        "order": change.order.number,
        "order_version": change.order_version,
        "state": change.state,
        "state_display": change.get_state_display(),
        "version": change.revision,
        "content_sha256": change.sha256,
        "reason": change.reason,
        "basis": change.basis,
        "cancel": change.cancel,
        "departments": [each.code for each in change.departments.all()],
        "lines": [_line_body(line, money) for line in change.lines.all()],
        "review": rounds[-1].pk if rounds else None,
        "needs_review": change.needs_review,
        "decided_by": change.decided_by.username if change.decided_by else None,
        "decided_at": moment(change.decided_at),
        "decided_words": change.decided_words,
        "customer_agreed": change.customer_agreed,
        "delivery_date": change.delivery_date,
        "notice": notices[-1].number if notices else None,
        "created_by": change.created_by.username,
        "created_at": moment(change.created_at),
        "submitted_at": moment(change.submitted_at),
        "ended_at": moment(change.ended_at),
        "ended_reason": change.ended_reason,
    }


def _line_body(line: ChangeLine, money: bool) -> dict[str, Any]:
    names = ["quantity", "unit_price", "requested_date", "specification", "breakdown"]
    if not money:
        names.remove("unit_price")
    product = line.product_name or (line.line.product_name if line.line else "")
    was = {name: _plain(getattr(line, f"was_{name}")) for name in _was(line, names)}
    new = {name: _plain(getattr(line, name)) for name in names}
    fee = line.line.fee if line.line else line.fee
    row = {"kind": line.kind, "line": line.line_id, "product_name": product, "fee": fee, **new, "was": was}
    return row | (_added_body(line) if line.kind == ChangeLine.Kind.ADD else {})


def _added_body(line: ChangeLine) -> dict[str, Any]:
    names = ("unit", "spare_quantity", "material", "printing", "finishing", "requirements")
    kind = line.business_kind.code if line.business_kind else None
    return {"business_kind": kind, **{name: _plain(getattr(line, name)) for name in names}}


def _was(line: ChangeLine, names: list[str]) -> Iterator[str]:
    return (name for name in names if getattr(line, name) is not None and line.kind == ChangeLine.Kind.CHANGE)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def impact_body(found: Preview) -> dict[str, Any]:
    """更改的影响。"""
    return {
        "impacts": [{"words": one.words, "grade": one.grade, "url": one.url} for one in found.impacts],
        "refusals": [{"words": one.words, "article": one.article, "rule": one.rule} for one in found.refusals],
    }
