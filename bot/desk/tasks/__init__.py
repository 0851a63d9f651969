"""Tasks that people do away from the chat, and promises that agents make."""
