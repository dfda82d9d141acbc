"""Addresses of the gallery: what reads every chapter."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.home, name="home"),
    path("duties/", views.duties, name="duties"),
    path("search/", views.search, name="search"),
]
