"""The nouns of the trade, as frozen values.

Nothing here imports anything but the standard library and msgspec: every other package may import this one, and this
one imports none. Times are aware datetimes; money is whole cents (`Cents`) of the brand's currency.
"""
