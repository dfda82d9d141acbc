"""Addresses of people: coming in, going out, their own account."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from parties import views

app_name = "parties"

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("login/code/", views.login_code, name="login_code"),
    path("login/passkey/", views.login_passkey, name="login_passkey"),
    path("login/first-password/", views.first_password, name="first_password"),
    path("passkeys/question/", views.passkey_question, name="passkey_question"),
    path("security/", views.security, name="security"),
    path("security/passkeys/new/", views.new_passkey, name="new_passkey"),
    path("security/passkeys/question/", views.passkey_to_make, name="passkey_to_make"),
    path("security/passkeys/<int:pk>/remove/", views.remove_passkey, name="remove_passkey"),
    path("security/code/", views.code, name="code"),
    path("security/code/turn-off/", views.turn_off_code, name="turn_off_code"),
    path("security/recovery-codes/", views.remake_recoveries, name="remake_recoveries"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("password/", views.Password.as_view(), name="password"),
]
