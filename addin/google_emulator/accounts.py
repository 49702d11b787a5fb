"""Who is who: service accounts with their keys, people with their refresh tokens, and access tokens.

`POST /token` takes the signed statement of a service account (RS256, checked against its public key), a refresh
token, or the code that the consent page gave. Texts of refusals: READ google-cloud-php #3622, google-cloud-python
#10004, gsheets #96.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.files import parsed_json
from addin.google_emulator.answers import Json

LIFETIME = 3599
BOT = "ib-trackers@local-emulator.iam.gserviceaccount.com"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_STALE = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)


@dataclass(frozen=True)
class Token:
    """An access token: whose, until when, for what."""

    user: str
    until: float
    scopes: tuple[str, ...]


@dataclass
class Accounts:
    """The accounts that exist, and the tokens that are out."""

    clock: Callable[[], float]
    public_keys: dict[str, str] = field(default_factory=dict)
    refresh_tokens: dict[str, list[str]] = field(default_factory=dict)  # token -> [person, scopes]
    codes: dict[str, list[str]] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)

    def who(self, authorization: str) -> Token | None:
        """The token of an `Authorization` header, if it is good."""
        token = self.tokens.get(authorization.removeprefix("Bearer ").strip())
        return token if token and token.until > self.clock() else None

    def revoke(self) -> None:
        """All access tokens that are out are no longer good; the next call gets 401 and a new token."""
        self.tokens.clear()

    def grant(self, form: dict[str, str]) -> tuple[int, Json]:
        """The token endpoint's answer to a form."""
        kind = form.get("grant_type", "")
        if kind == JWT_GRANT:
            return self._signed(form.get("assertion", ""))
        if kind == "refresh_token":
            known = self.refresh_tokens.get(form.get("refresh_token", ""))
            return self._issued(*known) if known else _refused("invalid_grant", "Bad Request")
        if kind == "authorization_code":
            known = self.codes.pop(form.get("code", ""), None)
            return self._first(*known) if known else _refused("invalid_grant", "Bad Request")
        return _refused("unsupported_grant_type", f"Invalid grant_type: {kind}")

    def _signed(self, assertion: str) -> tuple[int, Json]:
        from google.auth import crypt, jwt

        try:
            claims: Any = jwt.decode(assertion, verify=False)  # type: ignore[no-untyped-call]  # google-auth is untyped here
            message, _, signature = assertion.rpartition(".")
            signature_bytes = _decoded(signature)
        except (ValueError, TypeError):
            return _refused("invalid_request", "Bad Request")
        key = self.public_keys.get(claims.get("iss", ""))
        if key is None:
            return _refused("invalid_grant", "Invalid grant: account not found")
        verifier = crypt.RSAVerifier.from_string(key)  # type: ignore[no-untyped-call]  # google-auth is untyped here
        if not verifier.verify(message.encode(), signature_bytes):
            return _refused("invalid_grant", "Invalid JWT Signature.")
        now, issued, until = self.clock(), claims.get("iat", 0), claims.get("exp", 0)
        if until <= now or issued > now + 300 or not 0 < until - issued <= 3660:
            return _refused("invalid_grant", _STALE)
        return self._issued(claims["iss"], claims.get("scope", ""))

    def _issued(self, user: str, scopes: str) -> tuple[int, Json]:
        name = f"ya29.local-{secrets.token_urlsafe(24)}"
        self.tokens[name] = Token(user, self.clock() + LIFETIME, tuple(scopes.split()))
        return 200, {"access_token": name, "expires_in": LIFETIME, "token_type": "Bearer", "scope": scopes}

    def _first(self, user: str, scopes: str) -> tuple[int, Json]:
        status, answer = self._issued(user, scopes)
        return status, {**answer, "refresh_token": self.new_refresh_token(user, scopes)}

    def new_refresh_token(self, user: str, scopes: str) -> str:
        token = f"1//local-{secrets.token_urlsafe(24)}"
        self.refresh_tokens[token] = [user, scopes]
        return token

    def new_code(self, user: str, scopes: str) -> str:
        """What the consent page hands to the program that asked."""
        code = f"4/local-{secrets.token_urlsafe(18)}"
        self.codes[code] = [user, scopes]
        return code


def _decoded(text: str) -> bytes:
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _refused(error: str, description: str) -> tuple[int, Json]:
    return 400, {"error": error, "error_description": description}


def write_key_file(accounts: Accounts, path: Path, address: str, email: str) -> Path:
    """A service account's key file (0600) whose `token_uri` is this emulator; a key that is there already is kept."""
    private = _known_key(accounts, path, email) or _new_key(accounts, email)
    content = {
        "type": "service_account",
        "project_id": "local-emulator",
        "private_key_id": "local-emulator-not-google",
        "private_key": private,
        "client_email": email,
        "client_id": "0",
        "auth_uri": f"{address}/o/oauth2/auth",
        "token_uri": f"{address}/token",
        "universe_domain": "googleapis.com",
        "emulator": address,
    }
    return write_private(path, content)


def write_private(path: Path, content: Json) -> Path:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    return path


def _known_key(accounts: Accounts, path: Path, email: str) -> str | None:
    from cryptography.hazmat.primitives import serialization as form

    try:
        private = str(parsed_json(path.read_bytes())["private_key"])
        key = form.load_pem_private_key(private.encode(), None)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo).decode()
    return private if accounts.public_keys.get(email) == public else None


def _new_key(accounts: Accounts, email: str) -> str:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    accounts.public_keys[email] = public.decode()
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode()
