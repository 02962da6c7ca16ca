"""The bar that long work shows on a terminal."""

import io
import re
import sys

import pytest

from alliance_ref.cli import io as streams


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    pytest.importorskip("tqdm", reason="tqdm is not installed: pip install 'alliance-ref[cli]' brings it")
    monkeypatch.setattr(streams, "_DELAY", 0)
    monkeypatch.setattr(streams, "_INTERVAL", 0)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


def test_a_bar_has_a_rate_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with streams.progress_bar("building", "units") as progress:
        assert progress is not None
        progress(1, 200)
        progress(100, 200)
    found = re.search(r"building  50% \|.*\| *[0-9.]+k? units/s ([0-9:]+)", terminal.getvalue())
    assert found, terminal.getvalue()
    assert found[1] == "00:00"


def test_while_the_total_is_unknown_the_bar_tells_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with streams.progress_bar("building", "units") as progress:
        assert progress is not None
        progress(1, 0)
        progress(100, 0)
        unknown = terminal.getvalue()
        progress(200, 200)
    assert "building 100 " in unknown
    assert "%" not in unknown
    assert "building 100% |" in terminal.getvalue()


def test_a_bar_without_a_unit_has_no_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with streams.progress_bar("aligning") as progress:
        assert progress is not None
        progress(1, 4)
        progress(2, 4)
    assert "aligning  50% |" in terminal.getvalue()
    assert "/s" not in terminal.getvalue().split("50%")[1]


def test_there_is_no_bar_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    with streams.progress_bar("building", "units") as progress:
        assert progress is None
    assert quiet.getvalue() == ""


def test_there_is_no_bar_without_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with streams.progress_bar("building") as progress:
        assert progress is None
