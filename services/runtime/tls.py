"""Who is at the other end: certificates and host names are verified, always."""

import ssl
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Make a context that trusts the authorities in `ca_file`, or the system's if None."""
    return ssl.create_default_context(cafile=ca_file)


def distrust(error: BaseException | None) -> str | None:
    """Say why a certificate was not trusted, if that is what lies behind an error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            cause = getattr(error, "certificate_error", error)  # of aiohttp's own error
            return str(getattr(cause, "verify_message", cause))
        error = error.__cause__ or error.__context__
    return None


def _readable(ca_file: Path) -> Path:
    try:
        trusting(ca_file)
    except OSError as error:  # an SSLError is one, with a text that helps nobody
        why = "it holds no PEM certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise ValueError(f"cannot use {ca_file}: {why}") from error
    return ca_file


CaFile = Annotated[Path, AfterValidator(_readable)]
"""A PEM file with the certificates of authorities."""
