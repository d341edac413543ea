"""Exact sums for whoever must not compute: a small expression in, a Decimal out."""

from __future__ import annotations

import ast
import re
from decimal import Context, Decimal, DecimalException, Inexact, localcontext

from tools.errors import BadInput
from tools.money import Money, plain
from tools.results import Figure, Result, Table

LONGEST = 300
DEEPEST = 40
LARGEST_POWER = 1000
DIGITS = 50
LARGEST = Decimal("1e60")
SUFFIXES = {
    "%": -2,
    "percent": -2,
    "pct": -2,
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "b": 9,
    "bn": 9,
    "billion": 9,
    "t": 12,
    "tn": 12,
    "trillion": 12,
}
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+"
AMOUNT = re.compile(rf"(?<![\w.])({NUMBER})(?:\s*(%|[A-Za-z]+)((?:\s+[A-Za-z]+)*))?")
SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "^", "$": " ", "€": " ", "£": " "})


def calculate(expression: str, label: str = "", unit: str = "") -> Result:
    """The value of `expression`: numbers, + - * / ** (or ^), %, parentheses, and k, M, bn, T after a number.

    `10%` is 0.10, so `200 * 10%` is 20 and `200 + 10%` is 200.10. Other units after a number are dropped, and said so.
    `label` and `unit` say what the result is.
    Exact to 50 digits; a division that does not end is rounded there. BadInput on anything else.
    """
    if len(expression) > LONGEST:
        raise BadInput(f"An expression may have {LONGEST} characters, and this one has {len(expression)}.")
    source, dropped, scaled = _plain_source(expression)
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadInput(f"{expression.strip()!r} is not a sum that can be worked out.") from None
    with localcontext(Context(prec=DIGITS)) as context:
        try:
            value = _value(tree, source, 0)
        except DecimalException:
            raise BadInput(f"{expression.strip()!r} has no finite value.") from None
        if not value.is_finite() or abs(value) > LARGEST:
            raise BadInput(f"{expression.strip()!r} is too large to work out exactly.")
        rounded = bool(context.flags[Inexact])
    return Result(
        summary=_told(expression.strip(), value, label, unit),
        figures=(Figure(label or "Result", value, unit),),
        table=Table("Worked out", ("Expression", "Value"), ((expression.strip(), value),)),
        assumptions=(
            *(
                (f"Read as numbers: {', '.join(scaled)} (k is 10^3, M 10^6, bn 10^9, T 10^12, % 10^-2)",)
                if scaled
                else ()
            ),
            *((f"Units left out: {', '.join(dropped)}",) if dropped else ()),
        ),
        warnings=(f"The value does not end; it is rounded at {DIGITS} digits.",) if rounded else (),
    )


def _told(expression: str, value: Decimal, label: str, unit: str) -> str:
    """The result with what it is before it and, in that case, rounded to cents where it does not end soon."""
    if not label:
        return f"{expression} = {_shown(value)}"
    code, _, rest = unit.partition(" ")
    money = len(code) == 3 and code.isupper()
    short = value if value == value.quantize(Decimal("0.0001")) else value.quantize(Decimal("0.0001"))
    shown = f"{_shown(short.normalize())}{'' if unit == '%' else ' '}{unit}".strip()
    said = f"{Money(value, code).shown()} {rest}".strip() if money else shown
    return f"{label}: {said} ({expression})."


def _plain_source(expression: str) -> tuple[str, list[str], list[str]]:
    dropped: list[str] = []
    scaled: list[str] = []

    def digits(match: re.Match[str]) -> str:
        number, first, rest = match[1].replace(",", ""), match[2] or "", (match[3] or "").split()
        power = SUFFIXES.get(first.casefold(), 0)
        dropped.extend(word for word in ([first] if first and not power else []) + rest)
        if not power:
            return f"{number} "
        scaled.append(f"{match[1]}{first if len(first) < 3 else f' {first}'}")
        factor = "0.01" if power < 0 else "1" + "0" * power
        return f"({number}*{factor}) "

    text = expression.translate(SIGNS).replace("^", "**")
    return AMOUNT.sub(digits, text).strip(), dropped, scaled


def _value(node: ast.expr, source: str, depth: int) -> Decimal:
    if depth > DEEPEST:
        raise BadInput("The expression is nested too deeply.")
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            written = ast.get_source_segment(source, node) or ""
            return Decimal(written)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, source, depth + 1)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, source, depth + 1)
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, _value(left, source, depth + 1), _value(right, source, depth + 1))
        case _:
            raise BadInput("Only numbers, + - * / **, % and parentheses can be worked out.")


def _combined(op: ast.operator, left: Decimal, right: Decimal) -> Decimal:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            if right == 0:
                raise BadInput("Nothing can be divided by zero.")
            return left / right
        case ast.Pow():
            if abs(right) > LARGEST_POWER:
                raise BadInput(f"Powers up to {LARGEST_POWER} can be worked out.")
            if left < 0 and right != right.to_integral_value():
                raise BadInput("A broken power of a negative number has no value.")
            if left == 0 and right <= 0:
                raise BadInput("Zero to that power has no value.")
            return left**right
        case _:
            raise BadInput("Only + - * / and ** can be worked out.")


def _shown(value: Decimal) -> str:
    text = plain(value)
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in {"-0"} else text
