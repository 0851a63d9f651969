"""Business rules: what may be promised, by whom, by when, to which queue. Pure; numbers are the brand's.

`rules` are the brand file as values. `triage` says how bad a case is and whose; `remedy_kinds`, `ladder` and
`settlement` what may be offered, and by whom; `deadlines`, `calendar` and `clocks` by when; `consents` and
`retention` what is hidden or deleted.
"""
