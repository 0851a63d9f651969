"""Time zones by the country of a phone number."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.policy.rules import Rules

ONE: Final = {
    "20": "Africa/Cairo",
    "27": "Africa/Johannesburg",
    "30": "Europe/Athens",
    "31": "Europe/Amsterdam",
    "32": "Europe/Brussels",
    "33": "Europe/Paris",
    "34": "Europe/Madrid",
    "351": "Europe/Lisbon",
    "353": "Europe/Dublin",
    "358": "Europe/Helsinki",
    "36": "Europe/Budapest",
    "380": "Europe/Kyiv",
    "39": "Europe/Rome",
    "41": "Europe/Zurich",
    "420": "Europe/Prague",
    "43": "Europe/Vienna",
    "44": "Europe/London",
    "45": "Europe/Copenhagen",
    "46": "Europe/Stockholm",
    "47": "Europe/Oslo",
    "48": "Europe/Warsaw",
    "49": "Europe/Berlin",
    "51": "America/Lima",
    "54": "America/Argentina/Buenos_Aires",
    "57": "America/Bogota",
    "60": "Asia/Kuala_Lumpur",
    "63": "Asia/Manila",
    "64": "Pacific/Auckland",
    "65": "Asia/Singapore",
    "66": "Asia/Bangkok",
    "81": "Asia/Tokyo",
    "82": "Asia/Seoul",
    "84": "Asia/Ho_Chi_Minh",
    "852": "Asia/Hong_Kong",
    "853": "Asia/Macau",
    "855": "Asia/Phnom_Penh",
    "856": "Asia/Vientiane",
    "86": "Asia/Shanghai",
    "880": "Asia/Dhaka",
    "886": "Asia/Taipei",
    "90": "Europe/Istanbul",
    "91": "Asia/Kolkata",
    "92": "Asia/Karachi",
    "94": "Asia/Colombo",
    "95": "Asia/Yangon",
    "966": "Asia/Riyadh",
    "971": "Asia/Dubai",
    "972": "Asia/Jerusalem",
    "977": "Asia/Kathmandu",
}
"""Countries where everybody, or nearly everybody, has the same time, by their calling code."""
SEVERAL: Final = {
    "1": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    "52": ("America/Mexico_City", "America/Tijuana"),
    "55": ("America/Sao_Paulo", "America/Manaus"),
    "61": ("Australia/Sydney", "Australia/Adelaide", "Australia/Perth"),
    "62": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "7": ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok"),
}
"""Countries with several: they are asked what time it is there."""
_LONGEST_CODE: Final = 3


def zones_of(phone: str, *, international: bool = False) -> tuple[str, ...]:
    """The time zones of a phone number's country; none if the number does not name a country.

    `international`: it begins with the country even without a plus, as Telegram gives numbers.
    """
    digits = "".join(one for one in phone if one.isascii() and one.isdigit())
    if phone.strip().startswith("00"):
        digits = digits[2:]
    elif not (international or phone.strip().startswith("+")):
        return ()
    for length in range(_LONGEST_CODE, 0, -1):
        code = digits[:length]
        if code in ONE:
            return (ONE[code],)
        if code in SEVERAL:
            return SEVERAL[code]
    return ()


def awake(rules: Rules, begins: datetime, ends: datetime, zone: str | None) -> bool:
    """Whether this span lies outside the quiet hours in that zone."""
    quiet = rules.quiet
    if quiet.begins == quiet.ends:
        return True
    clock = ZoneInfo(zone or rules.zone)
    first, last = begins.astimezone(clock), ends.astimezone(clock)
    if quiet.begins > quiet.ends:
        return first.date() == last.date() and quiet.ends <= first.time() and last.time() <= quiet.begins
    return last.time() <= quiet.begins or first.time() >= quiet.ends


def different(rules: Rules, zone: str | None, at: datetime) -> bool:
    """Whether that zone's time differs from the brand's."""
    return (
        zone is not None
        and at.astimezone(ZoneInfo(zone)).utcoffset() != at.astimezone(rules.clock).utcoffset()
    )
