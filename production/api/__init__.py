"""Visits and inspections over REST (API.md)."""

from django.urls import path

from production.api.inspections import Inspections, OrderInspections
from production.api.milestones import OrderMilestones
from production.api.visits import OrderVisits, Visits

urlpatterns = [
    path("visits/", Visits.as_view(), name="visits"),
    path("orders/<str:number>/visits/", OrderVisits.as_view(), name="order-visits"),
    path("inspections/", Inspections.as_view(), name="inspections"),
    path("orders/<str:number>/inspections/", OrderInspections.as_view(), name="order-inspections"),
    path("orders/<str:number>/milestones/", OrderMilestones.as_view(), name="order-milestones"),
]
