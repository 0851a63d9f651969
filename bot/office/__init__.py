"""The async core, where the other packages meet.

`incoming` takes updates, `turns` works them (with `lookup` before and `booking` after the pure packages), `outgoing`
sends letters, `watching` wakes what time brings. Around them: `matters`, `evidence`, `reports`, `supervision`.
"""
