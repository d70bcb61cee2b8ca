"""Mappings: TOML files that say which column of a file is which fact of an organisation.

docs/import.md tells how to write one. Column headers are compared by ``header_key``.
"""

import codecs
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import Any

from corpus.cells import cut, text_of, tidy
from corpus.errors import MappingError, Reason
from corpus.places import prefecture_of, region_of
from corpus.records import PassageType
from corpus.rows import Layout, header_key

_FOLDER = Path(__file__).parent / "data" / "mappings"
_DEFAULT_SPLIT = "、,，;；|\n"

ORGANISATION_FIELDS = (
    *("id", "corporate_number", "name", "name_en", "aliases", "kind", "country", "prefecture", "city"),
    *("website", "industry", "fields", "size_band", "is_masked", "source_name", "source_url", "as_of"),
)
MANDATE_FIELDS = ("stages", "fields", "regions", "ticket_min", "ticket_max")
CONTACT_FIELDS = ("name", "mail", "phone", "address")
MEMBERSHIP_FIELDS = ("cluster", "role", "network", "since")
PASSAGE_FIELDS = ("type", "title", "text", "fields", "source_name", "source_url", "as_of")
ORIGINS = ("column", "template", "value")
OPTIONS = ("split", "part", "values", "patterns", "otherwise", "default", "invalid")


@dataclass(frozen=True, slots=True)
class Template:
    """Text with ``{columns}``; empty where all of them are empty."""

    pieces: tuple[tuple[str, str], ...]
    """Pairs of the text before a column and the column's key, "" after the last."""

    def fill(self, values: Mapping[str, Any]) -> str:
        """The template with the values of a row."""
        texts = [(before, text_of(values.get(key), key) if key else "") for before, key in self.pieces]
        if not any(text for _, text in texts):
            return ""
        return tidy("".join(before + text for before, text in texts))


@dataclass(frozen=True, slots=True)
class Extract:
    """One way to take a value from a row; docs/import.md explains each setting."""

    columns: tuple[str, ...] = ()
    template: Template | None = None
    constant: str = ""
    part: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    otherwise: str = ""
    split: str = _DEFAULT_SPLIT

    def text(self, row: Mapping[str, Any]) -> str:
        """The value as one text, "" for none."""
        return self._translated(self._raw(row))

    def texts(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """The value as a list: that of JSON, or the text cut at the separators; each one once."""
        for key in self.columns:
            if isinstance(items := row.get(key), list):
                raw = [text_of(item, key) for item in items]
                break
        else:
            raw = cut(self._raw(row, keep_lines=True), self.split)
        return tuple(dict.fromkeys(text for item in raw if (text := self._translated(item))))

    def _raw(self, row: Mapping[str, Any], keep_lines: bool = False) -> str:
        if self.constant:
            return self.constant
        if self.template:
            return self.template.fill(row)
        for key in self.columns:
            value = row.get(key)
            if text := text_of(value, key):
                return value if keep_lines and isinstance(value, str) else text
        return ""

    def _translated(self, text: str) -> str:
        if not text:
            return ""
        if self.part and not (text := _PARTS[self.part](text)):
            return ""
        if self.values:
            text = self.values.get(header_key(text), self.otherwise or text)
        if self.patterns:
            matches = ((pattern.search(text), value) for pattern, value in self.patterns)
            return next((match.expand(value) for match, value in matches if match), self.otherwise)
        return text


_PARTS: Mapping[str, Callable[[str], str]] = {
    "prefecture": prefecture_of,
    "region": lambda text: region_of(prefecture_of(text)),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A fact and the ways to it: the first that gives something counts."""

    ways: tuple[Extract, ...] = ()
    is_dropped_if_invalid: bool = False

    def text(self, row: Mapping[str, Any]) -> str:
        """The fact as one text, "" for none."""
        for way in self.ways:
            if text := way.text(row):
                return text
        return ""

    def texts(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """The fact as a list of texts."""
        for way in self.ways:
            if texts := way.texts(row):
                return texts
        return ()

    def columns(self) -> tuple[str, ...]:
        """The keys of the columns it may be read from, in order."""
        return tuple(
            key
            for way in self.ways
            for key in (
                *way.columns,
                *(key for _, key in (way.template.pieces if way.template else ()) if key),
            )
        )


@dataclass(frozen=True, slots=True)
class PassageMapping:
    """How the passages of one sort are made: one of each row or, with ``each``, one of each item."""

    fields: Mapping[str, Field]
    each: tuple[tuple[str, ...], ...] = ()
    """Paths of columns: each is a list, a list in lists, or a text (cut at ``split``, if there is one)."""
    split: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Everything a mapping file says. A fact that is not mapped has an empty ``Field``."""

    file: str
    organisation: Mapping[str, Field]
    mandate: Mapping[str, Field]
    contact: Mapping[str, Field]
    membership: Mapping[str, Field]
    passages: tuple[PassageMapping, ...]
    layout: Layout
    source_name: str = ""
    source_url: str = ""
    as_of: date | None = None

    def columns(self) -> frozenset[str]:
        """The keys of all columns that something is read from."""
        of_passages = [rule.fields for rule in self.passages]
        tables = (self.organisation, self.mandate, self.contact, self.membership, *of_passages)
        lists = (path[0] for rule in self.passages for path in rule.each)
        return frozenset(chain(lists, *(one.columns() for table in tables for one in table.values())))

    def name_columns(self) -> frozenset[str]:
        """The keys of the columns that name the organisation."""
        return frozenset(self.organisation["name"].columns())


def read_mapping(path: Path) -> ColumnMapping:
    """The mapping in a TOML file.

    Raises MappingError for a file that is missing, no TOML, or says what a mapping cannot say.
    """
    return _Parser(str(path)).mapping(_load(path))


def shipped_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with matchbot, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def shipped_mapping(name: str = "default") -> ColumnMapping:
    """A mapping that comes with matchbot. ``default`` knows the usual Japanese and English headers.

    Raises MappingError where no such one is shipped.
    """
    return read_mapping(_shipped(name))


def find_mapping(name: str) -> ColumnMapping:
    """The shipped mapping of this name, else the one in the file of this name.

    Raises MappingError.
    """
    return shipped_mapping(name) if name in shipped_mappings() else read_mapping(Path(name))


def _shipped(name: str) -> Path:
    if name not in shipped_mappings():
        raise MappingError(file=name, place="", reason=Reason.UNKNOWN_MAPPING)
    return _FOLDER / f"{name}.toml"


def _load(path: Path) -> dict[str, Any]:
    """A mapping file's tables, laid over those of the shipped mapping that it extends."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MappingError(file=str(path), place="", reason=Reason.UNKNOWN_MAPPING) from error
    except (OSError, ValueError) as error:
        raise MappingError(file=str(path), place=str(error), reason=Reason.NOT_TOML) from error
    if not (base := content.pop("extends", "")):
        return content
    if base not in shipped_mappings() or path == _shipped(base):
        raise MappingError(file=str(path), place="extends", reason=Reason.UNKNOWN_MAPPING)
    below = _load(_shipped(base))
    for name, table in content.items():
        is_laid_over = isinstance(table, dict) and isinstance(below.get(name), dict)
        below[name] = below[name] | table if is_laid_over else table
    return below


class _Parser:
    """Takes the tables of one mapping file apart; every complaint names the file and the place."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, content: Mapping[str, Any]) -> ColumnMapping:
        tables = ("source", "file", "organisation", "mandate", "contact", "membership", "passages")
        self._allow(content, tables, "")
        source = self._table(content.get("source", {}), "source")
        self._allow(source, ("name", "url", "as_of"), "source")
        organisation = self._fields(content, "organisation", ORGANISATION_FIELDS)
        if not organisation["name"].columns():
            raise self._error("organisation.name", Reason.NO_NAME)
        return ColumnMapping(
            file=self._file,
            organisation=organisation,
            mandate=self._fields(content, "mandate", MANDATE_FIELDS),
            contact=self._fields(content, "contact", CONTACT_FIELDS),
            membership=self._fields(content, "membership", MEMBERSHIP_FIELDS),
            passages=self._passages(content.get("passages", [])),
            layout=self._layout(self._table(content.get("file", {}), "file")),
            source_name=self._text(source.get("name", ""), "source.name"),
            source_url=self._text(source.get("url", ""), "source.url"),
            as_of=self._day(source.get("as_of"), "source.as_of"),
        )

    def _layout(self, table: Mapping[str, Any]) -> Layout:
        self._allow(table, ("encoding", "sheet", "header_row", "delimiter"), "file")
        header_row = table.get("header_row", 0)
        if not isinstance(header_row, int) or header_row < 0:
            raise self._error("file.header_row", Reason.WRONG_SETTING)
        encoding = self._text(table.get("encoding", ""), "file.encoding")
        delimiter = self._text(table.get("delimiter", ""), "file.delimiter")
        if len(delimiter) > 1:
            raise self._error("file.delimiter", Reason.WRONG_SETTING)
        try:
            codecs.lookup(encoding or "utf-8")
        except LookupError as error:
            raise self._error("file.encoding", Reason.WRONG_SETTING) from error
        return Layout(encoding, self._text(table.get("sheet", ""), "file.sheet"), header_row, delimiter)

    def _passages(self, tables: object) -> tuple[PassageMapping, ...]:
        if not isinstance(tables, list):
            raise self._error("passages", Reason.WRONG_SETTING)
        return tuple(self._passage(table, f"passages[{n}]") for n, table in enumerate(tables, start=1))

    def _passage(self, table: object, place: str) -> PassageMapping:
        settings = dict(self._table(table, place))
        self._allow(settings, (*PASSAGE_FIELDS, "each", "split"), place)
        each = self._keys(settings.pop("each", []), f"{place}.each")
        split = self._text(settings.pop("split", ""), f"{place}.split")
        passage_type = settings.get("type", PassageType.CAPABILITY)
        if isinstance(passage_type, str):
            if passage_type not in list(PassageType):
                raise self._error(f"{place}.type", Reason.UNKNOWN_PASSAGE_TYPE)
            settings["type"] = {"value": passage_type}
        if each:
            settings.setdefault("text", "item")
        fields = {name: self._field(settings.get(name, []), f"{place}.{name}") for name in PASSAGE_FIELDS}
        return PassageMapping(fields, tuple(tuple(path.split(".")) for path in each), split)

    def _fields(self, content: Mapping[str, Any], name: str, known: Sequence[str]) -> dict[str, Field]:
        table = self._table(content.get(name, {}), name)
        self._allow(table, known, name)
        return {one: self._field(table.get(one, []), f"{name}.{one}") for one in known}

    def _field(self, setting: object, place: str) -> Field:
        ways = setting if isinstance(setting, list) else [setting]
        extracts: list[Extract] = []
        is_dropped = False
        for way in ways:
            if isinstance(way, str):
                extracts += self._extracts({"template" if "{" in way else "column": way}, place)
            else:
                table = self._table(way, place)
                is_dropped |= self._invalid(table.get("invalid", "reject"), place) == "drop"
                extracts += self._extracts(table, place)
        return Field(tuple(extracts), is_dropped)

    def _invalid(self, setting: object, place: str) -> object:
        if setting not in ("reject", "drop"):
            raise self._error(f"{place}.invalid", Reason.WRONG_SETTING)
        return setting

    def _extracts(self, table: Mapping[str, Any], place: str) -> list[Extract]:
        self._allow(table, (*ORIGINS, *OPTIONS), place)
        if sum(origin in table for origin in ORIGINS) != 1:
            raise self._error(place, Reason.WRONG_SETTING)
        part = self._text(table.get("part", ""), f"{place}.part")
        if part and part not in _PARTS:
            raise self._error(f"{place}.part", Reason.WRONG_SETTING)
        extract = Extract(
            columns=self._keys(table.get("column", []), f"{place}.column"),
            template=self._template(table["template"], place) if "template" in table else None,
            constant=self._text(table.get("value", ""), f"{place}.value"),
            part=part,
            values=self._values(table.get("values", {}), f"{place}.values"),
            patterns=self._patterns(table.get("patterns", []), f"{place}.patterns"),
            otherwise=self._text(table.get("otherwise", ""), f"{place}.otherwise"),
            split=self._text(table.get("split", _DEFAULT_SPLIT), f"{place}.split"),
        )
        default = self._text(table.get("default", ""), f"{place}.default")
        return [extract, Extract(constant=default)] if default else [extract]

    def _keys(self, setting: object, place: str) -> tuple[str, ...]:
        names = setting if isinstance(setting, list) else [setting]
        return tuple(header_key(self._text(name, place)) for name in names)

    def _template(self, setting: object, place: str) -> Template:
        try:
            pieces = list(Formatter().parse(self._text(setting, f"{place}.template")))
        except ValueError as error:
            raise self._error(f"{place}.template", Reason.BAD_TEMPLATE) from error
        if any(name == "" or spec or conversion for _, name, spec, conversion in pieces):
            raise self._error(f"{place}.template", Reason.BAD_TEMPLATE)
        return Template(tuple((before, header_key(name or "")) for before, name, _, _ in pieces))

    def _values(self, setting: object, place: str) -> dict[str, str]:
        table = self._table(setting, place)
        return {
            spelling: meaning
            for meaning, spellings in table.items()
            for spelling in self._keys(spellings, f"{place}.{meaning}")
        }

    def _patterns(self, setting: object, place: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        if not isinstance(setting, list):
            raise self._error(place, Reason.WRONG_SETTING)
        return tuple(self._pattern(self._table(one, place), place) for one in setting)

    def _pattern(self, table: Mapping[str, Any], place: str) -> tuple[re.Pattern[str], str]:
        self._allow(table, ("match", "value"), place)
        try:
            pattern = re.compile(self._text(table.get("match", ""), f"{place}.match"))
            value = self._text(table.get("value", ""), f"{place}.value")
            # Substituting in nothing shows a reference to a missing group now, not in the midst of an import.
            pattern.sub(value, "")
        except re.error as error:
            raise self._error(place, Reason.BAD_PATTERN) from error
        return pattern, value

    def _table(self, setting: object, place: str) -> Mapping[str, Any]:
        if not isinstance(setting, dict):
            raise self._error(place, Reason.WRONG_SETTING)
        return setting

    def _text(self, setting: object, place: str) -> str:
        if not isinstance(setting, str):
            raise self._error(place, Reason.WRONG_SETTING)
        return setting

    def _day(self, setting: object, place: str) -> date | None:
        if setting is not None and type(setting) is not date:
            raise self._error(place, Reason.WRONG_SETTING)
        return setting

    def _allow(self, table: Mapping[str, Any], known: Sequence[str], place: str) -> None:
        for name in table:
            if name not in known:
                raise self._error(f"{place}.{name}".lstrip("."), Reason.UNKNOWN_SETTING)

    def _error(self, place: str, reason: Reason) -> MappingError:
        return MappingError(file=self._file, place=place, reason=reason)
