"""Business rules: what may be promised, by whom, by when, to which queue. Pure; numbers are the brand's.

`Rules` are the brand file as values; `calendar` and `deadlines` say when, `triage` how bad and whose,
`ladder` and `settlement` what may be offered, `privacy` what nobody needs to see.
"""
