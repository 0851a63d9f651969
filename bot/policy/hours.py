"""Working hours: weekdays, lunch break, holidays and make-up days."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A daily break."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A working calendar. Weekdays run from 1, Monday, to 7, Sunday.

    `holidays` are closed although the weekday is open; `make_up_days` are open although it is closed, as
    the long public holidays of China have them.
    """

    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    opens: time = time(9, 0)
    closes: time = time(18, 0)
    lunch: Pause | None = None
    holidays: tuple[date, ...] = ()
    make_up_days: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """A day that closes before it opens, or a week without a day, is no calendar."""
        if not set(self.weekdays) or not set(self.weekdays) <= set(range(1, 8)):
            raise ValueError("weekdays: write numbers from 1, Monday, to 7, Sunday")
        if not self.opens < self.closes:
            raise ValueError("opens: write a time before closes")
        if self.lunch and not self.opens < self.lunch.begins < self.lunch.ends < self.closes:
            raise ValueError("lunch: write a break that begins and ends within the opening hours")

    def works_on(self, day: date) -> bool:
        """Whether this day is a working day."""
        if day in self.make_up_days:
            return True
        return day.isoweekday() in self.weekdays and day not in self.holidays

    def shifts(self) -> tuple[tuple[time, time], ...]:
        """The opening times of a working day, the lunch break left out."""
        if self.lunch is None:
            return ((self.opens, self.closes),)
        return ((self.opens, self.lunch.begins), (self.lunch.ends, self.closes))


OFFICE = Hours()
"""Monday to Friday, nine to six."""

ON_CALL = Hours(weekdays=(1, 2, 3, 4, 5, 6, 7), opens=time(8, 0), closes=time(22, 0))
"""Grave cases reach somebody every day, until ten at night."""
