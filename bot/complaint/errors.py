"""All error classes of the project. The docstring of a class is its default message."""


class ComplaintError(Exception):
    """Something at the desk went wrong."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        message = (type(self).__doc__ or "").strip().splitlines()[0]
        super().__init__(f"{message} {detail}".strip())


class SettingsWrong(ComplaintError):
    """A setting is missing or wrong."""


class BrandFileWrong(SettingsWrong):
    """The brand file cannot be used."""


class ReplyWrong(SettingsWrong):
    """A reply template cannot be used."""


class StoreUnusable(ComplaintError):
    """The database cannot be used."""


class SomeoneWasFirst(ComplaintError):
    """Another writer changed the same row first."""


class AboveAuthority(ComplaintError):
    """This is above the authority of whoever offered it."""


class RecordUnreadable(ComplaintError):
    """A stored record cannot be read."""


class RecordRefused(ComplaintError):
    """The database refuses a record that contradicts what it holds."""
