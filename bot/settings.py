"""Settings from the environment (and a `.env` file in the working folder), read once by the command that needs them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from tools.errors import BadInput

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Settings(BaseSettings):
    """Frozen. Every field is an environment variable: `OUTLAY_` and the field's name, Slack's own names for Slack."""

    model_config = SettingsConfigDict(env_prefix="OUTLAY_", extra="ignore", frozen=True, populate_by_name=True)

    home: Path = Field(default=Path("~/.outlay"), description="Where all data lives.")
    model: str | None = Field(default=None, description="provider:name of a LangChain chat model; none: built-in.")
    model_url: str | None = Field(default=None, description="Base URL of an OpenAI-compatible server.")
    fallback_model: str | None = Field(default=None, description="provider:name of a second one, when the first fails.")
    fallback_model_url: str | None = Field(default=None, description="Base URL of the second one's server.")
    model_timeout: float = Field(default=60.0, gt=0, description="Seconds that one model call may take.")
    model_deadline: float = Field(
        default=120.0, gt=0, description="Seconds that all model calls of a question may take."
    )
    model_budget: Decimal | None = Field(
        default=None, ge=0, description="USD that Outlay's own model may cost in a calendar month; none: no cap."
    )
    database_url: SecretStr | None = Field(default=None, description="postgresql:// URL for state and conversations.")
    forget_after_days: int = Field(default=90, ge=1, description="Days after which an unused conversation is erased.")
    timezone: str = Field(default="UTC", description="Zone of 'today' and of the digest hour.")
    digest_channels: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="Channel ids, comma between.")
    digest_weekday: str = Field(default="monday")
    digest_hour: int = Field(default=9, ge=0, le=23)
    chroma_url: str = Field(default="", description="A Chroma server for the vectors; none: kept in the home folder.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Hosts inside the network that may be fetched from, comma between."
    )
    contact: str = Field(default="", description="Name and e-mail that fetching introduces itself with.")
    allow_guests: bool = Field(default=False, description="Answer guests and people of connected workspaces.")
    host: str = Field(default="127.0.0.1", description="Address that the HTTP mode of `serve` listens on.")
    port: int = Field(default=3000, ge=0, le=65535)
    mcp_token: SecretStr | None = Field(default=None, description="Bearer token that `outlay mcp --http` asks for.")

    slack_bot_token: SecretStr | None = Field(default=None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    slack_api_url: str = Field(default="https://slack.com/api/", alias="SLACK_API_URL")

    @field_validator("home")
    @classmethod
    def _expanded(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator(
        "model",
        "model_url",
        "fallback_model",
        "fallback_model_url",
        "model_budget",
        "database_url",
        "mcp_token",
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("must be a PostgreSQL URL such as postgresql://user:password@host/outlay")
        return value

    @field_validator("digest_channels", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("digest_weekday", mode="before")
    @classmethod
    def _weekday(cls, value: object) -> object:
        if isinstance(value, str) and (name := value.strip().lower()):
            for weekday in WEEKDAYS:
                if weekday.startswith(name) and len(name) >= 2:
                    return weekday
        raise ValueError(f"must be a weekday such as monday, not {value!r}")

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"must be a time zone such as Europe/Berlin, not {value!r}") from None
        return value


def load_settings() -> Settings:
    """The settings in force; BadInput names the variable that cannot be used and why.

    What `.env` sets counts for the model's own variables too, such as OPENAI_API_KEY; the environment comes first.
    """
    from dotenv import load_dotenv

    try:
        load_dotenv(Path(".env"), override=False)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The file must be UTF-8 text with one NAME=value a line.", file=".env") from error
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.startswith("SLACK_") else f"OUTLAY_{name.upper()}"
        raise BadInput(f"{variable}: {first['msg'].removeprefix('Value error, ')}.") from None
