"""Addresses that belong to no chapter: who am I, people, departments, customers."""

from django.urls import path

from integration import schema as schema
from integration.api.me import Me
from integration.api.people import CustomerDetail, Customers, Departments, Users

urlpatterns = [
    path("me/", Me.as_view(), name="me"),
    path("customers/", Customers.as_view(), name="customers"),
    path("customers/<str:code>/", CustomerDetail.as_view(), name="customer"),
    path("users/", Users.as_view(), name="users"),
    path("departments/", Departments.as_view(), name="departments"),
]
