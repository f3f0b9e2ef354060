"""Every setting, read once from the environment.

`docs/settings.md` lists them; a test compares.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment variable of a field is its name in capitals."""

    data_dir: Path = Path("var")
    """Holds everything the program writes: database, Redis files, media, backups."""
    catalog_dir: Path = Path("catalog")
    """Products, sellers, households, shipping and pictures, in YAML."""
    intents_dir: Path = Path("intents")
    """What people say: command words and examples."""
    locales_dir: Path = Path("locales")
    """What the shop answers, by language."""
    models_dir: str = ""
    """What was learned from the examples; empty: DATA_DIR/understanding."""
    host: str = "0.0.0.0"
    """Address the web server listens on."""
    port: int = 8080
    """Port the web server listens on; 0 takes any free one."""
    public_url: str = ""
    """Address customers reach the shop under, https://…; empty: the machine's own address."""
    push_services: str = (
        "fcm.googleapis.com updates.push.services.mozilla.com *.push.services.mozilla.com "
        "*.push.apple.com *.notify.windows.com"
    )
    """Hosts a browser may name as its push service; the shop posts to no others."""
    proxies: int = 0
    """Reverse proxies of your own in front; the customer's address is then in X-Forwarded-For."""
    redis_url: str = ""
    """An existing Redis or Valkey; empty: an embedded one in DATA_DIR."""
    database_url: str = ""
    """An SQLAlchemy URL (postgresql+psycopg://…); empty: SQLite in DATA_DIR."""
    secret: str = ""
    """Signs cookies and hashes codes; empty: made once and kept in DATA_DIR/secret."""
    telegram_token: str = ""
    """Bot token from @BotFather; empty: no Telegram."""
    telegram_mode: str = "polling"
    """`polling` or `webhook` (needs PUBLIC_URL)."""
    telegram_api: str = "https://api.telegram.org"
    """Base address of the Bot API, for a proxy or a local server."""
    telegram_per_second: float = 25.0
    """Messages a second the shop sends on Telegram, replies included."""
    order_lapse_hours: int = 24
    """An order no seller accepted gives its goods back after this time."""
    open_orders_per_phone: int = 5
    """Unaccepted orders one phone may have at a time."""
    open_orders_per_address: int = 20
    """Unaccepted orders one network address may have at a time (families and offices share one).
    """
    large_first_order_vnd: int = 3_000_000
    """A first order above this waits for the seller's word before goods are held for it."""
    rasa_url: str = ""
    """A Rasa server asked about doubtful messages (docs/rasa.md); empty: nobody is asked."""
    rasa_token: str = ""
    """Its token; empty: the one `make rasa` keeps in DATA_DIR/rasa/token."""
    transcriber: str = ""
    """`vosk` or `sherpa_onnx`: guesses the words of voice notes; empty: nobody does."""
    transcriber_model: str = ""
    """The folder of its model."""
    backup_keep_days: int = 7
    """Nightly backups of the last so many days are kept; 0: no nightly backup."""
    backup_keep_weeks: int = 4
    """And the last backup of each of so many weeks."""
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def understanding_dir(self) -> Path:
        return Path(self.models_dir) if self.models_dir else self.data_dir / "understanding"

    @property
    def sql_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'shop.db'}"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `env`; raises ValueError naming the variable that cannot be read."""
    values: dict[str, Any] = {}
    for spec in fields(Settings):
        raw = env.get(spec.name.upper(), "")
        if raw:
            values[spec.name] = _read(spec.name, raw)
    return Settings(**values)


def _read(name: str, raw: str) -> Any:
    kind = type(getattr(Settings(), name))
    try:
        return kind(raw)
    except ValueError as error:
        raise ValueError(f"{name.upper()}={raw!r}: {error}") from None
