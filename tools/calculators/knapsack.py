"""Which projects fit the budget and bring the most: exact, by branch and bound that proves its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tools.calculators.inputs import not_negative
from tools.calculators.wording import cents, money, number
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table, listed

MOST_PROJECTS = 200
MOST_STEPS = 1_000_000


class TooLarge(BadInput):
    """The best choice cannot be proved within the steps allowed."""


@dataclass(frozen=True, slots=True)
class Project:
    """What it costs, what it brings (NPV, or benefit in any unit), whether it must be done, and the group of which at
    most one may be done (options of one decision)."""

    name: str
    cost: Money
    value: Decimal
    must: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen indices, ascending, and whether another choice was met that brings as much for the same cost."""

    chosen: tuple[int, ...]
    tied: bool


def best_choice(
    costs: Sequence[Decimal], values: Sequence[Decimal], budget: Decimal, groups: Sequence[str | None]
) -> Choice:
    """The choice of greatest value within `budget`, of equal ones the cheapest; at most one of a group.

    Costs are not negative, values above zero. TooLarge when it cannot be proved in the steps allowed.
    """
    money_scale = _scale([*costs, budget])
    price, room = [int(cost * money_scale) for cost in costs], int(budget * money_scale)
    value_scale = _scale(values)
    weight = sum(price) + 1
    gain = [int(value * value_scale) * weight - cost for value, cost in zip(values, price, strict=True)]
    order = sorted(range(len(price)), key=lambda i: (not price[i], Fraction(gain[i], price[i] or 1)), reverse=True)
    search = _Search([price[i] for i in order], [gain[i] for i in order], [groups[i] for i in order])
    best, picked = search.best(room)
    tied = search.another(room, best, picked)
    return Choice(tuple(sorted(order[i] for i in picked)), tied)


def choose_projects(projects: Sequence[Project], budget: Money, *, value_unit: str | None = None) -> Result:
    """The projects to fund within `budget`. Headline: their total value, in `value_unit` (the budget's currency).

    Projects that lose value are left out unless they must be done. NeedsChoice without projects; BadInput when the
    must-haves alone exceed the budget, names repeat, or currencies differ; TooLarge past what can be proved.
    """
    if not projects:
        raise NeedsChoice("Which projects, with their cost and their value, are to be chosen from?")
    if len({project.name for project in projects}) < len(projects):
        raise BadInput("Two projects have the same name.")
    for project in projects:
        if project.cost.currency != budget.currency:
            raise BadInput(f"{project.name} costs {project.cost.currency}, the budget is in {budget.currency}.")
        not_negative(f"the cost of {project.name}", project.cost.amount)
    not_negative("the budget", budget.amount)
    if len(projects) > MOST_PROJECTS:
        raise TooLarge(f"At most {MOST_PROJECTS} projects can be chosen from exactly, and these are {len(projects)}.")
    must = [project for project in projects if project.must]
    needed = sum((project.cost.amount for project in must), Decimal(0))
    if needed > budget.amount:
        raise BadInput(
            f"The must-haves cost {Money(needed, budget.currency).shown()}, more than the budget of {budget.shown()}."
        )
    taken: set[str] = {project.group for project in must if project.group}
    if len(taken) < sum(1 for project in must if project.group):
        raise BadInput("Two must-haves exclude each other.")
    free = [p for p in projects if not p.must and p.value > 0 and p.group not in taken]
    best = best_choice(
        [p.cost.amount for p in free], [p.value for p in free], budget.amount - needed, [p.group for p in free]
    )
    picked = {project.name for project in must} | {free[i].name for i in best.chosen}
    spent = sum((p.cost.amount for p in projects if p.name in picked), Decimal(0))
    value = sum((p.value for p in projects if p.name in picked), Decimal(0))
    left = budget.amount - spent
    unit = value_unit or budget.currency
    names = [project.name for project in projects if project.name in picked]
    brings = money(Money(value, unit)) if unit == budget.currency else f"{number(value)} {unit}"
    did = f"Fund {listed(names)}" if names else "Fund none of them"
    return Result(
        summary=f"{did}: together they bring {brings} for {money(Money(spent, budget.currency))} of {money(budget)}.",
        figures=(
            Figure("Total value", value, unit),
            Figure("Spent", spent, budget.currency),
            Figure("Left", left, budget.currency),
            Figure("Projects chosen", Decimal(len(picked)), "projects"),
            Figure.of("Budget", budget),
        ),
        table=Table(
            "Projects",
            ("Project", f"Cost ({budget.currency})", f"Value ({unit})", "Chosen", "Why"),
            tuple(
                (p.name, cents(p.cost), p.value, "yes" if p.name in picked else "no", _why(p, picked, left, taken))
                for p in projects
            ),
        ),
        chart=Chart(
            "bar",
            "Value of each project",
            unit,
            tuple(p.name for p in projects),
            (
                Series("Chosen", tuple(p.value if p.name in picked else None for p in projects)),
                Series("Not chosen", tuple(None if p.name in picked else p.value for p in projects)),
            ),
        ),
        assumptions=(
            "Each project is done whole or not at all; values add up",
            "The choice is proved best by branch and bound (Dantzig 1957 bound), not by ranking",
        ),
        warnings=("Another choice brings as much for the same money.",) if best.tied else (),
    )


class _Search:
    """Depth-first over items in falling gain for cost, cut where the fractional bound cannot beat what is asked.

    Costs and gains are whole numbers; a gain is value x (all costs + 1) - cost, so that of equal values the cheaper
    choice gains more.
    """

    def __init__(self, costs: list[int], gains: list[int], groups: list[str | None]) -> None:
        self.costs, self.gains, self.groups = costs, gains, groups

    def best(self, room: int) -> tuple[int, tuple[int, ...]]:
        """The greatest gain and its items; TooLarge when the steps allowed do not prove it."""
        most: tuple[int, tuple[int, ...]] = (0, ())

        def improved(gain: int, picked: tuple[int, ...]) -> int:
            nonlocal most
            if gain > most[0]:
                most = gain, picked
            return most[0] + 1

        if not self._walk(room, MOST_STEPS, improved):
            raise TooLarge("The best choice of so many close projects cannot be proved here; take some out.")
        return most

    def another(self, room: int, most: int, best: tuple[int, ...]) -> bool:
        """Whether other items gain `most` too, as far as a tenth of the steps shows."""
        found = False

        def equal(gain: int, picked: tuple[int, ...]) -> int:
            nonlocal found
            found = found or (gain == most and set(picked) != set(best))
            return most + 1 if found else most

        self._walk(room, MOST_STEPS // 10, equal)
        return found

    def _walk(self, room: int, steps: int, seek: Callable[[int, tuple[int, ...]], int]) -> bool:
        """Visit every choice that can reach the gain that `seek` asks for; False when `steps` did not suffice."""
        stack: list[tuple[int, int, int, tuple[int, ...], frozenset[str]]] = [(0, room, 0, (), frozenset())]
        while stack:
            at, left, gain, picked, used = stack.pop()
            steps -= 1
            if steps < 0:
                return False
            wanted = seek(gain, picked)
            if at == len(self.costs) or self._bound(at, left, gain, used) < wanted:
                continue
            stack.append((at + 1, left, gain, picked, used))
            group = self.groups[at]
            if self.costs[at] <= left and group not in used:
                now = used | {group} if group else used
                stack.append((at + 1, left - self.costs[at], gain + self.gains[at], (*picked, at), now))
        return True

    def _bound(self, at: int, left: int, gain: int, used: frozenset[str]) -> int:
        for i in range(at, len(self.costs)):
            if self.groups[i] in used:
                continue
            if self.costs[i] > left:
                return gain + self.gains[i] * left // self.costs[i]
            left -= self.costs[i]
            gain += self.gains[i]
        return gain


def _scale(amounts: Sequence[Decimal]) -> int:
    """The power of ten that makes every amount whole."""
    exponents = [int(amount.as_tuple().exponent) for amount in amounts]
    return int(10 ** max(0, -min(exponents, default=0)))


def _why(project: Project, picked: set[str], left: Decimal, taken: set[str]) -> str:
    if project.must:
        return "must be done"
    if project.name in picked:
        return "part of the best choice"
    if project.value <= 0:
        return "brings nothing"
    if project.group in taken:
        return "excluded by a must-have"
    return (
        "does not fit beside the chosen ones" if project.cost.amount > left else "another option of its group is better"
    )
