"""Mail: a message as an .eml file, or sent by the school's own server. The password is never in a file."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid, parseaddr
from types import TracebackType
from typing import Any

from addin.core.language import phrase
from addin.core.regex import regex
from addin.core.settings import FILE
from addin.errors import ServiceProblem, SettingsProblem, SignInProblem

WHERE = phrase("Settings sheet")
TIMEOUT = 30.0
"""Seconds until a server that does not answer is given up."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
HERE = ("localhost", "127.0.0.1", "::1")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = regex(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
"""An address that every server takes; others are shown to the person, not tried."""


@dataclass(frozen=True, slots=True)
class Server:
    """The school's mail server, as the Settings sheet (or an older ib-trackers.toml) names it."""

    host: str
    port: int
    sender: str
    user: str
    security: str


def server(mail: Mapping[str, Any]) -> Server:
    """The server that [mail] describes. Raises SettingsProblem."""
    for name in mail:
        if "pass" in name.lower():
            raise SettingsProblem(
                phrase("{name} is set: a password does not belong in a file.", name=name),
                where=FILE,
                next=phrase("Remove that line; you are asked for the password when you send."),
            )
    if not mail.get("host") or not ADDRESS.fullmatch(parseaddr(str(mail.get("from", "")))[1]):
        raise SettingsProblem(
            phrase("The mail server or the sender's address is missing."),
            where=WHERE,
            next=phrase("Enter Mail server and Send mail from there."),
        )
    security = str(mail.get("security", "starttls")).lower()
    if security not in PORTS:
        raise SettingsProblem(
            phrase("Mail security is {security}.", security=f"{security!r}"),
            where=WHERE,
            next=phrase("Choose one of {ports}.", ports=", ".join(PORTS)),
        )
    port, user = mail.get("port", PORTS[security]), str(mail.get("user", ""))
    if not isinstance(port, int) or not 0 < port < 65536:
        raise SettingsProblem(
            phrase("Mail server port is {port}, which is not a port.", port=f"{port!r}"),
            where=WHERE,
            next=phrase("Enter a number, or leave it empty."),
        )
    if security == "none" and user and str(mail["host"]) not in HERE:
        raise SettingsProblem(
            phrase("The password would be sent unprotected."),
            where=WHERE,
            next=phrase("Choose starttls or tls as Mail security."),
        )
    return Server(str(mail["host"]), port, str(mail["from"]), user, security)


def message(name: str, address: str, subject: str, words: str, sender: str = "") -> EmailMessage:
    """One message, to one person."""
    made = EmailMessage(policy=SMTP)
    if sender:
        made["From"] = sender
        made["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "ib-trackers.invalid")
    clean = re.sub(r"[\x00-\x1f\x7f]", " ", name)
    made["To"] = Address(display_name="" if "@" in clean else clean, addr_spec=address)
    made["Subject"] = re.sub(r"[\x00-\x1f\x7f]", " ", subject)
    made["Date"] = format_datetime(localtime())
    made.set_content(words)
    return made


def eml(made: EmailMessage) -> bytes:
    """The message as a draft that mail programs open, ready to be sent."""
    made["X-Unsent"] = "1"
    return made.as_bytes()


class Post:
    """An open connection to the server; use it as a context manager."""

    def __init__(self, to: Server, password: str) -> None:
        self.to, self._password = to, password
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        try:
            self._smtp = self._connected()
        except smtplib.SMTPAuthenticationError:
            raise SignInProblem(
                phrase("the mail server {host} does not take the user or the password.", host=self.to.host),
                next=phrase(
                    "Check Mail account on the Settings sheet and the password; many schools need an app password."
                ),
            ) from None
        except smtplib.SMTPNotSupportedError as error:
            raise ServiceProblem(
                phrase(
                    "the mail server {host} cannot do what is asked: {why}.",
                    host=self.to.host,
                    why=str(error).rstrip("."),
                ),
                next=phrase("Ask your IT department which Mail security it offers: starttls, tls or none."),
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            raise ServiceProblem(
                phrase(
                    "the mail server {host}, port {port}, cannot be used: {error}.",
                    host=self.to.host,
                    port=self.to.port,
                    error=error,
                ),
                next=phrase(
                    "Check Mail server, port and security on the Settings sheet, and the network. Nothing was sent."
                ),
            ) from None
        return self

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.to.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(self.to.host, self.to.port, timeout=TIMEOUT, context=context)
        else:
            made = smtplib.SMTP(self.to.host, self.to.port, timeout=TIMEOUT)
        try:
            if self.to.security == "starttls":
                made.starttls(context=context)
            if self.to.user:
                made.login(self.to.user, self._password)
        except BaseException:
            made.close()
            raise
        return made

    def send(self, made: EmailMessage) -> str:
        """Send one message; "" when the server took it, else why not."""
        assert self._smtp is not None
        try:
            self._smtp.send_message(made)
        except smtplib.SMTPRecipientsRefused:
            return "the server refuses the address"
        except smtplib.SMTPResponseException as error:
            return f"the server answered {error.smtp_code}"
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return f"it could not be sent: {type(error).__name__}"
        return ""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
