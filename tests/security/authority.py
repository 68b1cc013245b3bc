"""Certificates for the servers of these tests, made anew for each run."""

from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization as pem

from services.servers.ports import HOST


@dataclass(frozen=True)
class Identity:
    """A server's key and its certificate, in PEM."""

    key: bytes
    certificate: bytes


class Authority:
    """Signs certificates that are for 127.0.0.1 and for no other name."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._ca = trustme.CA()
        self.file = folder / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.file))
        self.stranger = folder / "stranger.pem"
        """Another authority, which has signed nothing here."""
        trustme.CA().cert_pem.write_to_path(str(self.stranger))

    def certify(self) -> Identity:
        """Issue a certificate; the key is in the one form that Kafka reads."""
        leaf = self._ca.issue_cert(HOST)
        key = pem.load_pem_private_key(leaf.private_key_pem.bytes(), None)
        shape = (pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
        chain = b"".join(part.bytes() for part in leaf.cert_chain_pems)
        return Identity(key.private_bytes(*shape), chain)
