"""Figures over many cases: rows in, tables and pictures out. Pure; no personal data.

`taking` makes a row of `facts` from a case. One module per kind of figure (`times`, `outcomes`, `money`, …) makes
figures from rows, `figures` calls them all, and `sections` says where each is shown; their names are words in
`replies/desk/<language>/figures.toml`.
"""
