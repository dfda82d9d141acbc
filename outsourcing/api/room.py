"""What every address of outsourcing asks first: may this person look at it at all (A3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from outsourcing.rights import VIEW
from workflow.rest import Api


class Room(Api):
    """An address of outsourcing: only for those who may see what is sent out."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.user.may(VIEW):
            raise PermissionDenied(_("外协不归您看"))
