"""Pages of people: coming in, their own account."""

from parties.views.account import Password, end_session, sessions
from parties.views.login import (
    Login,
    back_office_door,
    first_password,
    locked_out,
    login_code,
    login_passkey,
    passkey_question,
)
from parties.views.security import (
    code,
    new_passkey,
    passkey_to_make,
    remake_recoveries,
    remove_passkey,
    security,
    turn_off_code,
)

__all__ = [
    "Login",
    "Password",
    "back_office_door",
    "code",
    "end_session",
    "first_password",
    "locked_out",
    "login_code",
    "login_passkey",
    "new_passkey",
    "passkey_question",
    "passkey_to_make",
    "remake_recoveries",
    "remove_passkey",
    "security",
    "sessions",
    "turn_off_code",
]
