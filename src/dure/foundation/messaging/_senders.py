"""The drivers: a file for want of a provider, and any provider by HTTP."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import httpx

from dure.foundation.messaging._port import Message, NotSent, Outcome, Sender

SECONDS = 10


class FileSender:
    """Writes messages as lines of JSON to a file; nobody is told, and nobody is said to be."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: Message) -> Outcome:
        """Write the message."""
        line = json.dumps(asdict(message), ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The texts and numbers are nobody else's business.
            opened = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(opened, "a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise NotSent(str(error)) from error
        return Outcome.KEPT


class HttpSender:
    """Posts each message as JSON to one address; any answer but 2xx is a refusal.

    The provider's own form is made by a small bridge behind that address.
    """

    def __init__(
        self, url: str, key: str = "", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(timeout=SECONDS, headers=headers, transport=transport)

    def send(self, message: Message) -> Outcome:
        """Hand the message over. Raises NotSent."""
        try:
            answer = self._client.post(
                self.url, json=asdict(message), headers={"Idempotency-Key": message.key}
            )
        except httpx.HTTPError as error:
            raise NotSent(f"{type(error).__name__}: {error}") from error
        if not answer.is_success:
            raise NotSent(f"{answer.status_code} {answer.text[:200]}".strip())
        return Outcome.SENT


def sender(url: str, key: str, file: Path) -> Sender:
    """The driver that the settings ask for."""
    return HttpSender(url, key) if url else FileSender(file)
