"""A passkey's device in software: it makes keys and answers questions as a browser would hand them on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG
HOST, ORIGIN = "localhost", "http://localhost"


@dataclass
class Device:
    """One key for one person; what it says can be bent by a test."""

    identity: bytes = b"device-1"
    origin: str = ORIGIN
    flags: AuthenticatorData.FLAG = FLAG.UP | FLAG.UV
    count: int = 0
    handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, question: dict[str, Any]) -> str:
        """What `navigator.credentials.create` gives."""
        options = question["publicKey"]
        self.handle = options["user"]["id"]
        es256: Any = ES256
        public = es256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.identity, public)
        about = self._about(options["rp"]["id"], FLAG.AT, credential)
        said = CollectedClientData.create("webauthn.create", options["challenge"], self.origin)
        return self._answer(clientDataJSON=said, attestationObject=AttestationObject.create("none", about, {}))

    def prove(self, question: dict[str, Any]) -> str:
        """What `navigator.credentials.get` gives."""
        options = question["publicKey"]
        about = self._about(options["rpId"], FLAG(0))
        said = CollectedClientData.create("webauthn.get", options["challenge"], self.origin)
        signature = self.key.sign(about + said.hash, ec.ECDSA(hashes.SHA256()))
        handle = websafe_decode(self.handle)
        return self._answer(clientDataJSON=said, authenticatorData=about, signature=signature, userHandle=handle)

    def _about(self, host: str, more: AuthenticatorData.FLAG, credential: bytes = b"") -> AuthenticatorData:
        about = AuthenticatorData.create(sha256(host.encode()), self.flags | more, self.count, credential)
        return AuthenticatorData(about)

    def _answer(self, **parts: bytes) -> str:
        name = websafe_encode(self.identity)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
