"""The kept inputs of the fuzzer raise typed errors only; the fuzzer itself finds errors that are not."""

import signal
from pathlib import Path

import pytest

import alliance_ref as ar
import fuzzing

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer for calls")


@pytest.mark.parametrize("name", list(fuzzing.targets()))
def test_kept_inputs_end_in_a_result_or_a_typed_error(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    target = fuzzing.targets()[name]
    inputs = [*fuzzing.first_seeds()[name], *fuzzing.seeds(name)]
    assert inputs or name == "units-parquet"
    for data in inputs:
        fuzzing.outcome(target, data)


def test_every_file_of_the_corpus_belongs_to_a_target() -> None:
    assert {path.stem for path in fuzzing.CORPUS.glob("*.txt")} <= set(fuzzing.targets())


@pytest.mark.parametrize(("seconds", "slow"), [(20.0, False), (0.3, True)])
def test_the_fuzzer_reports_and_keeps_what_fails(
    seconds: float,
    slow: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(data: bytes) -> bool:
        while slow:
            pass
        return {1: True}[len(data)]

    monkeypatch.setattr(fuzzing, "SECONDS", seconds)
    monkeypatch.setattr(fuzzing, "targets", lambda: {"fold": broken})
    assert fuzzing.run(0.01, ["fold"], 1, tmp_path) >= 1
    assert ("TooSlow" if slow else "KeyError") in capsys.readouterr().out
    assert fuzzing.seeds("fold", tmp_path)


def test_the_mutator_repeats_a_run_with_the_same_seed() -> None:
    def inputs(seed: int) -> list[bytes]:
        mutator = fuzzing.Mutator(seed)
        return [mutator.mutate(data, [data], archive=False) for data in fuzzing.text_seeds() * 3]

    assert inputs(1) == inputs(1) != inputs(2)


def test_typed_errors_are_outcomes() -> None:
    assert fuzzing.outcome(lambda _: ar.lookup(""), b"") == "InvalidValue:empty-query"
