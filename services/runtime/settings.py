"""Settings: read once, at the process entry, from flags and the environment."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from services.runtime.tls import CaFile

PREFIX = "NEWSREEL_"


class Part(BaseModel):
    """A group of settings."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class SharedEnvironment(EnvSettingsSource):
    """The variables of the parts, which mean the same to every command."""

    def __call__(self) -> dict[str, Any]:
        """Leave out what stands directly in the class."""
        shared = _parts(self.settings_cls)
        return {name: value for name, value in super().__call__().items() if name in shared}


class Settings(BaseSettings):
    """The base of each command's settings.

    A part such as `kafka` is read from NEWSREEL_KAFKA__PREFIX or --kafka.prefix, whichever the
    command; a field of the command itself, say of Replay, from NEWSREEL_REPLAY__RATE or --rate.
    """

    model_config = SettingsConfigDict(
        env_nested_delimiter="__",
        frozen=True,
        cli_kebab_case=True,
        cli_implicit_flags=True,
        cli_hide_none_type=True,
        cli_avoid_json=True,
        cli_exit_on_error=False,
        nested_model_default_partial_update=True,
        use_attribute_docstrings=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours have prefixes of their own
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - compose reads .env, we don't
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - compose gives variables
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the command's own variables and the shared ones."""
        own = EnvSettingsSource(settings_cls, env_prefix=_own_prefix(settings_cls))
        return init_settings, own, SharedEnvironment(settings_cls, env_prefix=PREFIX)


def variables(settings: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield every environment variable that a command reads, with its field."""
    parts = _parts(settings)
    for name, field in settings.model_fields.items():
        if name not in parts:
            yield _own_prefix(settings) + name.upper(), field
    for name, part in parts.items():
        for inner, field in part.model_fields.items():
            yield f"{PREFIX}{name.upper()}__{inner.upper()}", field


def _own_prefix(settings: type[BaseModel]) -> str:
    return f"{PREFIX}{settings.__name__.upper()}__"


def _parts(settings: type[BaseModel]) -> dict[str, type[Part]]:
    return {
        name: field.annotation
        for name, field in settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Part)
    }


class Log(Part):
    """How a process logs."""

    format: Literal["auto", "json", "console"] = "auto"
    """JSON lines, or readable lines; auto asks whether stderr is a terminal."""
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least level that is logged."""


def _addresses(value: str) -> str:
    if not all(
        re.fullmatch(r"(\[[^]]+]|[^\s:]+):\d{1,5}", one.strip()) for one in value.split(",")
    ):
        raise ValueError("write host:port, several with commas between")
    return value


class Kafka(Part):
    """How to reach the broker, and which topics and consumer groups are ours."""

    bootstrap_servers: Annotated[str, AfterValidator(_addresses)] = "127.0.0.1:9092"
    """Comma-separated host:port."""
    prefix: str = Field(default="", pattern=r"^[a-zA-Z0-9_-]*$")
    """Put before every topic and consumer group, to share a cluster."""
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_SSL"] = "PLAINTEXT"
    """SSL encrypts and verifies the broker; SASL_SSL logs in as well."""
    ca_file: CaFile | None = None
    """PEM file of the authority behind the broker's certificate; the system's if not given."""
    username: str | None = None
    """Who logs in with SASL_SSL."""
    password: SecretStr | None = None
    """Of that user."""
    sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = "SCRAM-SHA-512"
    """How SASL_SSL logs in."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        logs_in = self.security_protocol == "SASL_SSL"
        if len({logs_in, bool(self.username), bool(self.password)}) > 1:
            raise ValueError(
                "security_protocol SASL_SSL, username and password belong together: all or none"
            )
        if self.ca_file and self.security_protocol == "PLAINTEXT":
            raise ValueError("ca_file is of no use with PLAINTEXT: use SSL or SASL_SSL")
        return self


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]*?(\[[^]\s]+]|[^\s/:@]+):\d{1,5}(/\S*)?", value):
        raise ValueError("write http://host:port or https://host:port")
    return value


class Elasticsearch(Part):
    """How to reach Elasticsearch, and which index is ours."""

    url: Annotated[str, AfterValidator(_url)] = "http://127.0.0.1:9200"
    """Scheme, host and port."""
    username: str = "elastic"
    """Used when a password is given."""
    password: SecretStr | None = None
    """Of the user; none when security is off."""
    api_key: SecretStr | None = None
    """Used instead of user and password when given."""
    ca_file: CaFile | None = None
    """PEM file of the authority behind an https server's certificate; the system's if not given."""
    articles: str = Field(default="news-articles", pattern=r"^[a-z0-9][a-z0-9._-]{0,200}$")
    """The read alias; ARTICLES-write is the write alias, ARTICLES-000001 the first index."""
    timeout: float = Field(default=30.0, gt=0)
    """Seconds to wait for an answer."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.ca_file and not self.secure:
            raise ValueError(f"ca_file is of no use with {self.address}: use https")
        return self

    @property
    def secure(self) -> bool:
        """Whether the connection is encrypted."""
        return self.url.startswith("https:")

    @property
    def address(self) -> str:
        """The URL without what may be a password in it."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    @field_serializer("url")
    def _shown(self, _url: str) -> str:
        return self.address

    @property
    def write_alias(self) -> str:
        """Where documents are written."""
        return f"{self.articles}-write"

    @property
    def stories(self) -> str:
        """Where it is remembered which article belongs to which story."""
        return self._beside("stories")

    @property
    def operations(self) -> str:
        """Where it is written how far behind the workers are."""
        return self._beside("operations")

    @property
    def dead_letters(self) -> str:
        """Where dead letters are shown."""
        return self._beside("dead-letters")

    @property
    def beside(self) -> tuple[str, ...]:
        """The aliases of all indices that hold no articles."""
        return self.stories, self.operations, self.dead_letters

    def _beside(self, name: str) -> str:
        return f"{self.articles.removesuffix('-articles')}-{name}"
