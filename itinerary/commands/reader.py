"""Options of a second reader: a language model that is asked, or whose answer is brought; see `itinerary.second_reader`."""

from __future__ import annotations

import argparse
import datetime as dt
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from itinerary import environment
from itinerary.commands import Parser, output, results
from itinerary.errors import InputError, UnreadableText

if TYPE_CHECKING:
    from itinerary.account import Reader
    from itinerary.second_reader import Estimate

KEY = "ITINERARY_READER_KEY"  # the environment variable, for the help
_CONTEXT = 8_192  # tokens
_WAIT = 600.0  # s: a small machine writes some 5 tokens a second
_LARGEST_ANSWER = 4_000_000  # bytes


def add(parser: Parser) -> None:
    """The options of a second reader."""
    group = parser.add_argument_group("a language model as the reader; what it says is believed as far as the text proves it")
    group.add_argument("--ask", metavar="FILE", help="write the question for a chat window, with the text, and do nothing else")
    group.add_argument("--answer", metavar="FILE", action="append",
                       help="take the answer in this file (- for standard input); one for each question asked")  # fmt: skip
    group.add_argument("--reader", choices=("openai",), help="ask a model at any address that speaks as OpenAI's does")
    group.add_argument("--reader-url", metavar="URL", help="the address, as http://localhost:11434/v1")
    group.add_argument("--reader-model", metavar="NAME", help=f"the model's name there; a key is taken from {KEY}")
    group.add_argument("--reader-context", metavar="TOKENS", type=int, help=f"what the model takes at once (default: {_CONTEXT})")
    group.add_argument(
        "--reader-timeout", metavar="SECONDS", type=float, help=f"wait so long for an answer (default: {_WAIT:.0f})"
    )
    group.add_argument("--send-text", action="store_true", help="allow the text to be sent to another machine")


def check(options: argparse.Namespace) -> None:
    """Refuse what does not go together, and what can't be read or written. Raises InputError or OutputError."""
    if sum(map(bool, (options.ask, options.answer, options.reader))) > 1:
        raise InputError("--ask, --answer and --reader are three ways to a second reader; give one of them.")
    if options.reader and not (options.reader_url and options.reader_model):
        raise InputError("--reader openai needs --reader-url and --reader-model, as http://localhost:11434/v1 and qwen2.5:7b.")
    if not options.reader and (options.reader_url or options.reader_model):
        raise InputError("--reader-url and --reader-model tell which model to ask; add --reader openai.")
    if options.reader_context is not None and options.reader_context < 1:
        raise InputError(f"--reader-context {options.reader_context} is no number of tokens; give what the model takes at once.")
    if options.reader_timeout is not None and not 0 < options.reader_timeout < math.inf:
        raise InputError(f"--reader-timeout {options.reader_timeout:g} is no time to wait; give a number of seconds.")
    if options.ask:
        results.check(options.ask, options.source)
    for path in options.answer or ():
        _readable(path, options.source)


def _readable(path: str, source: str) -> None:
    if path == "-":
        if source == "-":
            raise InputError("Standard input can't be both the text and the answer; give one of them as a file.")
    elif not Path(path).is_file() or not os.access(path, os.R_OK):
        raise InputError(f"There is no answer to read at {path!r}; give the file that the model's answer was saved in.")


def chosen(options: argparse.Namespace, text: str) -> Reader | None:
    """The reader asked for, after saying what it takes; None for the built-in one. Raises InputError."""
    if options.answer:
        from itinerary.second_reader import Pasted

        return Pasted(tuple(map(_answer, options.answer)))
    return _asked(options, text) if options.reader else None


def _asked(options: argparse.Namespace, text: str) -> Reader:
    from itinerary import second_reader
    from itinerary.online.chat import chat

    model = chat(options.reader_url, options.reader_model, allowed=options.send_text, answer_in=options.reader_timeout or _WAIT)
    context = options.reader_context or second_reader.CONTEXT
    sent = f" The text leaves this machine, for {model.server.domain}." if model.leaves_machine else ""
    environment.say(f"Asking {model.name}: {_told(second_reader.estimate(text, context))}.{sent}")
    return second_reader.Asked(model, context=context, progress=output.progress)


def _told(estimate: Estimate) -> str:
    """An estimate in words."""
    questions = f"{estimate.questions} questions" if estimate.questions > 1 else "one question"
    return f"{questions}, about {estimate.tokens_sent:,} tokens, and up to {estimate.tokens_answered:,} in answer"


def _answer(path: str) -> str:
    try:
        data = sys.stdin.buffer.read(_LARGEST_ANSWER) if path == "-" else _head(Path(path))
    except OSError as error:
        raise UnreadableText(f"{path!r} can't be read ({error.strerror}); try another file.") from error
    return data.decode("utf-8-sig", "replace")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_ANSWER)


def ask(target: str, text: str, published: dt.date | None, traveller: str | None) -> None:
    """Write the question about a text, or where it is long the questions, and say what to do with them."""
    from itinerary import files, second_reader

    asked = second_reader.questions(text, published, traveller)
    path, answers = Path(target), []
    for number, question in enumerate(asked, 1):
        own = path if len(asked) == 1 else path.with_stem(f"{path.stem}-{number}")
        files.write_whole(own, question.encode("utf-8", "replace"))
        answers.append(f"--answer {own.with_suffix('.json').with_stem(own.stem.replace('question', 'answer')).name}")
        output.show(str(own))
    environment.say(f"Paste it into a chat with a language model, save what it answers, and come back with {' '.join(answers)}."
                    if len(asked) == 1 else f"Ask them one after the other and come back with {' '.join(answers)}.")  # fmt: skip
