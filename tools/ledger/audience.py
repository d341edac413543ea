"""Whose spend a question may see; every ledger query takes one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """`teams` None sees every row. Otherwise only rows of these teams are seen; with `totals` also sums over all teams,
    but no breakdown by team and no filter that would single another team out. Team names are compared casefolded."""

    teams: frozenset[str] | None = None
    totals: bool = False

    @classmethod
    def of(cls, *teams: str, totals: bool = False) -> Audience:
        return cls(frozenset(team.casefold() for team in teams), totals)

    @property
    def sees_all(self) -> bool:
        return self.teams is None

    @property
    def sees_nothing(self) -> bool:
        return self.teams == frozenset() and not self.totals

    def may_see(self, team: str) -> bool:
        return self.teams is None or team.casefold() in self.teams

    def also(self, other: Audience) -> Audience:
        """What either may see: a person's own teams beside what everyone sees."""
        if self.teams is None or other.teams is None:
            return EVERYTHING
        return Audience(self.teams | other.teams, self.totals or other.totals)

    def within(self, other: Audience) -> Audience:
        """What both may see: the asker's view cut to the channel's. Sums over all teams need both to allow them."""
        if self.teams is None:
            return other
        if other.teams is None:
            return self
        return Audience(self.teams & other.teams, self.totals and other.totals)


EVERYTHING = Audience(None, totals=True)
NOTHING = Audience(frozenset())
