"""The matrix, one's own account: codes and passkeys, before the door and behind it."""

from __future__ import annotations

from parties.models import Passkey
from tests.permissions.world import World

ROWS = """
GET  public    -       login/code/
POST public    -       login/code/
POST public    -       login/passkey/
POST public    -       passkeys/question/
GET  everybody -       security/
GET  everybody -       security/passkeys/new/
POST everybody -       security/passkeys/new/
POST everybody -       security/passkeys/question/
POST =xiaoli   passkey security/passkeys/<int:pk>/remove/
GET  everybody -       security/code/
POST everybody -       security/code/
POST everybody -       security/code/turn-off/
POST everybody -       security/recovery-codes/
"""


def prepare(world: World) -> None:
    """A passkey of the coordinator's."""
    made = Passkey.objects.create(
        user=world.cast.xiaoli, name="手机", credential_id="bWF0cml4", credential=b"", host="localhost"
    )
    world.keep("passkey", made, pk=made.pk)
