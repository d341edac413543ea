"""One path for a question: agent, tools, grounding, reply. Mention, message, command, thread and terminal share it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from bot.agent import compose
from bot.agent.headline import as_asked
from bot.agent.memory import Conversations, Thread, last_spent
from bot.agent.models import BUILTIN, Talker, is_anthropic
from bot.agent.progress import Listener, pieces
from bot.agent.turn import Progress, Spent, Turn
from bot.reply import Question, Reply, Step
from bot.services import Services
from bot.state.audit import ALL_TEAMS, TOTALS, AuditEntry
from tools.errors import Status, ToolError
from tools.ledger.audience import NOTHING, Audience

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage

    from bot.agent.failover import Named
    from bot.agent.loop import Loop, Spoken
    from bot.agent.meter import Meter

log = logging.getLogger(__name__)

LONGEST_QUESTION = 8_000
NOTHING_SPENT = Spent(BUILTIN, 0, 0, 0, Decimal(0))


@dataclass
class Agent:
    """Answers questions over `services`. `audience_of(asker, channel)` says whose spend a question may see.

    `talker` is the chat model that does the talking, None for the built-in planner alone. `memory` keeps conversations,
    None forgets each question. `meter` records what each model call costs and holds the month's cap. `record` writes
    the audit log, at the time that `now` gives. Safe to call from several threads.
    """

    services: Services
    audience_of: Callable[[str | None, str | None], Audience]
    talker: Talker | None = None
    memory: Callable[[], Conversations] | None = None
    meter: Callable[[], Meter] | None = None
    record: Callable[[AuditEntry], None] | None = None
    now: Callable[[], datetime] | None = None

    @cached_property
    def chat_models(self) -> tuple[Named, ...]:
        """The chat model and the second one; BadInput says why one cannot be used."""
        return self.talker.load() if self.talker else ()

    @cached_property
    def loop(self) -> Loop:
        from bot.agent.loop import Loop

        names = self.talker.names if self.talker else ()
        return Loop(self.services, caches=any(is_anthropic(name) for name in names))

    def ask(self, question: Question, progress: Progress | None = None, listener: Listener | None = None) -> Reply:
        """The checked reply. Never raises for what a question may hold; a failure becomes a reply that says so.

        `progress` hears each step as a sentence; `listener` hears steps begin and end, then the checked text.
        """
        started = time.perf_counter()
        try:
            audience = self.audience_of(question.asker, question.channel)
        except ToolError as error:
            self.audit(question, error.status)
            raise
        turn = Turn(question, audience, progress, listener)
        if refused := _unusable(question.text):
            reply = compose.refusal(turn, refused)
        else:
            try:
                reply = self._answer(turn)
            except ToolError as error:  # what answers are kept in cannot be reached
                log.error("A question could not be answered: %s", error)
                reply = compose.failure(turn, str(error))
            except Exception:
                log.exception("A question could not be answered.")
                reply = compose.failure(turn)
        self.audit(question, reply.status, reply.steps, audience)
        for piece in pieces(reply.text):
            turn.tell(piece)
        return replace(reply, seconds=time.perf_counter() - started)

    def audit(
        self, question: Question, status: Status, steps: Sequence[Step] = (), audience: Audience = NOTHING
    ) -> None:
        """Write who asked, which tools ran and whose spend they read. What cannot be written is logged."""
        if self.record is None or self.now is None:
            return
        tools = tuple(step.tool for step in steps)
        teams = teams_read(steps, audience)
        try:
            self.record(AuditEntry(self.now(), question.asker, question.channel, status, tools, teams))
        except Exception:
            log.exception("The audit log could not be written.")

    def _answer(self, turn: Turn) -> Reply:
        """By the chat model where there is one; by the planner where there is none or it gives no answer."""
        thread = self._thread(turn)
        earlier = thread.recall() if thread else []
        turn.before = last_spent(earlier)
        spent: Spent = NOTHING_SPENT
        notes: tuple[str, ...] = ()
        if self.talker is not None:
            from bot.agent.converse import Conversation

            conversation = Conversation(self, turn, earlier)
            if spoken := conversation.spoken():
                return self._replied(turn, thread, spoken, conversation.spent, conversation.notes)
            spent, notes = conversation.spent, conversation.notes
            turn = replace(turn, calls=[], by_model=False)
        return self._replied(turn, thread, self._plan(turn, earlier), replace(spent, model=BUILTIN), notes)

    def _replied(
        self, turn: Turn, thread: Thread | None, spoken: Spoken, spent: Spent, notes: tuple[str, ...]
    ) -> Reply:
        """The checked reply; the thread remembers what was shown, not what was taken out."""
        from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

        asked = [m.artifact for m in spoken.calls if isinstance(m, ToolMessage) and isinstance(m.artifact, int)]
        turn.calls[:] = [turn.calls[i] for i in dict.fromkeys(asked)]  # as asked, not as threads came back
        english = () if turn.by_model else self.services.english
        reply = as_asked(turn, compose.reply(turn, spoken.text, (*notes, *spoken.notes)), english)
        if thread and turn.forget:
            thread.forget()
        elif thread:
            thread.remember([HumanMessage(turn.question.text), *spoken.calls, AIMessage(reply.text)], spent)
        return replace(reply, model=spent.model, cost_usd=spent.cost)

    def _plan(self, turn: Turn, earlier: list[AnyMessage]) -> Spoken:
        from langchain_core.messages import HumanMessage

        from bot.agent.loop import by
        from bot.agent.planner.chat_model import Planner
        from bot.agent.planner.context import context_of

        planner = Planner(turn, lambda: context_of(self.services, turn))
        return self.loop.run(turn, [*earlier, HumanMessage(turn.question.text)], by(planner))

    def _thread(self, turn: Turn) -> Thread | None:
        if self.memory is None or turn.question.thread is None:
            return None
        return self.memory().thread(turn.question.thread, turn.audience)


def teams_read(steps: Sequence[Step], audience: Audience) -> tuple[str, ...]:
    """The teams whose spend the steps read: those that each names where it names some, else all that may be seen. Of
    an audience of totals, `(totals)` are the sums over all teams."""
    from bot.agent.toolbox.catalogue import reads_spend

    read: set[str] = set()
    for step in steps:
        if not reads_spend(step.tool):
            continue
        if named := step.args.get("team"):
            read |= {str(team).casefold() for team in named if audience.may_see(str(team))}
        elif audience.teams is None:
            read.add(ALL_TEAMS)
        else:
            read |= {*audience.teams, *([TOTALS] if audience.totals else [])}
    return tuple(sorted(read))


def _unusable(text: str) -> str | None:
    if not text.strip():
        return "Please ask a question."
    if len(text) > LONGEST_QUESTION:
        return f"That is {len(text):,} characters; please ask in at most {LONGEST_QUESTION:,}."
    return None
