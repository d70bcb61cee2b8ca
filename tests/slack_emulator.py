"""A Slack that we did not write: the emulator of `tests/emulator`, on Node, with a few people in it.

What it stores and sends is its own. What it has no notion of, clicks and forms, our own driver brings to the
bot, signed as Slack signs it.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from slack_app.demo import payloads
from slack_app.demo.delivery import Courier, Delivery
from slack_app.demo.entries import beginnings, entry, find
from slack_app.demo.records import User

FOLDER = Path(__file__).parent / "emulator"
NODE = FOLDER / "node_modules" / "node" / "bin" / "node"
PROGRAM = FOLDER / "node_modules" / "emulate" / "dist" / "index.js"
BOT, BOT_TOKEN, SECRET = "U0BOT", "xoxb-bot", "a-signing-secret"

Message = Mapping[str, Any]


class Emulator:
    """The emulator at `url`, with the people that it was seeded with."""

    def __init__(self, url: str, names: Sequence[str], courier: Courier) -> None:
        self.url = url
        self.courier = courier
        self.bot = WebClient(BOT_TOKEN, base_url=f"{url}/api/")
        self._clients = {name: WebClient(f"xoxp-{name}", base_url=f"{url}/api/") for name in names}
        self.ids = {name: str(client.auth_test()["user_id"]) for name, client in self._clients.items()}

    # What people do

    def write(self, name: str, text: str) -> None:
        """Somebody writes to the bot; the emulator tells the bot of it before this returns."""
        self._clients[name].chat_postMessage(channel=self._dm(name), text=text)

    def tell_again(self, name: str) -> Delivery:
        """What somebody wrote last reaches the bot once more, under another event id."""
        channel, team = self._dm(name), str(self.bot.auth_test()["team_id"])
        written = next(m for m in reversed(self._read(name, channel)) if m["user"] == self.ids[name])
        event = {**written, "type": "message", "channel": channel, "channel_type": "im"}
        told = payloads.envelope(event, event_id="Ev0AGAIN", time_s=int(time.time()))
        return self.courier.deliver(Delivery("event", {**told, "team_id": team}))

    def click(self, name: str, message: Message, block_id: str, element: Mapping[str, Any]) -> Delivery:
        """Somebody clicks on an element of a message."""
        channel = self._dm(name)
        container = {"type": "message", "message_ts": message["ts"], "channel_id": channel}
        clicked = payloads.action(block_id, element, {}, f"{time.time():.6f}")
        where = {"container": container, "channel": {"id": channel}, "message": dict(message)}
        return self._interact("block_actions", name, actions=[clicked], **where)

    def fill(self, name: str, **entered: Any) -> Delivery:
        """Somebody fills in the modal that was opened last for them, and sends it."""
        view = self.views(name)[-1]
        values = beginnings(view["blocks"])
        for action, value in entered.items():
            block_id, element = find(view["blocks"], action)
            values[block_id][element["action_id"]] = entry(element, value)
        told = {**view, "id": view["view_id"], "state": {"values": values}}
        return self._interact("view_submission", name, view=told)

    # What people see

    def inbox(self, name: str) -> list[Message]:
        """What the bot wrote to somebody in their DM, oldest first, as it stands now."""
        return [message for message in self._read(name, self._dm(name)) if message["user"] == BOT]

    def group(self, name: str) -> list[Message]:
        """What stands in the only group DM that somebody is in."""
        (room,) = self._clients[name].conversations_list(types="mpim")["channels"]
        return self._read(name, room["id"])

    def views(self, name: str) -> list[Mapping[str, Any]]:
        """The modals that were opened for somebody, in order."""
        answer = self.bot.api_call("test.views")
        return [view for view in answer["views"] if view["user_id"] == self.ids[name]]

    def _read(self, name: str, channel: str) -> list[Message]:
        return list(reversed(self._clients[name].conversations_history(channel=channel)["messages"]))

    def _dm(self, name: str) -> str:
        return str(self._clients[name].conversations_open(users=[BOT])["channel"]["id"])

    def _interact(self, kind: str, name: str, **details: Any) -> Delivery:
        person = User(self.ids[name], name)
        trigger = self.bot.api_call("views.generateTriggerId", json={"user_id": person.id})["trigger_id"]
        told = payloads.interaction(kind, person, trigger_id=trigger, **details)
        return self.courier.deliver(Delivery("interaction", told))


def elements(message: Message, action: str) -> list[tuple[str, Mapping[str, Any]]]:
    """What can be clicked in a message under this action id, numbered or not, each with its block's id."""
    return [
        (str(block.get("block_id", "")), element)
        for block in message.get("blocks", ())
        if block["type"] == "actions"
        for element in block["elements"]
        if action == element["action_id"].partition("#")[0]
    ]


@contextmanager
def emulator(folder: Path, names: Sequence[str], *, events_url: str) -> Iterator[Emulator]:
    """The emulator with these people in it, telling the bot at `events_url` of every message.

    Skips the test where it is not installed: that takes npm, which comes with any Node.
    """
    if not (NODE.exists() and PROGRAM.exists()):
        pytest.skip("needs the Slack emulator (`make setup` installs it where there is npm)")
    seed = folder / "seed.json"
    seed.write_text(json.dumps(_seed(names)))
    port = free_port()
    command = [NODE, "--import", "./subscribe.mjs", PROGRAM, "start", "--service", "slack"]
    command += ["--port", str(port), "--host", "127.0.0.1", "--seed", seed]
    log = (folder / "emulator.log").open("w")
    told = {"PATH": os.environ["PATH"], "HOME": str(folder), "EVENTS_URL": events_url}
    process = subprocess.Popen(command, cwd=FOLDER, env=told, stdout=log, stderr=log)
    try:
        _wait_for(port, process)
        yield Emulator(f"http://127.0.0.1:{port}", names, Courier(events_url, SECRET, clock_factor=None))
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


def _seed(names: Sequence[str]) -> Mapping[str, Any]:
    bot = {"app_id": "A0", "bot_id": "B0", "bot_user_id": BOT, "bot_name": "matchbot"}
    app = {"client_id": "c", "client_secret": "s", "name": "matchbot", "redirect_uris": []}
    tokens = [{"token": f"xoxp-{name}", "user": name} for name in names]
    return {
        "slack": {
            "signing_secret": SECRET,
            "users": [{"name": name} for name in names],
            "oauth_apps": [{**app, **bot}],
            "tokens": [
                *tokens,
                {"token": BOT_TOKEN, "user": BOT, "bot_id": "B0", "app_id": "A0", "type": "bot"},
            ],
        }
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the emulator ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the emulator did not start")
