"""Refusals of pictures, videos and voice notes, and of what could not be drawn."""

from __future__ import annotations

from bot.shop.problems import Problem


class NotAPhoto(Problem):
    """No JPEG, PNG or WebP, or one that is broken."""

    id = "problem-not-a-photo"


class PhotoTooLarge(Problem):
    """Fields: most (MB), pixels (millions)."""

    id = "problem-photo-too-large"


class NotAVideo(Problem):
    """No MP4, MOV or WebM, broken, or of a kind that phones do not play."""

    id = "problem-not-a-video"


class VideoTooLarge(Problem):
    """Fields: most (MB)."""

    id = "problem-video-too-large"


class VideoTooLong(Problem):
    """Fields: most (seconds)."""

    id = "problem-video-too-long"


class NotAVoice(Problem):
    """No sound in it, or a kind that cannot be read."""

    id = "problem-not-a-voice"


class VoiceTooLong(Problem):
    """Fields: most (seconds)."""

    id = "problem-voice-too-long"


class SilentVoice(Problem):
    """Nobody is heard in it."""

    id = "problem-silent-voice"


class VoiceTooShort(Problem):
    """Shorter than any word."""

    id = "problem-voice-too-short"


class NotDrawn(Problem):
    """The picture could not be made now; what it shows can still be said in words."""

    id = "problem-not-drawn"
