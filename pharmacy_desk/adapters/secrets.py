"""Secrets and sealing: the system's keyring, else one file of mode 0600; AES-GCM records.

The home's key wraps one key per record, so that a single record is erased for good by destroying
its wrapped key while everything around it stays verifiable (design, invariant 8).
"""

import base64
import contextlib
import errno
import hashlib
import hmac
import json
import os
from pathlib import Path

import keyring
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.backends import fail
from keyring.errors import KeyringError

from pharmacy_desk.adapters.given_files import read_text
from pharmacy_desk.core.basics.errors import Fault, WorldError

_SERVICE = "pharmacy-desk"
# A few keys and the platforms' words.
_MAX_FILE_BYTES = 1_000_000
_NONCE_BYTES = 12  # AES-GCM's own size (NIST SP 800-38D)


class Secrets:
    """Named secrets of one home. Without a usable keyring they live in `secrets.json`, 0600."""

    def __init__(self, home: Path) -> None:
        self._file = home / "secrets.json"
        self._home = str(home.resolve())

    @property
    def place(self) -> str:
        """Where secrets are kept: `keyring` or the file's name."""
        return "keyring" if self._has_keyring() else self._file.name

    def get(self, name: str) -> str | None:
        """The secret, or None."""
        if name in self._read_file():
            return self._read_file()[name]
        if self._has_keyring():
            with contextlib.suppress(KeyringError):
                return keyring.get_password(_SERVICE, f"{self._home}:{name}")
        return None

    def set(self, name: str, value: str) -> None:
        """Keep a secret; falls back to the file when the keyring refuses.

        Raises `WorldError` when the file cannot be written; what it held before stays.
        """
        if self._has_keyring():
            with contextlib.suppress(KeyringError):
                keyring.set_password(_SERVICE, f"{self._home}:{name}", value)
                return
        values = self._read_file() | {name: value}
        fresh = self._file.with_suffix(".new")
        try:
            fresh.unlink(missing_ok=True)  # one left by a kill may be readable by others
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(values, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise WorldError(
                Fault.DISK_FULL if full else Fault.HOME_NOT_WRITABLE, path=str(self._file)
            ) from error

    def _has_keyring(self) -> bool:
        return not isinstance(keyring.get_keyring(), fail.Keyring)

    def _read_file(self) -> dict[str, str]:
        try:
            values = json.loads(read_text(self._file, _MAX_FILE_BYTES))
        except (ValueError, RecursionError) as error:
            raise WorldError(Fault.SECRET_UNAVAILABLE, path=str(self._file)) from error
        except WorldError as error:
            if error.fault is Fault.FILE_MISSING:
                return {}
            raise WorldError(Fault.SECRET_UNAVAILABLE, path=str(self._file)) from error
        return values if isinstance(values, dict) else {}


class RecordSealer:
    """Seals records under keys of their own, wrapped by the home's key (`Sealer`)."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._home_key: AESGCM | None = None
        self._hash_key: bytes | None = None

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """(wrapped key, sealed bytes)."""
        key = AESGCM.generate_key(256)
        return _encrypt(self._key(), key), _encrypt(AESGCM(key), data)

    def open(self, wrapped_key: bytes, sealed: bytes) -> bytes:
        """The bytes again. Raises `WorldError` when the home's key is not the one that sealed."""
        try:
            return _decrypt(AESGCM(_decrypt(self._key(), wrapped_key)), sealed)
        except InvalidTag as error:
            raise WorldError(Fault.SECRET_UNAVAILABLE, path=self._secrets.place) from error

    def fingerprint(self, data: bytes) -> str:
        """HMAC-SHA256 (hex) under a key derived from the home's: a stolen ledger tells nothing."""
        if self._hash_key is None:
            derive = HKDF(hashes.SHA256(), length=32, salt=None, info=b"pharmacy-desk fingerprint")
            self._hash_key = derive.derive(self._kept())
        return hmac.new(self._hash_key, data, hashlib.sha256).hexdigest()

    def _key(self) -> AESGCM:
        if self._home_key is None:
            try:
                self._home_key = AESGCM(self._kept())
            except ValueError as error:  # not the length of a key
                raise WorldError(Fault.SECRET_UNAVAILABLE, path=self._secrets.place) from error
        return self._home_key

    def _kept(self) -> bytes:
        """The home's key, made when it is first wanted."""
        kept = self._secrets.get("home-key")
        if kept is None:
            kept = base64.b64encode(AESGCM.generate_key(256)).decode("ascii")
            self._secrets.set("home-key", kept)
        return _plain(kept, self._secrets.place)


class SecretHeadKey:
    """`HeadKey`: HMAC-SHA256 under a key of its own for each ledger of a home."""

    def __init__(self, secrets: Secrets, ledger: str) -> None:
        self._secrets = secrets
        self._name = f"head-key.{ledger}"
        self._key: bytes | None = None

    def sign(self, data: bytes) -> str:
        """The signature (hex); the key is made at the first one."""
        key = self._kept()
        if key is None:
            key = os.urandom(32)
            self._secrets.set(self._name, base64.b64encode(key).decode("ascii"))
            self._key = key  # not before it is kept: what it signs is verified for years
        return hmac.new(key, data, hashlib.sha256).hexdigest()

    def verifies(self, data: bytes, signature: str) -> bool | None:
        """Is the signature ours? None when this machine has no key."""
        key = self._kept()
        if key is None:
            return None
        ours = hmac.new(key, data, hashlib.sha256).hexdigest()
        return hmac.compare_digest(ours.encode(), signature.encode())

    def known(self) -> bool:
        """True once something was signed here."""
        return self._kept() is not None

    def _kept(self) -> bytes | None:
        if self._key is None:
            kept = self._secrets.get(self._name)
            self._key = _plain(kept, self._secrets.place) if kept else None
        return self._key


def _plain(kept: str, place: str) -> bytes:
    """A key as it is kept. Raises `WorldError` for one that somebody has spoilt."""
    try:
        return base64.b64decode(kept)
    except (ValueError, TypeError) as error:
        raise WorldError(Fault.SECRET_UNAVAILABLE, path=place) from error


def _encrypt(key: AESGCM, data: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + key.encrypt(nonce, data, None)


def _decrypt(key: AESGCM, sealed: bytes) -> bytes:
    return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
