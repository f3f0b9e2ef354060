"""The web chat page as a channel."""
