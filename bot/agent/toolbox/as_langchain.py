"""A tool as LangChain's agent calls it, made once: whose turn a call belongs to comes with the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.runnables import RunnableConfig
from langchain_core.tools import BaseTool, StructuredTool
from langchain_core.utils.json_schema import dereference_refs

from bot.agent import compose
from bot.agent.grounding.operands import unfounded
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Turn
from tools.errors import BadInput

if TYPE_CHECKING:
    from bot.services import Services

NO_ORIGIN = (
    "{tool}: a number among its arguments is in no tool's result and not in the question. Call the tool that has it "
    "first, or leave it out."
)
TURN = "turn"
"""Where the call's configuration holds its Turn."""


def as_langchain(tool: Tool[Any], services: Services) -> BaseTool:
    """The tool over `services`; its artifact is the call's index in the turn.

    The arguments are given as a JSON schema, so that what does not fit is refused and recorded in one place, the tool.
    """

    from bot.agent.toolbox.catalogue import works_out

    def run(config: RunnableConfig, **args: Any) -> tuple[str, int]:
        turn: Turn = config["configurable"][TURN]
        bare = tool.name != "calculate"
        if turn.by_model and works_out(tool.name) and unfounded(args, compose.operands(turn), constants=bare):
            return tool.refuse(turn, args, BadInput(NO_ORIGIN.format(tool=tool.name)))
        return tool.call(services, turn, args)

    return StructuredTool(
        name=tool.name,
        description=tool.description,
        args_schema=schema_of(tool),
        func=run,
        response_format="content_and_artifact",
    )


def schema_of(tool: Tool[Any]) -> dict[str, Any]:
    """The arguments as a JSON schema without references and titles, which some providers don't take."""
    schema = dereference_refs(tool.arguments.model_json_schema())
    schema.pop("$defs", None)
    plain: dict[str, Any] = _untitled(schema)
    return plain


def _untitled(node: Any, *, names: bool = False) -> Any:
    """`names` says that the keys of `node` are names of arguments, of which one may be `title`."""
    if isinstance(node, list):
        return [_untitled(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _untitled(value, names=key == "properties" and not names)
        for key, value in node.items()
        if names or key != "title"
    }
