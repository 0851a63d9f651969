"""What people do away from the chat, and what they promised."""
