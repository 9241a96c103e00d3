"""The parts of an ESPI feed that energies need, taken from XML as it streams by.

Document types, entities and external references are refused, nesting is limited, and no tree is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tariffs.reading.report import FileReport, shown

_CHUNK_BYTES: Final = 1 << 20
_DEEPEST: Final = 32
_LONGEST_TEXT: Final = 4096
_USAGE_POINT: Final = re.compile(r"/UsagePoint/([^/]+)")
_METER_READING: Final = re.compile(r"(.*/MeterReading/[^/]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingType:
    """What the readings of a meter reading are: texts of the elements, with what their absence means."""

    uom: str
    power_of_ten: str
    flow_direction: str
    accumulation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One interval reading as printed, the line it begins on, and the links it belongs to."""

    line: int
    start: str
    duration: str
    energy: str
    quality: str
    meter_reading: str
    usage_point: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The readings of a feed, the reading types by link, and the type that each meter reading is related to."""

    readings: list[Reading] = field(default_factory=list)
    types: dict[str, ReadingType] = field(default_factory=dict)
    type_links: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)


def feed_of_xml(xml: bytes, report: FileReport) -> Feed:
    """The feed of an XML text.

    Raises  FileRefusedError if it is not well formed, has a document type, or is nested too deep
    """
    builder = _Builder(report)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.line_of = lambda: int(parser.parser.CurrentLineNumber)
    try:
        for start in range(0, len(xml), _CHUNK_BYTES):
            parser.feed(xml[start : start + _CHUNK_BYTES])
        parser.close()
    except DefusedXmlException:
        report.stop("xml_forbidden", row=builder.line_of())
    except ParseError as fault:
        report.stop("xml_malformed", row=fault.position[0], evidence={"seen": shown(str(fault))})
    except (ValueError, LookupError):
        report.stop("xml_malformed", row=builder.line_of(), evidence={"seen": "encoding"})
    return builder.feed


@dataclass(slots=True, kw_only=True)
class _Entry:
    """The parts of one entry of the feed, as texts by element name; a reading has its line among them."""

    kind: str = ""
    link: str = ""
    title: str = ""
    related: list[str] = field(default_factory=list)
    type_parts: dict[str, str] = field(default_factory=dict)
    readings: list[tuple[int, dict[str, str]]] = field(default_factory=list)


class _Builder:
    """Receives the events of the XML parser; an entry is understood when it ends."""

    def __init__(self, report: FileReport) -> None:
        self.report = report
        self.feed = Feed()
        self.line_of: Callable[[], int] = int
        self.path: list[str] = []
        self.text = ""
        self.entry = _Entry()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self.path.append(name)
        self.text = ""
        if len(self.path) > _DEEPEST:
            self.report.stop("xml_too_deep", row=self.line_of(), evidence={"most": _DEEPEST})
        if name == "entry":
            self.entry = _Entry()
        elif name == "link" and attributes.get("rel") == "self":
            self.entry.link = attributes.get("href", "")
        elif name == "link":
            self.entry.related.append(attributes.get("href", ""))
        elif name in ("UsagePoint", "MeterReading", "ReadingType"):
            self.entry.kind = name
        elif name == "IntervalReading":
            self.entry.readings.append((self.line_of(), {}))

    def data(self, text: str) -> None:
        if len(self.text) <= _LONGEST_TEXT:
            self.text += text

    def end(self, _tag: str) -> None:
        name = self.path.pop()
        text, self.text = self.text.strip(), ""
        if name == "entry" or not self.path:
            _add(self.feed, self.entry)
            self.entry = _Entry()
        elif "IntervalReading" in self.path:
            self.entry.readings[-1][1][name] = text
        elif self.path[-1] == "ReadingType":
            self.entry.type_parts[name] = text
        elif (self.path[-1], name) == ("entry", "title"):
            self.entry.title = text

    def close(self) -> None:
        """Nothing is left to do when the document ends."""


def _add(feed: Feed, entry: _Entry) -> None:
    types = [link for link in entry.related if "/ReadingType/" in link]
    if entry.kind == "ReadingType":
        parts = entry.type_parts
        feed.types[entry.link] = ReadingType(
            uom=parts.get("uom", ""),
            power_of_ten=parts.get("powerOfTenMultiplier", "0"),
            flow_direction=parts.get("flowDirection", "1"),
            accumulation=parts.get("accumulationBehaviour", "4"),
        )
    elif entry.kind == "MeterReading" and len(types) == 1:
        feed.type_links[entry.link] = types[0]
    elif entry.kind == "UsagePoint":
        feed.titles.append(entry.title)
    meter_reading, usage_point = _METER_READING.match(entry.link), _USAGE_POINT.search(entry.link)
    for line, parts in entry.readings:
        reading = Reading(
            line=line,
            start=parts.get("start", ""),
            duration=parts.get("duration", ""),
            energy=parts.get("value", ""),
            quality=parts.get("quality", ""),
            meter_reading=meter_reading.group(1) if meter_reading else "",
            usage_point=usage_point.group(1) if usage_point else "",
        )
        feed.readings.append(reading)
