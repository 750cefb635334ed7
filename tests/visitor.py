"""A reader of the dashboard without a browser: it speaks with the server as Streamlit's page does, and costs next to nothing.

A visitor holds what the server sent last (the scene of the journey's component, the texts and buttons of the page) and hears
every byte of it, so that a word of somebody else's text can't pass unseen.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

SECRET = re.compile(rb"Quillon[a-z]{6}")  # the surname of a visitor, found in no list of places and in no other text
_PATIENCE = 60.0  # seconds for anything: a server that many use at once may be slow, but must answer


class Visitor:
    """One session, named by its secret word."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.foreign: set[str] = set()  # secret words of others that came here
        self.stage = ""  # what the page told last of a text being read
        self.troubles: list[str] = []  # what the page told in red
        self.scene: dict[str, Any] = {}  # what the journey's component was told last
        self._ids: dict[str, str] = {}  # of the widgets, by their label
        self._states: dict[str, WidgetState] = {}
        self._events: list[dict[str, Any]] = []
        self._number = 0
        self._run = 0
        self._query = ""
        self._running = True
        self._news = asyncio.Condition()

    async def enter(self, address: str) -> None:
        """Open the page, or open it again as a browser does that reloads it, and wait for its first journey."""
        self.scene, self._ids, self._states, self._events, self._running = {}, {}, {}, [], True
        self._number, self._run = 0, self._run + 1
        stream = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket: ClientConnection = await connect(stream, subprotocols=["streamlit"], max_size=None, ping_interval=None)  # type: ignore[list-item]
        self._hearing = asyncio.create_task(self._hear())
        await self._send()
        await self.until(lambda: bool(self.scene.get("stops")))

    async def leave(self) -> None:
        """Close the page."""
        self._hearing.cancel()
        await self._socket.close()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what was heard. Raises TimeoutError, with what is known, when it does not come."""
        try:
            async with asyncio.timeout(_PATIENCE), self._news:
                await self._news.wait_for(lambda: self._hearing.done() or holds())
        except TimeoutError as error:
            known = {"running": self._running, "events": self._events, "done": self.scene.get("done"), "red": self.troubles}
            raise TimeoutError(f"{self.secret} waited in vain: {known}") from error
        if self._hearing.done():
            self._hearing.result()
            raise ConnectionError(f"the server left {self.secret}")

    # --- what a reader does -------------------------------------------------------------------------------------------

    async def read(self, text: str, told: str) -> None:
        """Paste a text and wait for its journey; `told` stands in no other text of this visitor."""
        await self._paste(text)
        await self.until(lambda: told in self.scene["text"].get("whole", "") and bool(self.scene["stops"]))
        await self.idle()

    async def show(self, text: str) -> None:
        """Paste a long text and see that it is being read; of a short one nothing need be told before it is done."""
        self.stage = ""
        await self._paste(text)
        await self.until(lambda: bool(self.stage))

    async def _paste(self, text: str) -> None:
        await self.idle()
        self._states["Text"] = WidgetState(id=self._ids["Text"], string_value=text)
        await self._send("Show the journey")

    async def press(self, label: str) -> None:
        """Press a button and wait until the server has done with it."""
        await self.idle()
        self._running = True
        await self._send(label)
        await self.idle()

    async def correct(self, *events: tuple[str, dict[str, Any]], apart: float = 0.0) -> float:
        """Send events, some seconds apart, and wait until the server has dealt with them; gives milliseconds from the last."""
        for kind, content in events:
            await asyncio.sleep(apart if self._events else 0)
            self._number += 1
            self._events.append({"number": self._number, "kind": kind, **content})
            await self._send()
        began, last = time.perf_counter(), self._number
        await self.until(lambda: (self.scene.get("done") or {}).get("number", 0) >= last)
        self._events = [event for event in self._events if event["number"] > last]
        return 1000 * (time.perf_counter() - began)

    async def idle(self) -> None:
        """Wait until the server has nothing more to do for this visitor."""
        await self.until(lambda: not self._running)

    def statuses(self) -> dict[str, str]:
        """Each stop of the journey, by its key, with whether it was visited, passed or planned."""
        return {stop["key"]: stop["status"] for stop in self.scene["stops"]}

    # --- the wire -----------------------------------------------------------------------------------------------------

    async def _send(self, button: str | None = None) -> None:
        message = BackMsg()
        states = dict(self._states)
        if "journey" in self._ids:
            value = json.dumps({"run": f"{self.secret} {self._run}", "events": self._events})
            states["journey"] = WidgetState(id=self._ids["journey"], json_value=value)
        if button:
            states["button"] = WidgetState(id=self._ids[button], trigger_value=True)
        message.rerun_script.widget_states.widgets.extend(states.values())
        message.rerun_script.context_info.locale = "en-IE"
        message.rerun_script.query_string = self._query
        await self._socket.send(message.SerializeToString())

    async def _hear(self) -> None:
        async for payload in self._socket:
            assert isinstance(payload, bytes)
            self.foreign |= {word.decode() for word in SECRET.findall(payload)} - {self.secret}
            message = ForwardMsg.FromString(payload)
            if message.WhichOneof("type") == "delta":
                self._element(message.delta.new_element)
            elif message.WhichOneof("type") == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif message.WhichOneof("type") == "new_session":
                self._running = True
            elif message.WhichOneof("type") == "script_finished":
                self._running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            async with self._news:
                self._news.notify_all()

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "component_instance" and element.component_instance.component_name.endswith("itinerary_journey"):
            self._ids["journey"] = element.component_instance.id
            self._show(json.loads(element.component_instance.json_args))
        elif kind in ("button", "text_area"):
            one = getattr(element, kind)
            self._ids[one.label] = one.id
            if kind == "text_area" and one.set_value:
                self._states["Text"] = WidgetState(id=one.id, string_value=one.value)
        elif kind == "progress":
            self.stage = element.progress.text
        elif kind == "exception" or (kind == "alert" and element.alert.format == element.alert.ERROR):
            self.troubles.append(str(getattr(element, kind)))

    def _show(self, scene: dict[str, Any]) -> None:
        """Keep a scene; the text is whole once for each journey."""
        whole = self.scene.get("text", {}).get("whole") if "whole" not in scene["text"] else None
        self.scene = {**scene, "text": {**scene["text"], **({"whole": whole} if whole else {})}}
