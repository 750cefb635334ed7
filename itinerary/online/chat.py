"""A language model behind an OpenAI-compatible address: asked patiently, in bounds, and only where the user allows it.

Ollama, llama.cpp, vLLM and most providers answer at `…/chat/completions`. The key comes from the environment, is sent to the
address that the user named and nowhere else, and stands in no message. A redirect to another host is not followed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itinerary.account import NoAccount
from itinerary.errors import InputError
from itinerary.online.posting import Exchange, Refused, Reply
from itinerary.online.transport import Server, server_of

if TYPE_CHECKING:
    import httpx

KEY = "ITINERARY_READER_KEY"  # the environment variable with the key of the endpoint
_ANSWER_IN = 600.0  # s for one answer, first byte to last: a small machine writes some 5 tokens a second
_BACK_OFF = (2.0, 8.0, 20.0)  # s before the second, third and fourth try
_LONGEST_PAUSE = 60.0  # s that a server may ask us to wait
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_MOST_TOKENS = 8_192  # of one answer
_SEED = 7
# A server that counts fewer tokens than this for a character of what was sent has cut it down to its context.
_FEWEST_TOKENS = 1 / 8
_INSTEAD = "the built-in reader's journey is shown instead"


@dataclass(slots=True)
class Chat:
    """A model at an address. `transport` stands in for the wire (any of httpx), `sleep` waits for seconds, `clock` gives them.

    `manners` counts how far requests were simplified for a server that knows less; it stays so for the next ones.
    """

    url: str
    model: str
    server: Server
    key: str | None = field(default=None, repr=False)
    answer_in: float = _ANSWER_IN
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    manners: int = 0

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self.model} at {self.server.domain}"

    @property
    def leaves_machine(self) -> bool:
        """Whether what is asked goes to another machine."""
        return not self.server.is_here

    def complete(
        self, instructions: str, about: str, schema: dict[str, Any], *, cancelled: Callable[[], bool] | None = None
    ) -> str:
        """What the model writes. Raises NoAccount with a sentence when it does not answer, SetupError without httpx."""
        waits = iter((*_BACK_OFF, None))
        while True:
            reply = self._sent(_payload(self.model, (instructions, about), schema, self.manners), cancelled)
            if reply.status == 200:
                return _content(reply.body, self.server.domain, len(instructions) + len(about))
            if reply.status in _NOT_UNDERSTOOD and self.manners < _PLAIN:
                self.manners += 1
                continue
            wait = _pause(reply, next(waits))
            if wait is None:
                raise NoAccount(f"{self.server.domain} {_happened(reply.status, self.model)}; {_INSTEAD}.")
            self.sleep(wait)
            if cancelled and cancelled():
                raise NoAccount(f"{self.server.domain} was not waited for, as you wished; {_INSTEAD}.")

    def _sent(self, payload: dict[str, Any], cancelled: Callable[[], bool] | None) -> Reply:
        """The reply, waited for no longer than the user does."""
        exchange = Exchange(self.server, self.key, self.answer_in, self.transport)
        try:
            return exchange.post(self.url, payload, cancelled or (lambda: False), self.clock)
        except Refused as error:
            raise NoAccount(f"{self.server.domain} {error}; {_INSTEAD}.") from error


def chat(url: str, model: str, *, allowed: bool = False, key: str | None = None, **more: Any) -> Chat:
    """The model of that name at an address such as http://localhost:11434/v1; asks nothing yet.

    `allowed`: the user lets the text leave this machine; without it only addresses of this machine are taken. The key is
    read from the environment (ITINERARY_READER_KEY) unless given. Raises InputError.
    """
    server = _server(url)
    if not model.strip():
        raise InputError("A language model has a name, such as qwen2.5:7b; give it.")
    if not server.is_here and not allowed:
        raise InputError(f"The text would leave this machine, for {server.domain}; add --send-text to allow it.")
    base = f"{server.scheme}://{server.domain}".removesuffix("/chat/completions")
    return Chat(f"{base}/chat/completions", model.strip(), server, key or os.environ.get(KEY) or None, **more)


# --- the request ------------------------------------------------------------------------------------------------------

_NOT_UNDERSTOOD = frozenset({400, 415, 422})
_PLAIN = 2  # manners from which only the model and the messages are sent


def _payload(model: str, said: tuple[str, str], schema: dict[str, Any], manners: int) -> dict[str, Any]:
    """A request: with the schema of the answer, then with "some JSON", then with nothing that a server might not know."""
    messages = [{"role": "system", "content": said[0]}, {"role": "user", "content": said[1]}]
    payload: dict[str, Any] = {"model": model, "messages": messages, "stream": False}
    if manners >= _PLAIN:
        return payload
    form = {"type": "json_object"}
    if manners == 0:
        form = {"type": "json_schema", "json_schema": {"name": "journey", "strict": True, "schema": schema}}  # type: ignore[dict-item]
    return {**payload, "temperature": 0, "seed": _SEED, "max_tokens": _MOST_TOKENS, "response_format": form}


# --- the reply --------------------------------------------------------------------------------------------------------


def _content(body: bytes, domain: str, sent: int) -> str:
    """The words of the answer."""
    try:
        reply = json.loads(body)
        content = reply["choices"][0]["message"]["content"]
        usage = reply.get("usage") or {}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise NoAccount(f"{domain} answered with something that is no chat completion; {_INSTEAD}.") from error
    read = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    if isinstance(read, int) and 0 < read < sent * _FEWEST_TOKENS:
        raise NoAccount(f"{domain} read only {read:,} tokens of the question, as its context is no longer; raise that, or ask "
                        f"with the context that it takes; {_INSTEAD}.")  # fmt: skip
    if isinstance(content, list):  # in pieces, as some providers have it
        pieces = [piece.get("text") for piece in content if isinstance(piece, dict)]
        content = "".join(piece for piece in pieces if isinstance(piece, str))
    if not isinstance(content, str) or not content.strip():
        raise NoAccount(f"{domain} gave an empty answer; {_INSTEAD}.")
    return content


def _pause(reply: Reply, wait: float | None) -> float | None:
    """Seconds until the next try, None when there is no point in one."""
    if wait is None or reply.status not in _PASSING:
        return None
    asked = reply.headers.get("retry-after", "")
    pause = max(wait, float(asked)) if asked.isascii() and asked.isdigit() else wait
    return pause if pause <= _LONGEST_PAUSE else None


def _happened(status: int, model: str) -> str:
    if status in (401, 403):
        return f"wants another key ({status}); set {KEY} in the environment"
    if status == 404:
        return f"knows no model {model!r}, or no chat completions at this address (404); check both"
    if status == 413:
        return "finds the question too long (413); ask with a smaller context"
    if status == 429:
        return "is asked too often, or its quota is used up (429); try again later"
    if status >= 500:
        return f"is in trouble ({status}); try again later"
    return f"refused the question ({status}); check the address and the model's name"


def leaves_machine(url: str) -> bool:
    """Whether what is asked at an address goes to another machine. Raises InputError for what is no address."""
    return not _server(url).is_here


def _server(url: str) -> Server:
    return server_of(url if "://" in url else f"http://{url}")
