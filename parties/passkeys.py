"""通行密钥（第三条）：浏览器拿设备里的私钥答一道题，这里用公钥核对；题目只用一次。

A passkey belongs to the host name under which it was made: the browser gives it to nobody else, and so do we. Browsers
offer passkeys only over https, or on localhost, and never where the address is a bare IP number.
"""

from __future__ import annotations

import ipaddress
import json
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from parties.account_log import note
from parties.models import AccountEvent, Company, Passkey, User

KEY = "passkey_challenge"
WAITS = 300  # seconds a question stands
LONGEST = 20_000  # characters of an answer
MOST = 20  # passkeys of one person
NEW, PROOF = "new", "proof"
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError)


def host_of(request: HttpRequest) -> str:
    """The host name of this address, without its port."""
    return split_domain_port(request.get_host())[0].strip("[]")


def trouble_with(request: HttpRequest) -> str:
    """为什么在这个网址上用不了通行密钥；用得了就是空的。"""
    host = host_of(request)
    if _is_number(host):
        return _("通行密钥认网址的名字，不认 IP 地址。请用名字打开（本机用 localhost），或者用口令。")
    if request.is_secure() or host == "localhost" or host.endswith(".localhost"):
        return ""
    return _("这个网址不是 https，浏览器不给用通行密钥。请用口令，或者让管理员装好证书。")


def of_person(user: User, request: HttpRequest) -> list[Passkey]:
    """这个人在这个网址上用得了的通行密钥。"""
    return [] if trouble_with(request) else list(Passkey.objects.filter(user=user, host=host_of(request)))


def question_for_new(request: HttpRequest, user: User) -> dict[str, Any]:
    """建一把新的：设备里要留名，用时要验指纹、面容或者 PIN。"""
    who = PublicKeyCredentialUserEntity(id=_handle(user), name=user.username, display_name=str(user))
    options, state = _server(request).register_begin(
        who,
        _named(of_person(user, request)),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(request, NEW, options, state)


def question(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """证明是本人：登录时不问是谁，由设备说；再证明时只认这个人的。"""
    known = _named(of_person(user, request)) if user else None
    options, state = _server(request).authenticate_begin(known, user_verification=UserVerificationRequirement.REQUIRED)
    return _asked(request, PROOF, options, state)


@transaction.atomic
def keep(request: HttpRequest, user: User, name: str, answer: str) -> Passkey:
    """加上一把通行密钥（第三条）。"""
    state = _taken(request, NEW)
    if trouble := trouble_with(request):
        raise ValidationError(trouble)
    try:
        made = _server(request).register_complete(state, _read(answer)).credential_data
        assert made is not None  # noqa: S101
    except UNREADABLE as error:
        raise ValidationError(_("设备的回答核对不上，没有加上，请再试一次")) from error
    credential_id = websafe_encode(made.credential_id)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise ValidationError(_("这把通行密钥已经加过了"))
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise ValidationError(_("通行密钥最多 %(n)s 把，请先去掉不用的") % {"n": MOST})
    passkey = Passkey.objects.create(
        user=user, name=name, credential_id=credential_id, credential=bytes(made), host=host_of(request)
    )
    note(user, AccountEvent.Act.PASSKEY_ADDED, actor=user, request=request, words=name)
    return passkey


@transaction.atomic
def remove(passkey: Passkey, request: HttpRequest, *, actor: User) -> None:
    """去掉一把通行密钥，立即不能再用（第三条）。"""
    Passkey.objects.filter(pk=passkey.pk).delete()
    note(passkey.user, AccountEvent.Act.PASSKEY_REMOVED, actor=actor, request=request, words=passkey.name)


def owner_of(request: HttpRequest, answer: str) -> User | None:
    """Whose passkey the answer names; whether it is right is asked by `authenticate`."""
    try:
        credential_id = str(_read(answer)["rawId"])[:1400]
    except UNREADABLE:
        return None
    found = Passkey.objects.filter(credential_id=credential_id, host=host_of(request)).select_related("user").first()
    return found.user if found else None


def right(request: HttpRequest, user: User, answer: str) -> bool:
    """答得对不对：题目是这一次的，密钥是这个人的，本人在场，计数没有倒退。"""
    state = _taken(request, PROOF)
    known = {bytes(one.credential): one for one in of_person(user, request)}
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        spoken = _server(request).authenticate_complete(state, [AttestedCredentialData(one) for one in known], response)
        handle = response.response.user_handle
        count = response.response.authenticator_data.counter
    except UNREADABLE:
        return False
    return handle in (None, b"", _handle(user)) and _count(known[bytes(spoken)], count)


def _count(passkey: Passkey, count: int) -> bool:
    """A device that counts must count on: else a copy of it answers. Devices that share a key all say 0."""
    on = Q(sign_count__lt=count) if count else Q(sign_count=0)
    return Passkey.objects.filter(on, pk=passkey.pk).update(sign_count=count, used_at=Now()) == 1


def _server(request: HttpRequest) -> Fido2Server:
    here = f"{request.scheme}://{request.get_host()}"
    name = str(Company.objects.only("name").first() or _("跟单"))
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host_of(request), name=name), verify_origin=lambda origin: origin == here
    )


def _asked(request: HttpRequest, purpose: str, options: Any, state: Any) -> dict[str, Any]:
    request.session[KEY] = [purpose, dict(state), int(time.time())]
    return dict(options)


def _taken(request: HttpRequest, purpose: str) -> Any:
    """The question of this session, which is gone with it; nothing when it is another's or too old."""
    asked, state, since = request.session.pop(KEY, ("", None, 0))
    return state if asked == purpose and 0 <= time.time() - since <= WAITS else None


def _named(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    kind = PublicKeyCredentialType.PUBLIC_KEY
    ids = [AttestedCredentialData(bytes(one.credential)).credential_id for one in passkeys]
    return [PublicKeyCredentialDescriptor(type=kind, id=one) for one in ids]


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST:
        raise ValueError("too long")
    read = json.loads(answer)
    return read if isinstance(read, dict) else {}


def _handle(user: User) -> bytes:
    return str(user.pk).encode()


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
