"""Settings that several processes share: read once, at the process entry, from flags and env."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The base of each process's settings: NEWSREEL_KAFKA__PREFIX or --kafka.prefix."""

    model_config = SettingsConfigDict(
        env_prefix="NEWSREEL_",
        env_nested_delimiter="__",
        frozen=True,
        cli_kebab_case=True,
        cli_implicit_flags=True,
        cli_hide_none_type=True,
        cli_avoid_json=True,
        nested_model_default_partial_update=True,
        use_attribute_docstrings=True,
    )


class Part(BaseModel):
    """A group of settings."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Kafka(Part):
    """How to reach the broker, and which topics and consumer groups are ours."""

    bootstrap_servers: str = "127.0.0.1:9092"
    """Comma-separated host:port."""
    prefix: str = ""
    """Put before every topic and consumer group, to share a cluster."""


class Elasticsearch(Part):
    """How to reach Elasticsearch, and which index is ours."""

    url: str = "http://127.0.0.1:9200"
    """Scheme, host and port."""
    username: str = "elastic"
    """Used when a password is given."""
    password: SecretStr | None = None
    """Of the user; none when security is off."""
    api_key: SecretStr | None = None
    """Used instead of user and password when given."""
    articles: str = "news-articles"
    """The read alias; ARTICLES-write is the write alias, ARTICLES-000001 the first index."""
    timeout: float = Field(default=30.0, gt=0)
    """Seconds to wait for an answer."""

    @property
    def write_alias(self) -> str:
        """Where documents are written."""
        return f"{self.articles}-write"
