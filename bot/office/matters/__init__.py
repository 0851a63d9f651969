"""What single matters need beside a turn: incidents, logged cases, accounts, groups, links, packs."""
