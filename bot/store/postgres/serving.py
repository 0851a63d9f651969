"""Locks that tell which bot the replicas on a database are: only replicas of one bot may share it."""

from typing import Final

# A lock that all replicas of one bot share; another bot's has the same first number and another second one.
SERVE = "SELECT pg_try_advisory_lock_shared(hashtext(current_schema() || '/bot'), hashtext($1))"

STRANGERS = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid::bigint = hashtext(current_schema() || '/bot')::bigint & 4294967295
    AND objid::bigint <> hashtext($1)::bigint & 4294967295)
"""

OTHERS_HOME: Final = (
    "another bot works on it. Each bot needs a database of its own: make one with `createdb`, "
    "or check COMPLAINT_BOT_TOKEN."
)
