"""Readers of documents: what is kept, what is set aside, and which files are rejected."""

import contextlib
import io
import zipfile
from pathlib import Path

import pytest

from alliance_ref.errors import AllianceRefError, UnknownFormat, UnreadableFile
from alliance_ref.exchange.documents.recognition import read_content
from alliance_ref.records.files import FileEdition

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def archive(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return file.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    kinds = {"styles": "styles", "footnotes": "footnotes", "comments": "comments", "header1": "header"}
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*((kinds[name], f"{name}.xml") for name in parts)),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def odt(body: str, **parts: str) -> bytes:
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": f"{content}</office:document-content>", **parts})


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def texts(edition: FileEdition) -> list[str]:
    return [block.text for block in edition.blocks]


def aside(edition: FileEdition) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in edition.set_aside]


class TestWord:
    def read(self, body: str, **parts: str) -> FileEdition:
        return read_content(docx(body, **parts), "naha.docx")

    def test_the_base_of_furigana_is_kept_and_the_reading_is_data(self) -> None:
        base = f"<w:rubyBase>{run('普天間')}</w:rubyBase>"
        ruby = f"<w:ruby><w:rubyPr/><w:rt>{run('ふてんま')}</w:rt>{base}</w:ruby>"
        (block,) = self.read(f"<w:p>{run('米軍の')}<w:r>{ruby}</w:r>{run('飛行場')}</w:p>").blocks
        assert block.text == "米軍の普天間飛行場"
        assert [(block.text[r.start : r.end], r.reading) for r in block.readings] == [("普天間", "ふてんま")]

    def test_furigana_of_older_versions_is_a_field(self) -> None:
        code = r'EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(ふてんま),普天間)'
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{code}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        (block,) = self.read(f"<w:p>{field}{run('飛行場')}</w:p>").blocks
        assert (block.text, block.readings[0].reading) == ("普天間飛行場", "ふてんま")

    def test_the_character_in_a_circle_is_kept(self) -> None:
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            r"<w:r><w:instrText>eq \o\ac(○,印)</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        assert texts(self.read(f"<w:p>{run('代表者 ')}{field}</w:p>")) == ["代表者 印"]

    def test_insertions_are_kept_and_deletions_are_set_aside(self) -> None:
        body = (
            f"<w:p>{run('Talks ')}<w:ins>{run('on Futenma ')}</w:ins>"
            "<w:del><w:r><w:delText>on Kadena </w:delText></w:r></w:del>"
            f"{run('go on.')}</w:p>"
        )
        edition = self.read(body)
        assert texts(edition) == ["Talks on Futenma go on."]
        assert aside(edition) == [("deletion", "on Kadena")]

    def test_paragraphs_with_a_deleted_end_are_one(self) -> None:
        mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        assert texts(self.read(f"<w:p>{mark}{run('協議は')}</w:p><w:p>{run('続く。')}</w:p>")) == [
            "協議は続く。"
        ]

    def test_content_controls_tables_and_text_boxes_are_kept(self) -> None:
        control = f"<w:sdt><w:sdtContent><w:p>{run('A control')}</w:p></w:sdtContent></w:sdt>"
        cell = "<w:tc><w:p>{}</w:p></w:tc>"
        table = f"<w:tbl><w:tr>{cell.format(run('Futenma'))}{cell.format(run('普天間'))}</w:tr></w:tbl>"
        box = f"<w:r><w:pict><w:txbxContent><w:p>{run('In a box')}</w:p></w:txbxContent></w:pict></w:r>"
        edition = self.read(f"{control}{table}<w:p>{run('Text')}{box}</w:p>")
        assert [(block.text, block.kind, block.lang) for block in edition.blocks] == [
            ("A control", "paragraph", "en"),
            ("Futenma", "table-cell", "en"),
            ("普天間", "table-cell", "ja"),
            ("Text", "paragraph", "en"),
            ("In a box", "paragraph", "en"),
        ]

    def test_a_text_box_in_two_forms_is_read_once(self) -> None:
        box = f"<w:pict><w:txbxContent><w:p>{run('In a box')}</w:p></w:txbxContent></w:pict>"
        mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        both = (
            f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert texts(self.read(f"<w:p>{both}</w:p>")) == ["In a box"]

    def test_headings_lists_and_contents_are_recognized_by_their_styles(self) -> None:
        styles = (
            f"<w:styles {W}>"
            '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
            '<w:style w:styleId="2"><w:name w:val="My heading"/><w:basedOn w:val="1"/></w:style>'
            '<w:style w:styleId="3"><w:name w:val="toc 1"/></w:style></w:styles>'
        )
        style = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>{}</w:p>'
        item = f'<w:p><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>{run("An item")}</w:p>'
        body = style.format(3, run("Futenma 1")) + style.format(2, run("Futenma")) + item
        edition = self.read(body, styles=styles)
        assert [(b.text, b.kind, b.level) for b in edition.blocks] == [
            ("Futenma", "heading", 1),
            ("An item", "list-item", None),
        ]
        assert aside(edition) == [("repeated", "Futenma 1")]

    def test_notes_follow_and_comments_and_headers_are_set_aside(self) -> None:
        note = f'<w:footnote w:id="2"><w:p>{run("See page 3.")}</w:p></w:footnote>'
        notes = f"<w:footnotes {W}>{note}</w:footnotes>"
        comments = f"<w:comments {W}><w:comment><w:p>{run('Really?')}</w:p></w:comment></w:comments>"
        header = f"<w:hdr {W}><w:p>{run('Draft')}</w:p></w:hdr>"
        body = f'<w:p>{run("Talks go on.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        edition = self.read(body, footnotes=notes, comments=comments, header1=header)
        assert [(block.text, block.kind) for block in edition.blocks] == [
            ("Talks go on.", "paragraph"),
            ("See page 3.", "note"),
        ]
        assert aside(edition) == [("comment", "Really?"), ("page-header", "Draft")]

    def test_hidden_text_and_field_codes_are_set_aside(self) -> None:
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        edition = self.read(f"<w:p>{run('See page ')}{field}{hidden}</w:p>")
        assert texts(edition) == ["See page 12"]
        assert aside(edition) == [("field-code", "PAGEREF x"), ("hidden", "secret")]


class TestOpenDocument:
    def read(self, body: str, **parts: str) -> FileEdition:
        return read_content(odt(body, **parts), "naha.odt")

    def test_the_base_of_furigana_is_kept_and_the_reading_is_data(self) -> None:
        base, reading = "<text:ruby-base>普天間</text:ruby-base>", "<text:ruby-text>ふてんま</text:ruby-text>"
        ruby = f"<text:ruby>{base}{reading}</text:ruby>"
        (block,) = self.read(f"<text:p>米軍の{ruby}飛行場</text:p>").blocks
        assert block.text == "米軍の普天間飛行場"
        assert [(block.text[r.start : r.end], r.reading) for r in block.readings] == [("普天間", "ふてんま")]

    def test_headings_lists_tables_notes_and_changes_are_told_apart(self) -> None:
        body = (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>old words</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes>"
            '<text:h text:outline-level="2">Naha</text:h>'
            "<text:list><text:list-item><text:p>An item</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>那覇</text:p></table:table-cell>"
            "</table:table-row></table:table>"
            "<text:p>Talks<text:s/>go on.<text:note><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>See page 3.</text:p></text:note-body></text:note>"
            "<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
        )
        edition = self.read(body)
        assert [(block.text, block.kind, block.level) for block in edition.blocks] == [
            ("Naha", "heading", 2),
            ("An item", "list-item", None),
            ("那覇", "table-cell", None),
            ("Talks go on.", "paragraph", None),
            ("See page 3.", "note", None),
        ]
        assert aside(edition) == [("deletion", "old words"), ("comment", "Really?")]

    def test_a_file_with_a_password_is_rejected(self) -> None:
        manifest = (
            '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
        )
        with pytest.raises(UnreadableFile) as caught:
            self.read("<text:p>x</text:p>", **{"META-INF/manifest.xml": manifest})
        assert caught.value.problems[0].reason == "password"


PAGE = """<!DOCTYPE html><html lang="ja">
<head><title>那覇市</title><script>let a = "本文";</script></head><body>
<nav><a href="/">ホーム</a> <a href="/n">お知らせ</a> <a href="/s">サイトマップ</a></nav>
<main><h1>普天間飛行場について</h1>
<p>米軍の<ruby>普天間<rp>(</rp><rt>ふてんま</rt><rp>)</rp></ruby>飛行場に関する協議は、
きょうも那覇市で続いた。両政府は移設の時期について話し合った。</p>
<p lang="en">Talks on the air station Futenma went on in Naha. The governments discussed the date.</p>
<p style="display: none">見えない文。</p><p lang="zh">普天間機場的談判在那霸市繼續進行。</p>
<ul><li>一つ目の項目である。</li></ul></main>
<footer>Copyright 2010 那覇市 <a href="/p">プライバシーポリシー</a></footer></body></html>"""


class TestHtml:
    def read(self, page: str, encoding: str = "utf-8") -> FileEdition:
        return read_content(page.encode(encoding), "naha.html")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_the_main_text_is_kept_with_headings_and_languages(self, encoding: str) -> None:
        edition = self.read(PAGE, encoding)
        assert [(block.kind, block.lang, block.text[:8]) for block in edition.blocks] == [
            ("heading", "ja", "普天間飛行場につ"),
            ("paragraph", "ja", "米軍の普天間飛行"),
            ("paragraph", "en", "Talks on"),
            ("list-item", "ja", "一つ目の項目であ"),
        ]
        assert edition.title == "那覇市"

    def test_the_base_of_furigana_is_kept_and_the_reading_is_data(self) -> None:
        block = self.read(PAGE).blocks[1]
        assert [(block.text[r.start : r.end], r.reading) for r in block.readings] == [("普天間", "ふてんま")]
        assert "ふてんま" not in block.text
        assert "、きょう" in block.text, "a line end between Japanese characters is not a space"

    def test_navigation_hidden_text_and_other_languages_are_set_aside(self) -> None:
        kinds = dict(aside(self.read(PAGE)))
        assert kinds["hidden"] == "見えない文。"
        assert kinds["other-language"].startswith("普天間機場")
        assert "プライバシーポリシー" in kinds["furniture"]

    def test_each_part_of_a_word_has_its_own_reading(self) -> None:
        page = "<p><ruby>普<rt>ふ</rt>天<rt>てん</rt>間<rt>ま</rt></ruby>は那覇の隣にある。</p>"
        (block,) = self.read(f"<html><body>{page}</body></html>").blocks
        assert [r.reading for r in block.readings] == ["ふ", "てん", "ま"]
        assert block.text == "普天間は那覇の隣にある。"

    def test_a_page_without_text_is_an_error(self) -> None:
        with pytest.raises(UnreadableFile) as caught:
            self.read("<html><body><script>x()</script></body></html>")
        assert caught.value.problems[0].reason == "no-text"

    def test_deep_nesting_is_no_crash(self) -> None:
        assert texts(self.read("<html><body>" + "<div>" * 5000 + "Talks go on." + "</div>" * 5000)) == [
            "Talks go on."
        ]


def test_markdown_has_headings_lists_tables_and_lines() -> None:
    text = (
        "---\ntitle: x\n---\n# Naha\n\nTalks on\nFutenma *go* on.\n\n- an item\n\n"
        "| en | ja |\n|---|---|\n| Naha | 那覇 |\n\n<ruby>普天間<rt>ふてんま</rt></ruby>の協議。\n"
    )
    edition = read_content(text.encode(), "naha.md")
    assert [(block.kind, block.text, block.line) for block in edition.blocks] == [
        ("heading", "Naha", 4),
        ("paragraph", "Talks on Futenma go on.", 6),
        ("list-item", "an item", 9),
        ("table-cell", "en", 11),
        ("table-cell", "ja", 11),
        ("table-cell", "Naha", 13),
        ("table-cell", "那覇", 13),
        ("paragraph", "普天間の協議。", 15),
    ]
    assert edition.blocks[-1].readings[0].reading == "ふてんま"
    assert aside(edition) == [("metadata", "---\ntitle: x\n---")]


def test_subtitles_have_one_block_per_cue() -> None:
    text = "WEBVTT\n\nNOTE draft\n\n1\n00:01.000 --> 00:02.000\n<v Ono>Talks &amp; more\ngo on.\n\n"
    text += "00:03.000 --> 00:04.000\n終わり。\n"
    edition = read_content(text.encode(), "talk.vtt")
    assert [(block.text, block.line) for block in edition.blocks] == [
        ("Talks & more go on.", 7),
        ("終わり。", 11),
    ]
    assert ("metadata", "NOTE draft") in aside(edition)
    assert ("metadata", "Ono") in aside(edition)
    with pytest.raises(UnreadableFile) as caught:
        read_content(b"no cues here", "talk.srt")
    assert caught.value.problems[0].reason == "no-cue"


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "naha.docx", "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "naha.doc", "old-word"),
        (b"{\\rtf1 Talks go on.}", "naha.docx", "rtf"),
        (b"Talks go on.", "naha.docx", "not-a-document"),
        (b"", "naha.odt", "not-a-document"),
        (docx("<w:p/>")[:-40], "naha.docx", "not-an-archive"),
        (docx("<w:p/>"), "naha.docx", "no-text"),
        (docx(f"<w:p>{run(chr(0x2003))}</w:p>"), "naha.docx", "no-text"),
        (archive({"word/document.xml": "<a/>"}), "naha.docx", "no-text"),
        (archive({"word/document.xml": "<w:document"}), "naha.docx", "cut-off-in-tag"),
        (archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "naha.docx", "entities"),
        (archive({"word/document.xml": "<a>" + " " * 50_000_001 + "</a>"}), "naha.docx", "part-too-large"),
        (archive({"word/document.xml": "<a>" + " " * 20_000_000 + "</a>"}), "naha.docx", "compression-ratio"),
        (docx(f"<w:p>{run('Talks go on. ' * 400_000)}</w:p>" * 2), "naha.docx", "compression-ratio"),
    ],
)
def test_damaged_protected_and_unsafe_files_have_typed_errors(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_content(data, name)
    assert [problem.reason for problem in caught.value.problems] == [reason]
    assert caught.value.where == name


@pytest.mark.parametrize("name", ["terms.xlsx", "terms.csv", "memory.tmx"])
def test_files_of_other_kinds_are_rejected(name: str) -> None:
    data = archive({"xl/workbook.xml": "<a/>"}) if name.endswith(".xlsx") else b"en,ja\nTalks,x\n"
    with pytest.raises(UnknownFormat) as caught:
        read_content(data, name)
    assert ".docx" in caught.value.known


def test_the_content_decides_not_the_suffix() -> None:
    assert read_content(PAGE.encode(), "naha.txt").format == "html"
    assert read_content(docx(f"<w:p>{run('Talks go on.')}</w:p>"), "naha").format == "docx"


@pytest.mark.parametrize("name", ["naha.html", "naha.md", "naha.srt", "naha.vtt", "naha.docx", "naha.odt"])
def test_any_bytes_end_in_an_edition_or_a_typed_error(name: str) -> None:
    whole = {
        "naha.docx": docx(f"<w:p>{run('Talks go on.')}</w:p>"),
        "naha.odt": odt("<text:p>Talks</text:p>"),
    }
    data = whole.get(name, PAGE.encode())
    for cut in range(0, len(data), max(1, len(data) // 40)):
        with contextlib.suppress(AllianceRefError):
            assert read_content(data[:cut], name).file == name


def test_readers_leave_no_file_of_a_folder_open(tmp_path: Path) -> None:
    path = tmp_path / "naha.docx"
    path.write_bytes(docx(f"<w:p>{run('Talks go on.')}</w:p>"))
    from alliance_ref.exchange.documents.recognition import read_file

    assert read_file(path).file == "naha.docx"
