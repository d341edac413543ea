"""A tool's arguments as options of a command line: one place for both, the tool's own `Arguments`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.errors import BadInput
from tools.results import listed

if TYPE_CHECKING:
    from pydantic import ValidationError

    from bot.agent.toolbox.tool import Arguments

SAID = {
    "decimal_parsing": "is not a number",
    "decimal_type": "is not a number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "finite_number": "is not a number",
}


@dataclass(frozen=True, slots=True)
class Option:
    """`--name VALUE`; a flag takes no value, `several` takes one or more. `parts` are the keys of `key=value,...` where
    a value has parts of its own, `choices` the only values there are."""

    name: str
    about: str
    default: str = ""
    flag: bool = False
    several: bool = False
    needed: bool = False
    choices: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        return f"--{self.name.replace('_', '-')}"

    @property
    def usage(self) -> str:
        """As a list of options shows it: `--hours VALUE`, `--team VALUE...`, `--period year|month`, `--batch`."""
        value = "|".join(self.choices) or ",".join(f"{part}=..." for part in self.parts) or "VALUE"
        return self.written if self.flag else f"{self.written} {value}{'...' if self.several else ''}"


def options_of(arguments: type[Arguments]) -> tuple[Option, ...]:
    """One option for each field, in the order of the fields, from their JSON schema."""
    schema = arguments.model_json_schema()
    needed = set(schema.get("required", ()))
    return tuple(
        _option(name, entry, schema.get("$defs", {}), name in needed)
        for name, entry in schema.get("properties", {}).items()
    )


def values_of(options: Sequence[Option], words: Sequence[str]) -> dict[str, Any]:
    """What the command line gives each option, as text. Options start with two dashes, so that -1000 is a value.
    BadInput names an option that there is not, lacks its value, or is given twice."""
    known = {option.written: option for option in options}
    found: dict[str, list[str]] = {}
    current: Option | None = None
    for word in words:
        if word.startswith("--") and len(word) > 2:
            name, given, value = word.partition("=")
            current = known.get(name.replace("_", "-"))
            if current is None:
                raise BadInput(f"There is no option {name}; there are {listed([*known], 40)}.")
            if current.name in found and not current.several:
                raise BadInput(f"{current.written} is given twice.")
            values = found.setdefault(current.name, [])
            if current.flag and given:
                raise BadInput(f"{current.written} takes no value.")
            values += [value] if given else []
        elif current is None or current.flag or (found[current.name] and not current.several):
            raise BadInput(f"{word!r} belongs to no option.")
        else:
            found[current.name].append(word)
    return {name: _read(next(o for o in options if o.name == name), values) for name, values in found.items()}


def complaint(error: ValidationError) -> str:
    """One sentence that names the first option whose value does not fit, and why."""
    first = error.errors()[0]
    option = f"--{str(first['loc'][0]).replace('_', '-')}" if first["loc"] else "The options"
    part = "".join(f" {place}" for place in first["loc"][1:] if isinstance(place, str) and place.islower())
    if first["type"] == "missing":
        return f"{option}{part} is needed."
    if first["type"] in SAID:
        return f"{option}{part}: {first['input']!r} {SAID[first['type']]}."
    if first["type"] == "literal_error":
        return f"{option}: {first['input']!r} is none of {first['ctx']['expected'].replace(chr(39), '')}."
    return f"{option}{part}: {first['msg']}."


def _read(option: Option, values: list[str]) -> Any:
    if option.flag:
        return True
    if not values:
        raise BadInput(f"{option.written} needs a value.")
    if option.parts:
        return tuple(_parts(option, value) for value in values)
    return tuple(values) if option.several else values[0]


def _parts(option: Option, value: str) -> dict[str, str]:
    """`name=Chatbot,cost=40000` by its keys; a comma within a number belongs to it."""
    found: dict[str, str] = {}
    last = ""
    for piece in value.split(","):
        key, given, text = piece.partition("=")
        if given and key.strip() in option.parts:
            last = key.strip()
            found[last] = text.strip()
        elif last:
            found[last] += f",{piece}"
        else:
            raise BadInput(f"{option.written}: {value!r} is not {','.join(f'{part}=...' for part in option.parts)}.")
    return found


def _option(name: str, entry: Mapping[str, Any], kinds: Mapping[str, Any], needed: bool) -> Option:
    about = str(entry.get("description", ""))
    default = entry.get("default")
    first = next((part for part in entry.get("anyOf", ()) if part.get("type") != "null"), entry)
    about = about or str(first.get("description", ""))
    several = first.get("type") == "array"
    item = first.get("items", {}) if several else first
    about = about or str(item.get("description", ""))
    held = kinds.get(str(item.get("$ref", "")).rpartition("/")[2], item)
    return Option(
        name,
        about,
        "" if default in (None, "", [], False) else str(default),
        first.get("type") == "boolean",
        several,
        needed,
        tuple(map(str, item.get("enum", ()))),
        tuple(held.get("properties", ())),
    )
