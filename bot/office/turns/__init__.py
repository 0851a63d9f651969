"""The clerk's round: events of many chats are read, thought through and written together."""
