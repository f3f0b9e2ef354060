"""Alembic's entry: run the versions on the connection that `migrate` opened."""

from __future__ import annotations

from alembic import context

from bot.stores.sql import (  # noqa: F401  they add to the metadata
    tables_live,
    tables_shop,
    tables_sound,
)
from bot.stores.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
