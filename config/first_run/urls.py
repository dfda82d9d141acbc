"""The first-run page."""

from django.urls import path

from config.first_run import views

app_name = "first_run"

urlpatterns = [
    path("first-run/", views.first_run, name="page"),
    path("first-run/people.xlsx", views.blank_people, name="people"),
]
