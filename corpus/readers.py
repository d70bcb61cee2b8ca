"""Profiles from files: each row of a CSV, XLSX or JSON file becomes an organisation or a rejection."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.cells import cut, day_of, is_yes, web_address, yen_of
from corpus.errors import Reason, RecordError
from corpus.mapping import ColumnMapping, Field, PassageMapping, shipped_mapping
from corpus.names import name_key, organisation_id, valid_corporate_number
from corpus.personal import PersonalDataKind, find_personal_data, without_personal_data
from corpus.places import prefecture_of
from corpus.records import (
    Cluster,
    Contact,
    Kind,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from corpus.rows import BrokenRow, Row, keyed, read_rows

_SHOWN_VALUE = 80
"""Characters of a refused value that a rejection repeats."""

_Values = Mapping[str, Any]


class FlagCode(StrEnum):
    """What was left out of a row that was taken: a code with a text ``flag-<code>`` each."""

    PERSONAL_MAIL = "personal-mail"
    ROLE_MAIL = "role-mail"
    MOBILE_NUMBER = "mobile-number"
    CORPORATE_NUMBER_DROPPED = "corporate-number-dropped"
    WEBSITE_DROPPED = "website-dropped"
    COLUMN_NOT_READ = "column-not-read"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in a row that staff should look at. Of personal data, ``value`` is only a hint."""

    file: str
    row: int
    field: str
    value: str
    code: FlagCode


@dataclass(frozen=True, slots=True)
class Imported:
    """What one row says."""

    row: int
    profile: Profile
    contact: Contact | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that says nothing usable. ``field`` is the column as the file writes it, "" for the whole row."""

    file: str
    row: int
    field: str
    value: str
    reason: Reason


def read_profiles(
    path: Path,
    mapping: ColumnMapping | None = None,
    *,
    clusters: Sequence[Cluster] = (),
    recorded_at: datetime | None = None,
) -> Iterator[Imported | Rejection]:
    """What each row of a file says, in the order of the file, as it is read.

    ``mapping`` defaults to the shipped one that knows the usual headers; a column that it does not know is
    flagged once, while a mapping of one's own leaves out what it leaves out. With ``clusters`` given, a
    membership may name a cluster by id or by name, and must name one of them. ``recorded_at`` is the time
    that memberships carry (default: now). A statement without a date is dated by the mapping's ``as_of``,
    else by the day the file was last changed; one without a source is said by the file.

    The same organisation may come several times, with the same id.

    Raises UnreadableFileError, before anything is yielded, for a file that is missing, of another type,
    damaged, or without a column that names organisations.
    """
    with_unread = mapping is None
    mapping = mapping or shipped_mapping()
    rows = read_rows(path, mapping.layout, mapping.name_columns())
    changed_on = datetime.fromtimestamp(path.stat().st_mtime).date()
    source = Source(mapping.source_name or path.name, mapping.as_of or changed_on, mapping.source_url)
    reader = _RowReader(path.name, mapping, source, clusters, recorded_at or datetime.now(UTC), with_unread)
    return (reader.read(row) for row in rows)


class _RowReader:
    """Reads rows one by one; knows the file, its mapping and what holds for all rows."""

    def __init__(
        self,
        file: str,
        mapping: ColumnMapping,
        source: Source,
        clusters: Sequence[Cluster],
        recorded_at: datetime,
        with_unread: bool,
    ) -> None:
        """``with_unread``: columns that nothing is read from are flagged, each where it is filled first."""
        self._file = file
        self._mapping = mapping
        self._source = source
        self._clusters = {
            name_key(name): one.id for one in clusters for name in (one.name_en, one.name, one.id) if name
        }
        self._recorded_at = recorded_at
        self._with_unread = with_unread
        self._known = set(mapping.columns())

    def read(self, row: Row | BrokenRow) -> Imported | Rejection:
        """What ``row`` says, or why it cannot be taken."""
        if isinstance(row, BrokenRow):
            return Rejection(self._file, row.number, row.column, row.value[:_SHOWN_VALUE], row.reason)
        try:
            return self._imported(row)
        except RecordError as error:
            return self._rejection(row, error)

    def _rejection(self, row: Row, error: RecordError) -> Rejection:
        value = str(error.facts["value"])
        value = without_personal_data(value, find_personal_data(value))[:_SHOWN_VALUE]
        header = self._header(row, str(error.facts["field"]))
        return Rejection(self._file, row.number, header, value, Reason(str(error.facts["reason"])))

    def _header(self, row: Row, name: str) -> str:
        """The column of the file that ``name`` was read from; ``name`` itself where there is none."""
        rules = (rule.fields for rule in self._mapping.passages)
        tables = (self._mapping.organisation, self._mapping.membership, self._mapping.mandate, *rules)
        fields = [table[name] for table in tables if name in table]
        candidates = [name, *(column for one in fields for column in one.columns())]
        filled = [row.headers[key] for key in candidates if row.values.get(key) and key in row.headers]
        empty = [row.headers[key] for key in candidates if key in row.headers]
        return next(iter(filled or empty), name)

    def _imported(self, row: Row) -> Imported:
        flags = list(self._unread(row)) if self._with_unread else []
        source = self._source_of(self._mapping.organisation, row.values, self._source)
        organisation = self._organisation(row, source, flags)
        passages = {
            passage.id: passage
            for rule in self._mapping.passages
            for passage in self._passages(rule, row, organisation.id, source, flags)
        }
        memberships = self._memberships(row.values, organisation.id, source)
        profile = Profile(organisation, tuple(passages.values()), memberships)
        return Imported(row.number, profile, self._contact(row.values, organisation.id), tuple(flags))

    def _unread(self, row: Row) -> Iterator[Flag]:
        """Of the columns that nothing is read from, those that are filled for the first time."""
        new = [key for key in row.headers if key not in self._known and row.values.get(key)]
        self._known.update(new)
        for key in new:
            value = str(row.values[key])
            hint = without_personal_data(value, find_personal_data(value))
            yield self._flag(row, key, hint, FlagCode.COLUMN_NOT_READ)

    def _organisation(self, row: Row, source: Source, flags: list[Flag]) -> Organisation:
        fields, values = self._mapping.organisation, row.values

        def text(name: str) -> str:
            found = fields[name].text(values)
            return self._cleared(row, name, found, flags) if found else ""

        name = text("name")
        if not name:
            raise RecordError(field="name", value="", reason=Reason.EMPTY)
        number = self._corporate_number(row, flags)
        country = fields["country"].text(values).upper() or "JP"
        if not re.fullmatch("[A-Z]{2}", country):
            raise RecordError(field="country", value=country, reason=Reason.UNKNOWN_COUNTRY)
        prefecture = _prefecture(fields["prefecture"].text(values), country)
        return Organisation(
            id=fields["id"].text(values) or organisation_id(number, name, prefecture),
            name=name,
            kind=_kind(fields["kind"].text(values)),
            source=source,
            name_en=text("name_en"),
            aliases=self._aliases(row, name, flags),
            corporate_number=number,
            country=country,
            prefecture=prefecture,
            city=text("city"),
            website=self._website(row, flags),
            industry=text("industry"),
            fields=fields["fields"].texts(values),
            size_band=text("size_band"),
            mandate=self._mandate(values),
            is_masked=_yes_or_no(fields["is_masked"].text(values)),
        )

    def _aliases(self, row: Row, name: str, flags: list[Flag]) -> tuple[str, ...]:
        written = self._mapping.organisation["aliases"].texts(row.values)
        return tuple(self._cleared(row, "aliases", alias, flags) for alias in written if alias != name)

    def _corporate_number(self, row: Row, flags: list[Flag]) -> str:
        field = self._mapping.organisation["corporate_number"]
        if not (text := field.text(row.values)):
            return ""
        try:
            return valid_corporate_number(text)
        except RecordError:
            if not field.is_dropped_if_invalid:
                raise
            flags.append(self._flag(row, "corporate_number", text, FlagCode.CORPORATE_NUMBER_DROPPED))
            return ""

    def _website(self, row: Row, flags: list[Flag]) -> str:
        if not (text := self._mapping.organisation["website"].text(row.values)):
            return ""
        if url := web_address(text):
            return url
        flags.append(self._flag(row, "website", text, FlagCode.WEBSITE_DROPPED))
        return ""

    def _mandate(self, values: _Values) -> Mandate | None:
        fields = self._mapping.mandate
        mandate = Mandate(
            stages=fields["stages"].texts(values),
            fields=fields["fields"].texts(values),
            regions=fields["regions"].texts(values),
            ticket_min=_amount(fields["ticket_min"], "ticket_min", values),
            ticket_max=_amount(fields["ticket_max"], "ticket_max", values),
        )
        return None if mandate == Mandate() else mandate

    def _passages(
        self, rule: PassageMapping, row: Row, organisation: str, source: Source, flags: list[Flag]
    ) -> Iterator[Passage]:
        fields = rule.fields
        for column, values in _items(rule, row.values):
            text_column = column or next((key for key in fields["text"].columns() if values.get(key)), "text")
            title = self._cleared(row, "title", fields["title"].text(values), flags)
            text = self._cleared(row, text_column, fields["text"].text(values), flags)
            if title or text:
                passage_type = _passage_type(fields["type"].text(values))
                yield Passage(
                    id=_passage_id(organisation, passage_type, title, text),
                    organisation_id=organisation,
                    type=passage_type,
                    text=text,
                    source=self._source_of(fields, values, source),
                    title=title,
                    fields=fields["fields"].texts(values),
                )

    def _memberships(self, values: _Values, organisation: str, source: Source) -> tuple[Membership, ...]:
        fields = self._mapping.membership
        since = _day(fields["since"], "since", values) or source.as_of
        role = fields["role"].text(values)
        # Of several clusters in one cell the first is the home, unless the file itself tells the role.
        return tuple(
            Membership(
                organisation_id=organisation,
                cluster_id=self._cluster(cluster),
                role=_role(role) if role else MembershipRole.MEMBER if n else MembershipRole.HOME,
                valid_from=since,
                recorded_at=self._recorded_at,
                network=fields["network"].text(values),
            )
            for n, cluster in enumerate(fields["cluster"].texts(values))
        )

    def _cluster(self, text: str) -> str:
        if not self._clusters:
            return text
        if known := self._clusters.get(name_key(text)):
            return known
        raise RecordError(field="cluster", value=text, reason=Reason.UNKNOWN_CLUSTER)

    def _contact(self, values: _Values, organisation: str) -> Contact | None:
        facts = {name: field.text(values) for name, field in self._mapping.contact.items()}
        return Contact(organisation, **facts) if any(facts.values()) else None

    def _source_of(self, fields: Mapping[str, Field], values: _Values, above: Source) -> Source:
        name, url = fields["source_name"].text(values), fields["source_url"].text(values)
        as_of = _day(fields["as_of"], "as_of", values)
        if not (name or url or as_of):
            return above
        return Source(name or above.name, as_of or above.as_of, url or ("" if name else above.url))

    def _cleared(self, row: Row, field: str, text: str, flags: list[Flag]) -> str:
        """``text`` without personal data, each piece of which is flagged."""
        found = find_personal_data(text)
        for one in found:
            if one.kind is PersonalDataKind.MOBILE:
                code = FlagCode.MOBILE_NUMBER
            else:
                code = FlagCode.ROLE_MAIL if one.is_role else FlagCode.PERSONAL_MAIL
            flags.append(self._flag(row, field, one.hint, code))
        return without_personal_data(text, found) if found else text

    def _flag(self, row: Row, field: str, value: str, code: FlagCode) -> Flag:
        return Flag(self._file, row.number, self._header(row, field), value[:_SHOWN_VALUE], code)


def _passage_id(organisation: str, passage_type: PassageType, title: str, text: str) -> str:
    """The same words of the same organisation keep their id from import to import."""
    content = f"{passage_type}\0{title}\0{text}".encode()
    return f"{organisation}:{hashlib.blake2b(content, digest_size=6).hexdigest()}"


def _items(rule: PassageMapping, row: _Values) -> Iterator[tuple[str, _Values]]:
    """What each passage is made of: the column it comes from, and the item's values before the row's."""
    if not rule.each:
        yield "", row
    for path in rule.each:
        for item in _nested(row, path, rule.split):
            yield path[0], item


def _nested(values: _Values, path: Sequence[str], split: str) -> Iterator[_Values]:
    if not path:
        yield values
        return
    found = values.get(path[0])
    items = found if isinstance(found, list) else [found]
    for item in items:
        if isinstance(item, dict):
            yield from _nested({**values, **keyed(item)}, path[1:], split)
        elif isinstance(item, str):
            for part in cut(item, split):
                yield {**values, "item": part}
        elif item is not None:
            yield {**values, "item": item}


def _kind(text: str) -> Kind:
    try:
        return Kind(text or Kind.OTHER)
    except ValueError as error:
        raise RecordError(field="kind", value=text, reason=Reason.UNKNOWN_KIND) from error


def _passage_type(text: str) -> PassageType:
    try:
        return PassageType(text or PassageType.CAPABILITY)
    except ValueError as error:
        raise RecordError(field="type", value=text, reason=Reason.UNKNOWN_PASSAGE_TYPE) from error


def _role(text: str) -> MembershipRole:
    try:
        return MembershipRole(text)
    except ValueError as error:
        raise RecordError(field="role", value=text, reason=Reason.UNKNOWN_ROLE) from error


def _prefecture(text: str, country: str) -> str:
    if not text or country != "JP":
        return ""
    if prefecture := prefecture_of(text):
        return prefecture
    raise RecordError(field="prefecture", value=text, reason=Reason.UNKNOWN_PREFECTURE)


def _yes_or_no(text: str) -> bool:
    if (answer := is_yes(text)) is None:
        raise RecordError(field="is_masked", value=text, reason=Reason.NOT_YES_OR_NO)
    return answer


def _day(field: Field, name: str, values: _Values) -> date | None:
    if not (text := field.text(values)):
        return None
    if day := day_of(text):
        return day
    raise RecordError(field=name, value=text, reason=Reason.NOT_A_DATE)


def _amount(field: Field, name: str, values: _Values) -> int | None:
    if not (text := field.text(values)):
        return None
    amount = yen_of(text)
    if amount is None:
        raise RecordError(field=name, value=text, reason=Reason.NOT_AN_AMOUNT)
    return amount
