"""Bytes of a file: its first ones, and those of a text unpacked within limits, decoded strictly, with plain line ends."""

import codecs
import zlib
from pathlib import Path
from typing import Final

from tariffs.reading.options import Limits, ReadOptions
from tariffs.reading.report import FileReport

_CHUNK_BYTES: Final = 1 << 20
_GZIP_WINDOW: Final = 31
_CHINESE: Final = "gb18030"


def first_bytes(path: Path, report: FileReport, limits: Limits) -> bytes:
    """The first four bytes of a file, which tell what it is.

    Raises  FileRefusedError if it is empty or larger than the limits allow
    """
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        report.stop("file_empty")
    if size_bytes > limits.max_bytes:
        report.stop("file_too_large", evidence={"bytes": size_bytes, "most": limits.max_bytes})
    with path.open("rb") as stream:
        return stream.read(4)


def unpacked_gzip(path: Path, report: FileReport, limits: Limits) -> bytes:
    """The bytes inside a gzip file, all its members, counted while they unpack.

    Raises  FileRefusedError if it is damaged, cut or unpacks beyond the limits
    """
    packed = path.read_bytes()
    pieces: list[bytes] = []
    size_bytes = 0
    rest = packed
    while rest.strip(b"\0"):
        unpacker = zlib.decompressobj(_GZIP_WINDOW)
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _CHUNK_BYTES)
            except zlib.error:
                report.stop("gzip_damaged")
            rest = unpacker.unconsumed_tail
            if not (piece or rest or unpacker.eof):
                report.stop("gzip_damaged")
            pieces.append(piece)
            size_bytes += len(piece)
            _check_unpacked(size_bytes, len(packed), report, limits)
        rest = unpacker.unused_data
    return b"".join(pieces)


def _check_unpacked(size_bytes: int, packed_bytes: int, report: FileReport, limits: Limits) -> None:
    bomb = size_bytes > limits.ratio_from_bytes and size_bytes > limits.max_unpacked_ratio * packed_bytes
    if bomb or size_bytes > limits.max_unpacked_bytes:
        report.stop("unpacked_too_large", evidence={"packed": packed_bytes, "unpacked": size_bytes})


def lines_of_text(raw: bytes, report: FileReport, options: ReadOptions) -> bytes:
    """The text as UTF-8 without byte-order mark, each line ended by a line feed, blank lines at the end cut off.

    UTF-8 is tried first, then GBK (as GB 18030); both strictly.

    Raises  FileRefusedError if it is no text, is empty, or its last row may be cut
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        report.stop("text_encoding", evidence={"seen": "UTF-16"})
    if b"\0" in raw:
        report.stop("text_nul", row=raw.count(b"\n", 0, raw.index(b"\0")) + 1)
    text = _utf8(raw, report).removeprefix(codecs.BOM_UTF8)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
        if b"\r" in text:
            report.stop("text_carriage_return", row=text.count(b"\n", 0, text.index(b"\r")) + 1)
    if not text.strip():
        report.stop("file_empty")
    if not text.endswith(b"\n"):
        if not options.accept_unterminated:
            report.add("file_unterminated", row=text.count(b"\n") + 1)
        text += b"\n"
    return text.rstrip(b"\n") + b"\n" if text.endswith(b"\n\n") else text


def _utf8(raw: bytes, report: FileReport) -> bytes:
    if raw.isascii():
        return raw
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        try:
            return raw.decode(_CHINESE).encode()
        except UnicodeDecodeError:
            row = raw.count(b"\n", 0, fault.start) + 1
            report.stop("text_encoding", row=row, evidence={"seen": f"byte {raw[fault.start]:#04x}"})
    return raw
