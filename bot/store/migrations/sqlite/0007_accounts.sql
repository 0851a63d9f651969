-- The brand's own accounts: each owner has one door, whatever connection Telegram gives it.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL UNIQUE,
    body TEXT
) STRICT;
