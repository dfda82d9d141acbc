"""Orders: list, create, read, change, timeline."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders import services
from orders.api.shapes import OrderFull, OrderShape, merged_input, order_bodies, order_input
from orders.models import Order, OrderLine, State
from orders.selectors import listed_orders, reason_for, timeline, visible_orders
from workflow.rest import Api, found

LINE_LISTED = (*(column.name for column in OrderLine._meta.concrete_fields), "business_kind__code")


class OrderApi(Api):
    """An address below one order, as far as the caller sees it."""

    def order(self, number: str) -> Order:
        """The order by its number, formal or provisional; 404 when absent or not yours."""
        order: Order = found(visible_orders(self.user).numbered(number))
        return order

    def target(self, number: str) -> Order:
        """The order a move is made on, as If-Match expects it."""
        return self.subject(Order, visible_orders, number=number)

    @property
    def source(self) -> str:
        """Whose external numbers these are: the token's, or the person's."""
        auth = self.request.auth
        return f"token:{auth.pk}" if auth is not None else f"user:{self.user.pk}"

    def reply(self, order: Order, status: int = 200) -> Response:
        """The fresh document."""
        return self.document(order, order_bodies([order], self.user)[0], status)


class Orders(OrderApi):
    """业务单列表与登记。"""

    parameters = ("state", "customer", "coordinator", "updated_since", "q")

    @extend_schema(responses=OrderFull(many=True))
    def get(self, request: Any) -> Response:
        """看得见的业务单，新的在前，游标分页。"""
        rows = listed_orders(self.user)
        for name, look_up in (("customer", "customer__code"), ("coordinator", "coordinator__username")):
            if value := request.query_params.get(name):
                rows = rows.filter(**{look_up: value})
        if state := request.query_params.get("state"):
            if state not in State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state}})
            rows = rows.filter(state=state)
        if since := request.query_params.get("updated_since"):
            rows = rows.filter(updated_at__gte=_moment(since))
        if words := request.query_params.get("q"):
            rows = rows.searched(words)
        return self.listed(rows, self._bodies)

    def _bodies(self, orders: list[Order]) -> list[dict[str, Any]]:
        lines: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
        rows = OrderLine.objects.filter(order__in=orders).select_related("business_kind").only(*LINE_LISTED)
        for line in rows.order_by("position"):
            lines[line.order_id].append(line)
        for order in orders:
            order.__dict__["lines_now"] = lines[order.pk]
        return order_bodies(orders, self.user)

    @extend_schema(request=OrderShape, responses={201: OrderFull})
    def post(self, request: Any) -> Response:
        """登记一张业务单（第六条）。"""
        given = order_input(self.read(OrderShape), source=self.source)
        order = services.create_order(given, actor=self.user)
        return self.reply(order, status=201)


class OrderDetail(OrderApi):
    """一张业务单。"""

    @extend_schema(responses=OrderFull)
    def get(self, request: Any, number: str) -> Response:
        """读一张业务单，连同此人现在能做的动作。"""
        return self.reply(self.order(number))

    @extend_schema(request=OrderShape(partial=True), responses=OrderFull)
    def patch(self, request: Any, number: str) -> Response:
        """修改：草稿随意；待评审与协商中改动就是新的一版（第六条）。"""
        order = self.expected(self.order(number))
        given = merged_input(order, self.read(OrderShape, partial=True), source=self.source)
        services.edit_order(order, given, actor=self.user)
        return self.reply(self.order(number))


class StepOut(serializers.Serializer[Any]):
    """时间线上的一步。"""

    at = serializers.DateTimeField()
    actor = serializers.CharField(source="actor_name")
    label = serializers.CharField()  # type: ignore[assignment]
    move = serializers.CharField()
    subject = serializers.SerializerMethodField()
    source = serializers.CharField()  # type: ignore[assignment]
    target = serializers.CharField()
    reason = serializers.CharField()
    article = serializers.CharField()
    rule = serializers.CharField()
    hash = serializers.CharField()

    def get_subject(self, step: Any) -> str:
        """Which document moved, as `orders_order:12`."""
        return f"{step.subject_type}:{step.subject_id}"


class Timeline(OrderApi):
    """一张业务单上发生过的一切。"""

    @extend_schema(responses=StepOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """时间线，新的在前，最多 200 步（B8）。"""
        rows = list(timeline(self.order(number)))
        for row in rows:
            row.reason = reason_for(row, self.user)
        return Response({"results": StepOut(rows, many=True).data, "next": None, "previous": None})


def _moment(text: str) -> Any:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError({"updated_since": _("时间请写成 2026-11-22T08:00:00+08:00 这样")})
    return moment
