"""The words a clip was recorded for; empty for those of before, which fit what is said today"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    said: sa.Column[str] = sa.Column("said", sa.Text(), server_default="", nullable=False)
    op.add_column("clips", said)
