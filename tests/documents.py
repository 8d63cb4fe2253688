"""A small document that is a whole PDF, signatures of it, and the folder where a test stores documents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from cryptography.x509.oid import NameOID

from data.settings import get_settings

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer <<>>\nstartxref\n9\n%%EOF\n"


@cache
def signature(encoding: Encoding = Encoding.DER, *, is_detached: bool = True) -> bytes:
    """Return a signature (PKCS#7) of :data:`PDF` by a key that nobody knows."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=365)).sign(
        key, SHA256()
    )
    options = [PKCS7Options.Binary, *([PKCS7Options.DetachedSignature] if is_detached else [])]
    return PKCS7SignatureBuilder().set_data(PDF).add_signer(certificate, key, SHA256()).sign(encoding, options)


def store_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store documents in a folder until the test ends."""
    monkeypatch.setenv("FILES_DIR", str(folder))
    get_settings.cache_clear()
