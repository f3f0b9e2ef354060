"""Why a backup is not made or not put back; each is one sentence for the owner."""

from __future__ import annotations

from bot.shop.problems import Problem


class NothingToBackUp(Problem):
    """No shop in the data directory. Fields: path."""

    id = "backup-nothing"


class BackupBusy(Problem):
    """Another process is making a backup at this moment."""

    id = "backup-busy"


class DatabaseIll(Problem):
    """The database itself is damaged; a copy of it would push out the good ones. Fields: why."""

    id = "backup-database-ill"


class NoSuchFile(Problem):
    """Fields: path."""

    id = "restore-no-such-file"


class NotABackup(Problem):
    """Fields: path."""

    id = "restore-not-a-backup"


class Damaged(Problem):
    """A member is missing or its bytes are not those that were written. Fields: path, member."""

    id = "restore-damaged"


class StrangeMember(Problem):
    """A member no backup of the shop has, or one that would leave the folder. Fields: member."""

    id = "restore-strange-member"


class TooNew(Problem):
    """Made by a newer program. Fields: backup, program (versions of the tables or the format)."""

    id = "restore-too-new"


class ShopIsThere(Problem):
    """The data directory already holds a shop. Fields: path."""

    id = "restore-shop-is-there"


class SessionsAreThere(Problem):
    """REDIS_URL already holds a shop's sessions."""

    id = "restore-sessions-are-there"


class ShopIsOpen(Problem):
    """A process works on the data directory. Fields: path."""

    id = "restore-shop-is-open"


class CannotMoveAside(Problem):
    """The data directory is a mount or belongs to someone else. Fields: path."""

    id = "restore-cannot-move"


class DatabaseElsewhere(Problem):
    """The backup holds a database, but DATABASE_URL says that it is on a server."""

    id = "restore-database-elsewhere"


class DatabaseMissing(Problem):
    """The backup is of a shop on PostgreSQL, but DATABASE_URL is not set."""

    id = "restore-database-missing"
