"""Actions on Telegram Business accounts: connecting, rights, and the chats behind them."""

from collections.abc import Iterable

from bot.sandbox.accounts import RIGHTS, Account, AccountChat
from bot.sandbox.errors import ImpossibleError
from bot.sandbox.membership import Membership

_FIRST_CHAT = 9_000_000_000_000
"""Above every number that Telegram gives."""


class Business(Membership):
    """What owners do with the bot, and customers with owners."""

    def connect(self, person_id: int, rights: Iterable[str] = RIGHTS) -> Account:
        """An owner connects the bot, anew if it was connected before: the connection gets another name."""
        owner = self.person(person_id)
        known = self.accounts.get(person_id)
        name = f"biz{self._next()}"
        account = known or Account(owner=owner, connection=name, since=int(self.now()))
        account.connection, account.since = name, int(self.now())
        account.enabled, account.rights = True, frozenset(rights)
        self.accounts[person_id] = account
        self._tell_account(account)
        return account

    def _next(self) -> int:
        self.next_connection += 1
        return self.next_connection

    def disconnect(self, person_id: int) -> None:
        """An owner lets the bot go."""
        account = self.account(person_id)
        account.enabled = False
        self._tell_account(account)

    def give_rights(self, person_id: int, rights: Iterable[str] = ()) -> None:
        """An owner changes what the bot may do; none given takes all away."""
        account = self.account(person_id)
        account.rights = frozenset(rights)
        self._tell_account(account)

    def account(self, person_id: int) -> Account:
        """Find somebody's account."""
        found = self.accounts.get(person_id)
        if found is None:
            raise ImpossibleError(f"{self.person(person_id).name} has connected no bot")
        return found

    def account_chat(self, owner_id: int, customer_id: int) -> AccountChat:
        """Give the chat of a customer with an account, begun now if there was none."""
        account, customer = self.account(owner_id), self.person(customer_id)
        chat = account.chats.get(customer_id)
        if chat is None:
            number = _FIRST_CHAT + sum(isinstance(one, AccountChat) for one in self.chats.values())
            chat = AccountChat(id=number, kind="private", person=customer, account=account, started=True)
            self.chats[number] = account.chats[customer_id] = chat
            self.audience.changed("people", dict)
        return chat

    def _tell_account(self, account: Account) -> None:
        self.updates.add("business_connection", account.body(), f"connection:{account.owner.id}")
        self.audience.changed("people", dict)
