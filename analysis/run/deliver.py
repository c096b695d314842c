"""Hand an edition on: to a folder, by e-mail, to a webhook; and say once when there is none."""

import hashlib
import hmac
import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from analysis.run.address import copy_folder
from analysis.run.errors import RunError

SECONDS = 30
SIGNATURE = "X-Briefing-Signature"


class DeliveryError(RunError):
    """Raised when an edition could not be handed on; it is tried again when something is next due."""


class Mail(BaseModel):
    """Where and how a mail goes. The password is in the environment variable that `password_variable` names."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str | None = None
    password_variable: str = "BRIEFING_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
    sender: str
    to: tuple[str, ...] = Field(min_length=1)
    attach: tuple[str, ...] = ("*.pdf",)

    @model_validator(mode="after")
    def _check_headers(self) -> "Mail":
        if any("\n" in word or "\r" in word for word in (self.sender, *self.to)):
            raise ValueError("an address holds a line break")
        return self


class Target(BaseModel):
    """One place to hand an edition to: exactly one of the three."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    folder: str | None = None
    email: Mail | None = None
    webhook: str | None = Field(default=None, pattern=r"^https?://")
    secret_variable: str | None = None

    @model_validator(mode="after")
    def _check_one(self) -> "Target":
        if sum(value is not None for value in (self.folder, self.email, self.webhook)) != 1:
            raise ValueError("give one of folder, email, webhook")
        return self

    @property
    def name(self) -> str:
        """The target in a few words, the same as long as it goes to the same place."""
        if self.email:
            return f"email {', '.join(self.email.to)}"
        return f"folder {self.folder}" if self.folder else f"webhook {self.webhook}"


def attempt(hand_on: Callable[..., None], *given: Any) -> str | None:
    """Hand something on; gives what went wrong, None where nothing did."""
    try:
        hand_on(*given)
    except DeliveryError as error:
        return str(error)
    return None


def deliver_edition(target: Target, edition: Path, summary: dict[str, Any]) -> None:
    """Hand over a published edition. `summary` goes to webhooks and into mails. Raises DeliveryError."""
    try:
        if target.folder:
            copy_folder(edition, Path(target.folder) / edition.name)
        elif target.email:
            _send_mail(
                target.email, f"Briefing {summary['edition']}", _describe(summary), _attachments(target.email, edition)
            )
        else:
            _post(target, {"event": "edition", **summary})
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"{target.name}: {error}") from error


def send_notice(target: Target, summary: dict[str, Any]) -> None:
    """Say that an edition was not made. Raises DeliveryError."""
    try:
        if target.folder:
            folder = Path(target.folder)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"FAILED-{summary['schedule']}.txt").write_text(_describe(summary), encoding="utf-8")
        elif target.email:
            _send_mail(target.email, f"No briefing: {summary['schedule']} {summary['state']}", _describe(summary), [])
        else:
            _post(target, {"event": "failure", **summary})
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"{target.name}: {error}") from error


def _describe(summary: dict[str, Any]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in summary.items() if value not in (None, "", []))


def _attachments(mail: Mail, edition: Path) -> list[Path]:
    return sorted({path for pattern in mail.attach for path in edition.glob(pattern) if path.is_file()})


def _send_mail(mail: Mail, subject: str, text: str, attachments: list[Path]) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, mail.sender, ", ".join(mail.to)
    message.set_content(text)
    for path in attachments:
        kind = "pdf" if path.suffix == ".pdf" else "octet-stream"
        message.add_attachment(path.read_bytes(), maintype="application", subtype=kind, filename=path.name)
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, os.environ.get(mail.password_variable, ""))
        server.send_message(message)


def _post(target: Target, content: dict[str, Any]) -> None:
    body = json.dumps(content, sort_keys=True).encode()
    headers = {"Content-Type": "application/json"}
    if target.secret_variable:
        secret = os.environ.get(target.secret_variable, "").encode()
        headers[SIGNATURE] = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(target.webhook or "", body, headers, method="POST")  # noqa: S310 - http(s) by pattern
    opener = urllib.request.build_opener(_NoRedirect)
    with opener.open(request, timeout=SECONDS) as answer:
        answer.read(1)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A webhook that points elsewhere is an error: what is sent was meant for the address given."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None
