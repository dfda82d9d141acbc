"""Addresses of the shop: visits and inspections (第二章 生产跟进)."""

from django.urls import path

from production.views import inspecting, touring, visiting

app_name = "production"

urlpatterns = [
    path("visits/", touring.visits, name="visits"),
    path("visits/tour/", touring.tour, name="tour"),
    path("visits/find/", touring.find, name="find"),
    path("visits/many/", visiting.visit_many, name="visit_many"),
    path("visits/<int:pk>/done/", visiting.done, name="visit_done"),
    path("orders/<slug:number>/visits/", visiting.visit, name="visit"),
    path("inspections/", inspecting.inspections, name="inspections"),
    path("orders/<slug:number>/inspections/", inspecting.inspect, name="inspect"),
]
