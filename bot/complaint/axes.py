"""The independent scales of a case (status, control, severity, queue), and its other small enums."""

from enum import IntEnum, StrEnum


class Status(StrEnum):
    """The stage of the complaint's life."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    COLLECTING = "collecting"
    AWAITING_CUSTOMER = "awaiting_customer"
    ASSESSING = "assessing"
    PROPOSING = "proposing"
    AGREED = "agreed"
    FULFILLING = "fulfilling"
    FULFILLED = "fulfilled"
    FOLLOW_UP = "follow_up"
    SUGGESTION_LOGGED = "suggestion_logged"
    NOT_UPHELD_TOLD = "not_upheld_told"
    DEADLOCK = "deadlock"
    EXTERNAL = "external"
    DORMANT = "dormant"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    REOPENED = "reopened"
    CLOSED = "closed"
    CLOSED_UNACCEPTED = "closed_unaccepted"
    CLOSED_NO_RESPONSE = "closed_no_response"


class Control(StrEnum):
    """Who speaks to the complainant."""

    BOT = "bot"
    QUEUED = "queued"
    HUMAN = "human"


class Severity(IntEnum):
    """One is the most urgent. It rises by itself and falls only by a named person with a reason (S54)."""

    SEV1 = 1
    SEV2 = 2
    SEV3 = 3
    SEV4 = 4


class Queue(StrEnum):
    """The team that a case goes to, in order of precedence."""

    SAFETY = "safety"
    LEGAL = "legal"
    CONDUCT = "conduct"
    """Our own people wronged somebody, or a stranger cheats in our name."""
    MEDIA_PR = "media_pr"
    QUALITY = "quality"
    GENERAL = "general"
    SUGGESTION = "suggestion"


class PromiseStatus(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    UNDETERMINED = "undetermined"


class Level(StrEnum):
    """A rung of the authority ladder."""

    BOT = "bot"
    A1 = "agent"
    A2 = "supervisor"
    A3 = "manager"
