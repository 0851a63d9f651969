"""One address may name several servers of PostgreSQL's."""

import pytest

from bot.store.postgres.connecting import each_alone


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("postgresql://u:p@one:1,two:2/desk", ["postgresql://u:p@one:1/desk", "postgresql://u:p@two:2/desk"]),
        ("postgresql://one,two?a=b,c", ["postgresql://one?a=b,c", "postgresql://two?a=b,c"]),
        ("postgresql://u:a,b@[::1]:1,two/desk", ["postgresql://u:a,b@[::1]:1/desk", "postgresql://u:a,b@two/desk"]),
        ("postgresql://u@/desk?host=/run/pg", ["postgresql://u@/desk?host=/run/pg"]),
    ],
)  # fmt: skip
def test_every_server_of_an_address_gets_an_address_of_its_own(address: str, alone: list[str]) -> None:
    """User, password, database and options stay as they are, also with commas in them."""
    assert each_alone(address) == alone
