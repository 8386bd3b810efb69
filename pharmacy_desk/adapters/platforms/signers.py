"""Gateway signatures, one function each; the profile names the one a region uses."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

Signer: TypeAlias = Callable[[bytes, datetime], Mapping[str, str]]


def no_signature(body: bytes, at: datetime) -> Mapping[str, str]:
    """No signature: nothing is added."""
    return {}


def tif_signer(paasid: str, token: str) -> Signer:
    """TIF headers: hex(SHA-256(timestamp + token + nonce + timestamp)) (facts on platforms, 3a)."""

    def sign(body: bytes, at: datetime) -> Mapping[str, str]:
        stamp = str(int(at.timestamp()))
        nonce = secrets.token_hex(16)
        digest = hashlib.sha256(f"{stamp}{token}{nonce}{stamp}".encode()).hexdigest()
        return {
            "x-tif-paasid": paasid,
            "x-tif-timestamp": stamp,
            "x-tif-nonce": nonce,
            "x-tif-signature": digest,
        }

    return sign
