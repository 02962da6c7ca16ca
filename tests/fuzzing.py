"""Feed damaged and hostile input to every reader and public function.

Each failure must be an `AllianceRefError`, and each call must end within a time limit. ``make fuzz`` runs
this module; `test_fuzzing` runs the corpus.

The mutator is our own, because the readers parse structured text: it cuts, repeats and splices seeds and
inserts values that readers tend to handle wrongly. An input with a new outcome (a result of a new kind, or an
error with a new reason) is kept as a seed for further mutations, as coverage-guided fuzzers do with new
branches; so is an input that fails. Seeds are in ``fuzz_corpus/<target>.txt``, one input per line in base64.
"""

import argparse
import base64
import io
import json
import logging
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path

import alliance_ref as ar
from alliance_ref.errors import AllianceRefError
from alliance_ref.exchange.formats import GLOSSARY_FORMATS, UNIT_FORMATS, Format
from alliance_ref.records import (
    AlignedUnit,
    Gap,
    GlossaryConcept,
    LanguageSection,
    Rendering,
    Segment,
    Term,
    TranslationUnit,
)

CORPUS = Path(__file__).parent / "fuzz_corpus"
SECONDS = 20.0
"""Time limit of one call, for a busy machine."""
SLOW = 3.0
"""Processor time of a call that is reported: far more than any call needs for an input of this size."""
MAX_SIZE = 20_000
MAX_SEED = 6_000
"""Largest input that is kept, in bytes."""
MAX_SEEDS = 40
"""Most seeds that are kept for a target, without those that failed."""

Target = Callable[[bytes], object]


class TooSlow(Exception):
    """A call did not end within the limit."""


@cache
def folder() -> Path:
    """Return a temporary folder for files."""
    return Path(tempfile.mkdtemp(prefix="fuzz"))


# What is written by us is the first seed of a reader.

CONCEPT = GlossaryConcept(
    "base",
    LanguageSection("en", (Term("base", "en"), Term("facility", "en", "deprecated")), "A place."),
    LanguageSection("ja", (Term("基地", "ja", reading="きち"),), "場所。"),
    subject="place",
    note="a note",
    renderings=(Rendering("base", "基地", 0.9, 2),),
)
UNIT = AlignedUnit((Segment("The base.", "en", 0, 9),), (Segment("その基地。", "ja", 0, 5),))

DATA = """[[place]]
id = "camp-x"
type = "base"
names = [
  { en = "Camp X", valid = { start = 2001-05-01, end = "2005-10" } },
  { ja = "キャンプX", reading = "キャンプ エックス", status = "admitted" },
]
summary.en = "A place."
summary.ja = "場所。"
coordinates = { latitude = 35.5, longitude = 139.4 }
"""
DOCUMENT = """id = "talks-2011"
names = [{ en = "Talks" }, { ja = "協議" }]
type = "article"
issued = 2011-06-21
authors = []
summary.en = "Talks."
summary.ja = "協議。"
sources = []
[[passages]]
number = 1
units = [{ en = "The ministers met.", ja = "閣僚が会談した。" }]
"""


def file_seeds() -> dict[str, list[bytes]]:
    """Return a first seed for every format."""
    found: dict[str, list[bytes]] = {}
    for item in GLOSSARY_FORMATS:
        if item.reads and item.writer:
            found[f"glossary-{item.id}"] = [_bytes(item.writer([CONCEPT]), item.encoding)]
    table = "en\tja\tdocument\tnumber\tdate\nThe base.\tその基地。\tx\t1\t2005-10-29\n"
    po = 'msgid ""\nmsgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    po += 'msgid "base"\nmsgstr "基地"\n'
    ts = (
        '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="ja" sourcelanguage="en"><context>'
        '<name>x</name><message id="1"><source>base %n</source><translation type="unfinished">'
        "<numerusform>基地</numerusform>"
        "</translation></message><message><source>a</source><translation>b</translation></message></context></TS>"
    )
    by_hand = {
        "tsv": table,
        "csv": table.replace("\t", ","),
        "jsonl": '{"en": "base", "ja": "基地", "document": "x", "number": 1, "date": "2005-10-29"}\n' * 2,
        "po": po,
        "qt-ts": ts,
    }
    for item in UNIT_FORMATS:
        name = f"units-{item.id}"
        if item.id in by_hand:
            found[name] = [by_hand[item.id].encode()]
        elif item.writer:
            found[name] = [_bytes(item.writer([UNIT], tool_version="1"), item.encoding)]
        elif item.id == "xlsx":
            found[name] = found["glossary-xlsx"]
        elif item.id == "parquet":
            found[name] = _parquet()
    found["data"] = [DATA.encode()]
    found["document"] = [DOCUMENT.encode()]
    found["json"] = [
        ar.to_json(value).encode() for value in (CONCEPT, UNIT, ar.entry("futenma"), ar.lookup("x y"))
    ]
    found["copy"] = ["\n\n".join(f"{unit.en} {unit.ja}" for unit in _units()).encode()]
    return found


def _bytes(content: str | bytes, encoding: str) -> bytes:
    return content.encode(encoding) if isinstance(content, str) else content


def _parquet() -> list[bytes]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:  # pragma: no cover
        return []
    written = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"en": ["base", "a"], "ja": ["基地", "b"]}), written)
    return [written.getvalue()]


def _units() -> list[TranslationUnit]:
    passages = ar.document("magosaki-2006").passages[3:7]
    return [TranslationUnit(unit.text("en"), unit.text("ja")) for one in passages for unit in one.units]


# Targets: readers of files

XLSX = ("glossary-xlsx", "units-xlsx")


def _write(suffix: str, data: bytes) -> Path:
    path = folder() / f"x{suffix}"
    path.write_bytes(data)
    return path


def reader_of_glossary(item: Format) -> Target:
    """Return the target that reads and writes a glossary in a format."""
    path_suffix = item.suffixes[0]

    def read(data: bytes) -> object:
        glossary = ar.read_glossary(_write(path_suffix, data), item.id, notices=[])
        # What can be read can be written, checked and searched.
        if len(glossary.concepts) < 50:
            for concept in glossary.concepts:
                assert ar.from_json(ar.to_json(concept)) == concept
            ar.check_glossary(glossary)
            glossary.to_file(folder() / f"written{path_suffix}", item.id)
        return len(glossary.concepts) > 0

    return read


def reader_of_units(item: Format) -> Target:
    """Return the target that reads aligned units in a format."""
    suffix = item.suffixes[0]
    return lambda data: bool(
        list(ar.read_units(_write(suffix, data), format=item.id, notices=[], skipped=Counter()))
    )


def read_data(data: bytes) -> object:
    """Load a data folder with one file."""
    place = folder() / "data"
    place.mkdir(exist_ok=True)
    (place / "meta.toml").write_text('edition = "1"\nschema = 1\n', encoding="utf-8")
    (place / "places.toml").write_bytes(data)
    return len(ar.load(place).entries()) > 0


def read_document(data: bytes) -> object:
    """Load a document of the user."""
    return ar.load_document(_write(".toml", data)).kind


def read_json(data: bytes) -> object:
    """Read JSON and write it again."""
    value: object = ar.from_json(_texts(data)[0])
    return type(ar.from_json(ar.to_json(value))).__name__


def read_copy(data: bytes) -> object:
    """Read a copy of a document from a file."""
    return ar.read_copy(_write(".txt", data)).document.id


# Targets: functions on text. An input is one or two texts, separated by a line with "=====".


def _texts(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", "surrogatepass") if _is_utf8(data) else data.decode("utf-8", "replace")
    first, _, second = text.partition("\n=====\n")
    return first, second


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _has_offsets(text: str, found: Iterator[tuple[int, int, str]]) -> int:
    count = 0
    for start, end, part in found:
        assert text[start:end] == part, (start, end, part)
        count += 1
    return count > 0


def _tokens(text: str, _: str) -> object:
    return _has_offsets(text, ((token.start, token.end, token.text) for token in ar.tokenize(text)))


def _sentences(text: str, _: str) -> object:
    for lang in ("en", "ja"):
        found = ar.sentences(text, lang=lang)
        _has_offsets(text, ((one.start, one.end, one.text) for one in found))
    return None


def _annotations(text: str, _: str) -> object:
    found = ar.annotate(text)
    found._repr_html_()
    ar.to_json(found)
    return _has_offsets(text, ((one.start, one.end, one.text) for one in found))


def _segments(unit: AlignedUnit) -> tuple[Segment, ...]:
    return () if isinstance(unit.en, Gap) else unit.en


def _align(en: str, ja: str) -> object:
    found = ar.align(en.splitlines(), ja.splitlines())
    assert sorted(s.text for unit in found.units for s in _segments(unit)) == sorted(en.splitlines())
    found._repr_html_()
    return len(found.units) > 0


def _build(en: str, ja: str) -> object:
    pairs = zip(en.splitlines(), ja.splitlines(), strict=False)
    units = [TranslationUnit(one, other) for one, other in pairs if one.strip() and other.strip()]
    return len(ar.build_glossary(units * 2, executor=ar.SerialExecutor()).concepts) > 0


def _check(en: str, ja: str) -> object:
    return tuple(sorted({finding.code for finding in ar.check_translation(en, ja)}))[:1]


def _dates(text: str, _: str) -> object:
    date = ar.parse_date(text)
    return ar.format_date(date, lang="ja") != ar.format_date(date, lang="en")


TEXT_TARGETS: dict[str, Callable[[str, str], object]] = {
    "tokenize": _tokens,
    "sentences": _sentences,
    "annotate": _annotations,
    "align": _align,
    "align_documents": lambda en, ja: len(ar.align_documents(en, ja)) > 0,
    "build_glossary": _build,
    "check_translation": _check,
    "parse_date": _dates,
    "lookup": lambda text, _: tuple(match.reason for match in ar.lookup(text))[:1],
    "suggest": lambda text, _: len(ar.suggest(text)) > 0,
    "translate": lambda text, _: [type(str(ar.translate(text, to=lang))) for lang in ("en", "ja")],
    "concordance": lambda text, _: len(ar.concordance(text)) > 0,
    "timeline": lambda text, other: len(ar.timeline(start=text, end=other or None)) > 0,
    "office_holders": lambda text, _: len(ar.office_holders(text)) > 0,
    "ids": lambda text, _: [get(text).id for get in (ar.entry, ar.document, ar.passage, ar.topic)],
    "as_of": lambda text, _: len(ar.lookup("base", as_of=text)) > 0,
    "fold": lambda text, _: len(ar.fold(text).key) > 0,
    "name_key": lambda text, _: len(ar.name_key(text)) > 0,
    "reading": lambda text, _: len(ar.reading(text)) > 0,
    "furigana": lambda text, _: "".join(span.text for span in ar.furigana(text)) == text,
    "to_ruby_html": lambda text, _: len(ar.to_ruby_html(text)) > 0,
    "romanize": lambda text, _: len(ar.romanize(text)) > len(ar.text.romanize_name(text)),
    "fingerprint": lambda text, _: type(ar.fingerprint(text)).__name__,
    "read_copy": lambda text, _: ar.read_copy(text).document.id,
}


def _on_texts(function: Callable[[str, str], object]) -> Target:
    return lambda data: function(*_texts(data))


def targets() -> dict[str, Target]:
    """Return every target by name."""
    found: dict[str, Target] = {
        f"glossary-{item.id}": reader_of_glossary(item) for item in GLOSSARY_FORMATS if item.reads
    }
    found |= {f"units-{item.id}": reader_of_units(item) for item in UNIT_FORMATS if item.reads}
    found |= {"data": read_data, "document": read_document, "json": read_json, "copy": read_copy}
    return found | {name: _on_texts(function) for name, function in TEXT_TARGETS.items()}


def text_seeds() -> list[bytes]:
    """Return the first seeds of the functions on text."""
    en = [unit.en for unit in _units()]
    ja = [unit.ja for unit in _units()]
    pairs = [("\n".join(en), "\n".join(ja)), (en[0], ja[0]), *pairwise(SNIPPETS)]
    words = [
        "防衛庁長官",
        "Futenma",
        "ふてんま",
        "平成17年10月29日",
        "29 October 2005",
        "2005-10-29",
        "magosaki-2006#8",
    ]
    return [f"{one}\n=====\n{other}".encode() for one, other in pairs] + [word.encode() for word in words]


SNIPPETS = (
    "On Auguſt 6, 2005, $6 bİllion and one ſixth of Article Vİ",
    "hundred hundred million thousand and forty-five dozenſ of",
    "二〇〇五年十月二十九日、約一兆二千三百億円、第六条第二項、数十、十数回、三分の一",
    "平成17年2月19日（土）午後3時30分、昭和99年、令和元年、1,234,567.89ドル、１２３．４％",
    "“Quote” – dash… (U.S.) Mr. Smith’s No. 5; e.g. this.",
    "\u200b\u202e\ufeff\u00ad e\u0301 ﬁ ß ẞ Ⅷ ½ ㍻ ㌔ ﾐｻｲﾙ",
    "カ\u3099ｶﾞゝゞ々ー〆〇\u3000\u0000\u0085\u2028\U0001f1ef\U0001f1f5\U000e0100\ud800".encode(
        "utf-8", "surrogatepass"
    ).decode("utf-8", "replace"),
    "https://example.org/a?b=c&d <b>bold</b> {0} %s %(name)d ${x} `code` &amp; #ref 5°C 10 km/h −3 ±2",
    "9" * 400,
    "(" * 300 + ")" * 300,
    "................ 5 5 5 5 5 5 5 5 ---- ____ 、、、。。。「「「」」」",
)

TOKENS = (
    *(snippet.encode() for snippet in SNIPPETS),
    *(word.encode() for word in "ſ İ ı K Å ﬀ 十 億 兆 年 月 日 第 条 の と of the and hundred to".split()),
    *b'\x00|\xff|\xfe\xff|\xff\xfe|\xef\xbb\xbf|\xc0\x80|\xed\xa0\x80|\r|\n|\t|,|;|"|""|=|-'.split(b"|"),
    *b"<|>|</|/>|&|&#0;|&#x110000;|&lt;|]]>|<![CDATA[|<!--|-->|<?x ?>|&a;|xml:lang='fr'".split(b"|"),
    *b"<!DOCTYPE x [<!ENTITY a 'b'>]>|encoding='zlib'|encoding='utf-16'|encoding='idna'".split(b"|"),
    *b'{|}|[|]|null|true|NaN|1e999|-1|-0|1e5|"\\ud800"|\\|\\n|\\u0000|\x1b[31m|javascript:x|=1+1'.split(b"|"),
    *b"99999999999999999999|2001/2002/2003|2005-02-30|0000-00-00".split(b"|"),
    b"1" * 4301,
    b"\n=====\n",
)

NUMBERS = (b"0", b"-1", b"1.5", b"1e9", b"9" * 20, b"1" * 4301, b"", b"\xd9\xa3", b"true")


class Mutator:
    """Make inputs from seeds, with a random generator, so that a run can be repeated."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def mutate(self, data: bytes, others: list[bytes], *, archive: bool) -> bytes:
        """Return a changed copy of *data*."""
        if archive and self.chance.random() < 0.8:
            return self._in_archive(data)
        for _ in range(self.chance.choice((1, 1, 2, 3, 6))):
            data = self._once(data, others)
        return data[:MAX_SIZE]

    def _once(self, data: bytes, others: list[bytes]) -> bytes:
        chance = self.chance
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 3, 8, 40, 400)))
        match chance.randrange(9):
            case 0:
                return data[:at] + data[end:]
            case 1:
                return data[:at]
            case 2:
                return data[:at] + chance.choice(TOKENS) + data[at:]
            case 3:
                return data[:at] + chance.choice(TOKENS) + data[end:]
            case 4:
                times = chance.choice((2, 3, 10, 100, 1000))
                return data[:at] + data[at:end] * min(times, MAX_SIZE // max(1, end - at)) + data[end:]
            case 5:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                return data[:at] + other[start : start + chance.choice((5, 50, 500))] + data[end:]
            case 6:
                return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 7:
                return self._number(data)
            case _:
                words = re.split(rb"(\W+)", data)
                first, second = chance.randrange(len(words)), chance.randrange(len(words))
                words[first], words[second] = words[second], words[first]
                return b"".join(words)

    def _number(self, data: bytes) -> bytes:
        found = list(re.finditer(rb"\d+", data))
        if not found:
            return data
        number = self.chance.choice(found)
        new = self.chance.choice(NUMBERS)
        return data[: number.start()] + new + data[number.end() :]

    def _in_archive(self, data: bytes) -> bytes:
        """Change one file of a zip archive."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                files = {name: archive.read(name) for name in archive.namelist()}
        except Exception:  # noqa: BLE001 (the archive was damaged before)
            return self._once(data, [data])
        name = self.chance.choice(sorted(files) or [""])
        files[name] = self._once(files.get(name, b""), list(files.values()) or [b""])[:MAX_SIZE]
        if self.chance.random() < 0.1:
            files.pop(name)
        written = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")
            for name, content in files.items():
                archive.writestr(name, content)
        return written.getvalue()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in a call that takes longer."""

    def stop(*_: object) -> None:
        raise TooSlow(f"the call did not end within {seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def outcome(target: Target, data: bytes) -> str:
    """Return the outcome of a call, for example ``UnreadableFile:xml-syntax``.

    Any error other than an `AllianceRefError` is raised, and so is `TooSlow`.
    """
    try:
        with time_limit(SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return f"{target(data)}"
    except AllianceRefError as error:
        str(error)
        reasons = [problem.reason for problem in getattr(error, "problems", ()) if hasattr(problem, "reason")]
        reason = getattr(error, "reason", "")
        return ":".join((type(error).__name__, reason, *sorted(set(reasons))[:3]))


def seeds(name: str, corpus: Path = CORPUS) -> list[bytes]:
    """Return the kept inputs of a target."""
    path = corpus / f"{name}.txt"
    return [base64.b64decode(line) for line in path.read_text().split()] if path.exists() else []


def first_seeds() -> dict[str, list[bytes]]:
    """Return the first seeds of every target."""
    by_file = file_seeds()
    text = text_seeds()
    return {name: by_file.get(name, text) for name in targets()}


def keep(name: str, data: bytes, corpus: Path) -> None:
    """Add an input to the corpus."""
    if data not in seeds(name, corpus):
        corpus.mkdir(parents=True, exist_ok=True)
        with (corpus / f"{name}.txt").open("a", encoding="ascii") as file:
            file.write(base64.b64encode(data).decode() + "\n")


@cache
def _where(error: str) -> str:
    return error


def run(minutes: float, names: list[str], seed: int, corpus: Path) -> int:
    """Fuzz the targets in turn, report failures, and return their number."""
    mutator = Mutator(seed)
    known = first_seeds()
    every = targets()
    chosen = names or list(every)
    pool = {name: [*known[name], *seeds(name, corpus)] or [b""] for name in chosen}
    seen: dict[str, set[str]] = {name: set() for name in chosen}
    failures: dict[tuple[str, str], str] = {}
    calls: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    for name in chosen:
        for data in pool[name]:
            _try(name, every[name], data, seen, failures, corpus, pool, slowest, fresh=False)
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        name = min(chosen, key=lambda one: calls[one] * max(slowest.get(one, 0), 0.001) ** 0.5)
        until = min(end, time.monotonic() + 2)
        while time.monotonic() < until:
            parent = mutator.chance.choice(pool[name])
            data = mutator.mutate(parent, pool[name], archive=name in XLSX)
            _try(name, every[name], data, seen, failures, corpus, pool, slowest, fresh=True)
            calls[name] += 1
    print(f"{sum(calls.values()):,} inputs, {len(failures)} failures")
    print(json.dumps({name: [calls[name], round(slowest.get(name, 0), 2)] for name in chosen}))
    for (name, where), trace in failures.items():
        print(f"\n== {name}: {where}\n{trace}")
    return len(failures)


def _try(
    name: str,
    target: Target,
    data: bytes,
    seen: dict[str, set[str]],
    failures: dict[tuple[str, str], str],
    corpus: Path,
    pool: dict[str, list[bytes]],
    slowest: dict[str, float],
    *,
    fresh: bool,
) -> None:
    start = time.process_time()
    try:
        result = outcome(target, data)
        if time.process_time() - start > SLOW:
            raise TooSlow(f"the call took {time.process_time() - start:.1f} seconds")
    except Exception as error:  # noqa: BLE001 (every other error is a failure)
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "alliance_ref" in frame.filename] or frames
        where = f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}"
        if (name, where) not in failures:
            failures[name, where] = traceback.format_exc(limit=-12)
            print(f"{name}: {where}: {error!s:.120}", flush=True)
            keep(name, data, corpus)
        return
    finally:
        slowest[name] = max(slowest.get(name, 0), time.process_time() - start)
    if result not in seen[name]:
        seen[name].add(result)
        if fresh:
            pool[name].append(data)
            if len(data) <= MAX_SEED and len(seeds(name, corpus)) < MAX_SEEDS:
                keep(name, data, corpus)


def main() -> int:
    """Run from the command line; the exit status is 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    logging.disable()  # rdflib logs every unusual address
    print(f"seed {options.seed}")
    return 1 if run(options.minutes, options.targets, options.seed, options.corpus) else 0


if __name__ == "__main__":
    sys.exit(main())
