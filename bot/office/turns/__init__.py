"""The clerk's round: events of many chats are worked and written together."""
