"""How a frozen value becomes its next version."""

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, structs

T = TypeVar("T")

if TYPE_CHECKING:
    # type checkers know the fields of each call of this one, and a Struct's too
    from dataclasses import replace  # noqa: TID251 - as below
else:
    import dataclasses

    def replace(one: T, /, **changes: Any) -> T:  # noqa: ANN401 - the fields carry the types
        """The value with some fields changed: a noun of ours, or a dataclass.

        Raises:
            TypeError: there is no such field.
        """
        if isinstance(one, Struct):
            return structs.replace(one, **changes)
        return dataclasses.replace(one, **changes)  # noqa: TID251 - what this stands for


__all__ = ["replace"]
