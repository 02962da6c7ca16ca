"""Items of the timeline, and holders of offices."""

from typing import Literal

import attrs

from alliance_ref.records.entries import Entry
from alliance_ref.records.people import Person, Tenure
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Bilingual, Lang, PartialDate

Moment = Literal[
    "happened", "issued", "in-force", "ended", "founded", "dissolved", "took-office", "left-office"
]


@attrs.frozen(field_transformer=typed)
class TimelineItem(Shown):
    """A date of an entry, and what happened then.

    `date` is as precise as known; `end` is the end of a longer event. `when` is both as text, in Japanese
    with the year of the era (和暦). `moment` is the kind of date: an event ``happened``; a document was
    ``issued``, came ``in-force`` or ``ended``; an organization was ``founded`` or ``dissolved``; a person
    ``took-office`` or ``left-office``. `lang` is the language of ``str(item)``.

    >>> import alliance_ref as ar
    >>> item = ar.timeline(start="1960-01-01", end="1960-01-31", lang="ja")[0]
    >>> print(item)
    1960年（昭和35年）～1960年（昭和35年）6月　60年安保闘争
    >>> str(item.date), item.moment, item.entry.id
    ('1960', 'happened', 'anpo-protests-1960')
    """

    date: PartialDate
    end: PartialDate | None
    when: Bilingual
    what: Bilingual
    moment: Moment
    entry: Entry
    lang: Lang = "en"

    def __str__(self) -> str:
        return f"{self.when.ja}　{self.what.ja}" if self.lang == "ja" else f"{self.when.en}  {self.what.en}"


@attrs.frozen(field_transformer=typed)
class OfficeHolder(Shown):
    """A person in an office, with the period of the tenure.

    >>> import alliance_ref as ar
    >>> (holder,) = ar.office_holders("防衛庁長官", as_of="2005-04-14")
    >>> holder.person.label("en"), str(holder.tenure.period)
    ('Yoshinori Ohno', '2004-09-27/2005-10-31')
    """

    person: Person
    tenure: Tenure

    def __str__(self) -> str:
        person, tenure = self.person, self.tenure
        return f"{person.label('en')} / {person.label('ja')}: {tenure.office.en}, {tenure.period}"
