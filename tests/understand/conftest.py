"""Property tests here have no time limit: the first phone number loads a numbering plan."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
