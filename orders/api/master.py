"""Business kinds and products over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders import services
from orders.kind_departments import missing_departments
from orders.models import BusinessKind, Product
from parties.models import Department, User
from parties.roles import Function
from workflow.inputs import PlainDecimal, PlainText, Price, StrictSerializer, shape_for
from workflow.rest import Api, found, named


def _may_look(user: User) -> None:
    if not user.may("orders.view_products"):
        raise PermissionDenied(_("您没有看产品与业务种类的权限"))


class BusinessKindOut(serializers.Serializer[Any]):
    """一个业务种类。"""

    code = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    departments = serializers.ListField(child=serializers.CharField())
    copies = serializers.ListField(child=serializers.CharField())
    milestones = serializers.ListField(child=serializers.DictField())
    over_percent = PlainDecimal(max_digits=5, decimal_places=2)
    under_percent = PlainDecimal(max_digits=5, decimal_places=2)
    required_order = serializers.ListField(child=serializers.CharField())
    required_line = serializers.ListField(child=serializers.CharField())
    options = serializers.DictField()
    active = serializers.BooleanField(help_text="在用：登记业务单时可以选")


class BusinessKinds(Api):
    """业务种类（第五条）。"""

    parameters = ("active",)

    @extend_schema(responses=BusinessKindOut(many=True))
    def get(self, request: Any) -> Response:
        """业务种类及其评审部门、节点与溢短容差。"""
        _may_look(self.user)
        rows = BusinessKind.objects.filter(active=request.query_params.get("active", "true") == "true")
        return self.listed(rows, _kind_bodies)


def _kind_bodies(kinds: list[BusinessKind]) -> list[dict[str, Any]]:
    there = set(Department.objects.values_list("code", flat=True))
    return [
        {
            **body,
            "tolerances": {"over_percent": body["over_percent"], "under_percent": body["under_percent"]},
            "missing_departments": missing_departments(kind, there),
        }
        for kind, body in zip(kinds, BusinessKindOut(kinds, many=True).data, strict=True)
    ]


class PartShape(StrictSerializer):
    """种类里缺的一个部门：由现有的（代码）担当，或照名称与职能新建；head 是第一负责人的账号，管理员才能给。"""

    code = PlainText(max_length=40)
    played_by = PlainText(max_length=40, required=False)
    name = PlainText(max_length=40, required=False)
    function = serializers.ChoiceField(choices=Function.choices, required=False)
    head = PlainText(max_length=150, required=False)


class StartShape(StrictSerializer):
    """启用一个种类：看到的是第几版，缺的部门各怎么办。"""

    version = serializers.IntegerField(min_value=1, required=False)
    parts = serializers.ListField(child=PartShape(), required=False, max_length=60)


class StartKind(Api):
    """启用备着的业务种类（第五条）。"""

    @extend_schema(request=StartShape, responses=BusinessKindOut)
    def post(self, request: Any, code: str) -> Response:
        """缺的部门建好或有人担当了就启用；从此可以登记这类单。"""
        _may_look(self.user)
        kind = found(BusinessKind.objects.all(), code=code)
        given = self.read(StartShape)
        parts = [_part(part) for part in given.get("parts", ())]
        seen = given.get("version", kind.version)
        kind = services.start_kind(kind, parts, expected=seen, actor=self.user)
        return Response(_kind_bodies([kind])[0])


def _part(given: dict[str, Any]) -> services.DepartmentInput:
    player, head = given.pop("played_by", None), given.pop("head", None)
    return services.DepartmentInput(
        **given,
        played_by=named(Department, "played_by", code=player) if player else None,
        head=named(User, "head", username=head) if head else None,
    )


class ProductShape(StrictSerializer):
    """产品：POST 与 PATCH 的内容，也是答复的样子。"""

    code = PlainText(max_length=40)
    name = PlainText(max_length=120)
    specification = PlainText(required=False, allow_blank=True)
    unit = PlainText(max_length=10)
    kind = PlainText(max_length=40, required=False, allow_null=True)
    category = PlainText(max_length=40, required=False, allow_blank=True)
    default_price = Price(required=False, allow_null=True)
    external_id = PlainText(max_length=80, required=False, allow_blank=True)
    active = serializers.BooleanField(required=False)


def _product_body(product: Product, user: User) -> dict[str, Any]:
    shape = shape_for(user, ProductShape, product)
    shape.fields.pop("kind")
    return {**shape.data, "kind": product.kind.code if product.kind else None}


def _given(given: dict[str, Any]) -> dict[str, Any]:
    if given.get("kind"):
        given["kind"] = named(BusinessKind, "kind", code=given["kind"])
    return given


class Products(Api):
    """产品列表与新产品。"""

    parameters = ("q", "active")

    @extend_schema(responses=ProductShape(many=True))
    def get(self, request: Any) -> Response:
        """产品，游标分页。"""
        _may_look(self.user)
        rows = Product.objects.select_related("kind")
        if words := request.query_params.get("q"):
            rows = rows.filter(Q(code__icontains=words) | Q(name__icontains=words))
        if active := request.query_params.get("active"):
            rows = rows.filter(active=active == "true")
        return self.listed(rows, lambda products: [_product_body(product, self.user) for product in products])

    @extend_schema(request=ProductShape, responses={201: ProductShape})
    def post(self, request: Any) -> Response:
        """新产品；编号不能重复。"""
        product = services.create_product(**_given(self.read(ProductShape)), actor=self.user)
        return Response(_product_body(product, self.user), status=201)


class ProductDetail(Api):
    """一种产品。"""

    @extend_schema(responses=ProductShape)
    def get(self, request: Any, code: str) -> Response:
        """按编号读一种产品。"""
        _may_look(self.user)
        return Response(_product_body(found(Product.objects.select_related("kind"), code=code), self.user))

    @extend_schema(request=ProductShape(partial=True), responses=ProductShape)
    def patch(self, request: Any, code: str) -> Response:
        """改产品资料；已有业务单行上的快照不变（I30）。"""
        product = found(Product.objects.all(), code=code)
        given = _given(self.read(ProductShape, partial=True))
        return Response(_product_body(services.edit_product(product, **given, actor=self.user), self.user))
