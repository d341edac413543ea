"""When a digest is due. Pure: subscription and now in, week out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

LATEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One post a week in `channel`, on `weekday` (Monday is 0) at `hour` o'clock in `timezone`."""

    channel: str
    weekday: int = 0
    hour: int = 9
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6 or not 0 <= self.hour <= 23:
            raise ValueError(f"Weekday {self.weekday} and hour {self.hour} are not 0 to 6 and 0 to 23.")

    def today(self, now: datetime) -> date:
        """The date in the channel's time zone."""
        return now.astimezone(ZoneInfo(self.timezone)).date()


def due(subscription: Subscription, now: datetime, last_posted: str | None, latest: timedelta = LATEST) -> str | None:
    """The ISO week (`2026-W48`) whose digest should be posted now; None when it is not yet time, done, or more than
    `latest` late: then the next week's comes instead. `now` is aware; an hour that a clock change skips or repeats is
    one moment all the same."""
    this_monday = subscription.today(now) - timedelta(subscription.today(now).weekday())
    for monday in (this_monday, this_monday - timedelta(7)):
        late = now - moment(subscription, monday)
        week = iso_week(monday)
        if timedelta(0) <= late <= latest:
            return week if last_posted is None or week > last_posted else None
    return None


def moment(subscription: Subscription, monday: date) -> datetime:
    """When the digest of the week that begins on `monday` is to be posted, in UTC."""
    day = monday + timedelta(subscription.weekday)
    local = datetime.combine(day, clock(subscription.hour), ZoneInfo(subscription.timezone))
    return local.astimezone(ZoneInfo("UTC"))


def iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
