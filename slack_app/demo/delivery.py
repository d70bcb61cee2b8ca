"""From Slack to the app: signed requests, with the patience and the retries of Slack."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

Sort = Literal["event", "interaction", "options", "command"]

RETRY_AFTER_S = (0.0, 60.0, 300.0)
PATIENCE_S = 3.0


@dataclass(frozen=True)
class Attempt:
    """One request, and what the app answered: status 0 if nothing came, `why` then says why."""

    status: int
    body: bytes = b""
    why: str = ""
    elapsed_s: float = 0.0


@dataclass
class Delivery:
    """One thing that Slack tells the app, and every attempt to tell it."""

    sort: Sort
    payload: Mapping[str, Any]
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def is_acknowledged(self) -> bool:
        return bool(self.attempts) and 200 <= self.attempts[-1].status < 300

    @property
    def answer(self) -> Mapping[str, Any]:
        """The JSON of the last answer; a plain text stands under ``text``, nothing is empty."""
        body = self.attempts[-1].body.decode() if self.attempts else ""
        try:
            found = json.loads(body or "{}")
        except ValueError:
            return {"text": body}
        return found if isinstance(found, dict) else {"text": body}


class Courier:
    """Brings deliveries to one app. Each is attempted at once, and an event again as Slack would.

    `clock_factor` scales the minutes between retries: 1 is Slack's pace, 0.001 a test's; None retries never.
    """

    def __init__(
        self,
        app_url: str,
        signing_secret: str,
        *,
        clock_factor: float | None = 1.0,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.app_url = app_url
        self.signer = SignatureVerifier(signing_secret)
        self.clock_factor = clock_factor
        self.patience_s = patience_s
        self.log: list[Delivery] = []
        self._retries: set[Future[None]] = set()
        self._executor = ThreadPoolExecutor(4, "slack-retries")
        self._closed = threading.Event()

    def deliver(self, delivery: Delivery) -> Delivery:
        """The delivery after its first attempt. An event that was not acknowledged is tried again later."""
        self.log.append(delivery)
        self._attempt(delivery)
        if not delivery.is_acknowledged and delivery.sort == "event" and self.clock_factor is not None:
            retry = self._executor.submit(self._retry, delivery, self.clock_factor)
            self._retries.add(retry)
            retry.add_done_callback(self._retries.discard)
        return delivery

    def wait(self, timeout_s: float = 10.0) -> None:
        """Until no retry is under way. Raises TimeoutError."""
        for retry in list(self._retries):
            retry.result(timeout_s)

    def close(self) -> None:
        self._closed.set()
        self._executor.shutdown(cancel_futures=True)

    def _retry(self, delivery: Delivery, clock_factor: float) -> None:
        for wait_s in RETRY_AFTER_S:
            if self._closed.wait(wait_s * clock_factor) or delivery.is_acknowledged:
                return
            self._attempt(delivery)

    def _attempt(self, delivery: Delivery) -> None:
        request = self.request(delivery)
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=self.patience_s) as response:
                status, body, why = response.status, response.read(), ""
        except urllib.error.HTTPError as refusal:
            status, body, why = refusal.code, refusal.read(), "http_error"
        except TimeoutError:
            status, body, why = 0, b"", "http_timeout"
        except OSError as error:
            is_late = isinstance(getattr(error, "reason", None), TimeoutError)
            status, body, why = 0, b"", "http_timeout" if is_late else "connection_failed"
        delivery.attempts.append(Attempt(status, body, why, time.monotonic() - began))

    def request(self, delivery: Delivery) -> urllib.request.Request:
        """The signed request that brings a delivery to the app, as it is at this attempt."""
        body = _encoded(delivery)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json"
            if delivery.sort == "event"
            else "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": self.signer.generate_signature(timestamp=timestamp, body=body) or "",
            "User-Agent": "Slackbot 1.0 (the demo's own)",
        }
        if delivery.attempts:
            headers["X-Slack-Retry-Num"] = str(len(delivery.attempts))
            headers["X-Slack-Retry-Reason"] = delivery.attempts[-1].why
        return urllib.request.Request(self.app_url, body.encode(), headers, method="POST")


def _encoded(delivery: Delivery) -> str:
    if delivery.sort == "event":
        return json.dumps(delivery.payload)
    if delivery.sort == "command":
        return urlencode(delivery.payload)
    return urlencode({"payload": json.dumps(delivery.payload)})
