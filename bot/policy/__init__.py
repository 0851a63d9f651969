"""What may be promised, by whom, by when, to which queue. Pure: the numbers are the brand's, the rules ours.

`Rules` are the brand file as values; `calendar` and `deadlines` say when, `triage` how bad and whose,
`ladder` and `settlement` what may be offered, `privacy` what nobody needs to see.
"""
