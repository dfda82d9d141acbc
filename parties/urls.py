"""Addresses of people: coming in, going out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from parties import views

app_name = "parties"

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("login/first-password/", views.first_password, name="first_password"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("password/", views.Password.as_view(), name="password"),
]
