"""Events with needs of their own: incidents, logged cases, accounts, public groups, links, packs."""
