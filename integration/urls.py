"""Addresses of API tokens."""

from django.urls import path

from integration import views

app_name = "integration"

urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/take-back/", views.take_back, name="take_back"),
]
