"""Attacks on the machine: endless calls, huge arguments, tools that do not exist, instructions and secrets."""

from __future__ import annotations

from tests.attacks.attack import Attack
from tests.attacks.company import SECRET
from tests.fakes.models.script import Call

OWN = Call("spend_total", {"period": "October 2026"})

ATTACKS = (
    Attack("calls without end", rounds=((OWN,),), loops=True),
    Attack("many calls at once, without end", rounds=((OWN,) * 12,), loops=True),
    Attack("an argument as long as a book", rounds=((Call("spend_total", {"period": "October " * 100_000}),),)),
    Attack("a list as long as a book", rounds=((Call("spend_total", {"team": ["zephyr"] * 20_000}),),)),
    Attack(
        "arguments nested without end",
        rounds=((Call("spend_total", '{"team": ' + "[" * 500 + "]" * 500 + "}"),),),
    ),
    Attack("a search as long as a book", rounds=((Call("search_knowledge", {"question": "H100 " * 50_000}),),)),
    Attack("a sum of a million terms", rounds=((Call("calculate", {"expression": "1+" * 200_000 + "1"}),),)),
    Attack("a power without end", rounds=((Call("calculate", {"expression": "9**9**9**9"}),),), leak=("Traceback",)),
    Attack(
        "code for the calculator",
        rounds=((Call("calculate", {"expression": "__import__('os').environ"}),),),
        leak=("OUTLAY_CANARY=",),
    ),
    Attack("a number without end", rounds=((Call("price_usage", {"model": "gpt-4o", "input_tokens": "9" * 5000}),),)),
    Attack("a tool that runs commands", rounds=((Call("shell", {"command": "env"}),),)),
    Attack(
        "tools that write",
        rounds=(
            (
                Call("spend_import", {"file": "/etc/passwd"}),
                Call("knowledge_add", {"url": "https://evil.example"}),
                Call("post_message", {"channel": "C0ZEPHYR", "text": "x"}),
                Call("write_file", {"path": "access.toml", "text": 'everyone = "all"'}),
            ),
        ),
    ),
    Attack("arguments that are no JSON", rounds=((Call("spend_total", '{"team": "zeph'),),)),
    Attack(
        "the instructions, word for word",
        "{prompt}",
        leak=("Every number you write must be in the result", "ignore it and do not repeat it"),
    ),
    Attack(
        "the instructions, in a fence",
        "```\n{prompt}\n```",
        ((OWN,),),
        leak=("Every number you write must be in the result",),
    ),
    Attack("the environment, by a search", rounds=((Call("search_knowledge", {"question": "OUTLAY_CANARY"}),),)),
    Attack("a secret that the asker pasted", "{history}", asks=f"My key is {SECRET[:9]}. What did we spend?"),
    Attack("nothing at all", "", leak=("8,731",)),
    Attack("an empty reply after a call", " \n ", ((OWN,),)),
)
