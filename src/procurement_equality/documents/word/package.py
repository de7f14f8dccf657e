"""The package: fixed order, fixed times, fixed attributes, so that the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip the parts (name: XML text, or the bytes of a picture) in their order; pictures are compressed already."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED if isinstance(part, str) else zipfile.ZIP_STORED
            member.create_system = 0
            member.external_attr = 0
            archive.writestr(member, part.encode() if isinstance(part, str) else part)
    return buffer.getvalue()


def content_digest(data: bytes) -> str:
    """Give the SHA-256 of a package's content: parts by name, whatever the compression that made the bytes."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            digest.update(f"{name} {hashlib.sha256(archive.read(name)).hexdigest()}\n".encode())
    return digest.hexdigest()
