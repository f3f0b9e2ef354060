"""The web side: chat page, its routes, media, health."""
