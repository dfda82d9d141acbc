"""Addresses of leave and deputies."""

from django.urls import path

from workflow import leaving

app_name = "workflow"

urlpatterns = [
    path("leaves/", leaving.leaves, name="leaves"),
    path("leaves/<int:pk>/end/", leaving.end, name="end_leave"),
]
