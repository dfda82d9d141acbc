"""People, departments, customers over REST (API.md)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from parties import services
from parties.models import Contact, Customer, Department, User
from parties.models.customer import PaymentTerms
from workflow.inputs import Money, PlainText, StrictSerializer, shape_for
from workflow.rest import Api, found, named


class ContactShape(StrictSerializer):
    """客户的联系人。"""

    name = PlainText(max_length=40)
    title = PlainText(max_length=40, required=False, allow_blank=True)
    phone = PlainText(max_length=40, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)


class CustomerShape(StrictSerializer):
    """客户：POST 与 PATCH 的内容，也是答复的样子。"""

    code = PlainText(max_length=40)
    name = PlainText(max_length=120)
    short_name = PlainText(max_length=40, required=False, allow_blank=True)
    grade = PlainText(max_length=10, required=False, allow_blank=True)
    address = PlainText(required=False, allow_blank=True)
    credit_limit = Money(required=False, allow_null=True)
    payment_terms = serializers.ChoiceField(PaymentTerms.choices, required=False)
    salesperson = PlainText(max_length=150, required=False, allow_null=True, source="salesperson.username")
    contacts = ContactShape(many=True, required=False)
    external_id = PlainText(max_length=80, required=False, allow_blank=True)
    active = serializers.BooleanField(required=False)


def _customer_body(customer: Customer, user: User) -> dict[str, Any]:
    shape = shape_for(user, CustomerShape, customer)
    shape.fields.pop("salesperson")
    return {**shape.data, "salesperson": customer.salesperson.username if customer.salesperson else None}


class Customers(Api):
    """客户列表与新客户。"""

    parameters = ("q", "active")

    @extend_schema(responses=CustomerShape(many=True))
    def get(self, request: Any) -> Response:
        """客户，按编号倒序的游标分页。"""
        _may_look(self.user)
        rows = Customer.objects.select_related("salesperson").prefetch_related("contacts")
        if words := request.query_params.get("q"):
            rows = rows.filter(Q(code__icontains=words) | Q(name__icontains=words))
        if active := request.query_params.get("active"):
            rows = rows.filter(active=active == "true")
        return self.listed(rows, lambda found_rows: [_customer_body(row, self.user) for row in found_rows])

    @extend_schema(request=CustomerShape, responses=CustomerShape)
    def post(self, request: Any) -> Response:
        """新客户；编号不能重复。"""
        given = self.read(CustomerShape)
        customer = services.create_customer(**_given(given), actor=self.user)
        return Response(_customer_body(customer, self.user), status=201)


class CustomerDetail(Api):
    """一个客户。"""

    @extend_schema(responses=CustomerShape)
    def get(self, request: Any, code: str) -> Response:
        """按编号读一个客户。"""
        _may_look(self.user)
        customer = found(Customer.objects.select_related("salesperson"), code=code)
        return Response(_customer_body(customer, self.user))

    @extend_schema(request=CustomerShape(partial=True), responses=CustomerShape)
    def patch(self, request: Any, code: str) -> Response:
        """改客户资料；已有单据上的快照不变（I30）。"""
        customer = found(Customer.objects.all(), code=code)
        given = self.read(CustomerShape, partial=True)
        customer = services.edit_customer(customer, **_given(given), actor=self.user)
        return Response(_customer_body(customer, self.user))


def _given(given: dict[str, Any]) -> dict[str, Any]:
    salesperson = given.pop("salesperson", None)
    if salesperson is not None:
        name = salesperson["username"]
        given["salesperson"] = named(User, "salesperson", username=name) if name else None
    if "contacts" in given:
        given["contacts"] = [Contact(**row) for row in given["contacts"]]
    return given


class UserOut(serializers.Serializer[Any]):
    """一个人。"""

    username = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    department = serializers.CharField(source="department.code", default=None)
    active = serializers.BooleanField(source="is_active")


class Users(Api):
    """人员。"""

    parameters = ("role",)

    @extend_schema(responses=UserOut(many=True))
    def get(self, request: Any) -> Response:
        """人员，接口只读。"""
        _may_look(self.user)
        rows = User.objects.select_related("department")
        if role := request.query_params.get("role"):
            rows = rows.filter(role=role)
        return self.listed(rows, lambda people: list(UserOut(people, many=True).data))


class DepartmentOut(serializers.Serializer[Any]):
    """一个部门。"""

    code = serializers.CharField()
    name = serializers.CharField()
    function = serializers.CharField()
    head = serializers.CharField(source="head.username", default=None)


class Departments(Api):
    """部门。"""

    parameters = ("function",)

    @extend_schema(responses=DepartmentOut(many=True))
    def get(self, request: Any) -> Response:
        """部门与第一负责人，接口只读。"""
        _may_look(self.user)
        rows = Department.objects.select_related("head")
        if function := request.query_params.get("function"):
            rows = rows.filter(function=function)
        return self.listed(rows, lambda departments: list(DepartmentOut(departments, many=True).data))


def _may_look(user: User) -> None:
    if not user.may("parties.view"):
        raise PermissionDenied(_("您没有看基础资料的权限"))
