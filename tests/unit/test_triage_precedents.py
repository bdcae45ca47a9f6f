"""Precedents: what labelled cases have to say of a text, and when it counts beside the rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.triage.domain.reading import Found, Proposal, read
from services.triage.domain.reading import opinions as opinions_module
from services.triage.domain.reading import precedents as precedents_module
from services.triage.domain.reading.exclusions import proposals_of
from services.triage.domain.reading.opinions import settled, severity_of
from services.triage.domain.reading.precedents import CLAUSES, Learned, Precedents, features_of, written
from services.triage.domain.reading.read import by_rules
from tests.support.heldout import told
from tests.support.precedents import LEARNED, fingerprint, learned_from

ZERO = [0.0] * len(CLAUSES)
TEXT = "All the calls were cut off by the carrier"


def clauses(**weights: float) -> list[float]:
    return [weights.get(key, 0.0) for key in CLAUSES]


def precedents(**learned: Learned) -> Precedents:
    """With these features, `_` for the blank between two words, and a bias of nothing."""
    given = {name.replace("_", " "): weight for name, weight in learned.items()}
    return precedents_module.read(written({"*": Learned(1.0, [0.01, 0, 0], ZERO), **given}))


def fact(name: str, value: str) -> Found:
    return Found(fact=name, value=value, words="calls", start=8, end=13)


def values(facts: Sequence[Found]) -> dict[str, str]:
    return {found.fact: found.value for found in facts}


@pytest.fixture(autouse=True)
def of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions_module, "ENOUGH", 1)


def test_features_are_words_and_pairs_by_stem_each_once() -> None:
    assert list(features_of("Delivery, delivered: CALLS calls")) == [
        "delive",
        "calls",
        "delive delive",
        "delive calls",
        "calls calls",
    ]


def test_an_opinion_is_a_sum_by_rarity_over_the_length_of_the_text() -> None:
    known = precedents(
        calls=Learned(3.0, [0.5, 0.2, -0.1], clauses(f=0.4, none=-0.2)),
        cut_off=Learned(4.0, [0.1, 0.0, 0.0], clauses(a=0.5)),
        other=Learned(5.0, [9.0, 9.0, 9.0], clauses(b=9.0)),
    )

    found = known.opinion(TEXT)

    assert found.known == 2
    assert found.severities == pytest.approx({"outage": 0.39, "degraded": 0.12, "minor": -0.06})
    assert found.clauses["f"] == pytest.approx((3 * 0.4 + 3 * 0.2) / 5)
    assert found.clauses["a"] == pytest.approx((4 * 0.5 + 3 * 0.2) / 5)
    assert found.clauses["b"] == pytest.approx(3 * 0.2 / 5)


def test_a_text_of_unknown_words_has_the_opinion_of_no_text() -> None:
    known = precedents(other=Learned(5.0, [9.0, 9.0, 9.0], ZERO))

    assert known.opinion(TEXT) == known.opinion("")
    assert known.opinion("").known == 0


def test_what_speaks_most_is_shown_from_its_first_word_to_its_last() -> None:
    known = precedents(
        all=Learned(1.0, [-1.0, 0, 0], ZERO),
        calls=Learned(1.0, [1.0, 0, 0], clauses(f=1.0)),
        cut_off=Learned(1.0, [1.0, 0, 0], ZERO),
        the=Learned(1.0, [0, 1.0, 0], clauses(none=1.0)),
        carrie=Learned(1.0, [0, 0, 0], clauses(f=1.0)),
    )

    start, end, words = known.shown_severity(TEXT, "outage", "degraded")
    assert (TEXT[start:end], words) == ("calls were cut", 2)
    start, end, words = known.shown(TEXT, "f")
    assert (TEXT[start:end], words) == ("calls were cut off by the carrier", 2)


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({}, "minor"),
        ({"impact": "none"}, "minor"),
        ({"impact": "outage"}, "outage"),
        ({"impact": "outage", "workaround": "available"}, "degraded"),
        ({"impact": "outage", "category": "billing"}, "minor"),
        ({"impact": "outage", "category": "incident"}, "outage"),
        ({"impact": "degraded", "ongoing": "no"}, "minor"),
        ({"impact": "intermittent", "ongoing": "no"}, "degraded"),
        ({"impact": "degraded"}, "degraded"),
    ],
)
def test_facts_say_how_bad_it_is_in_production(facts: dict[str, str], severity: str) -> None:
    assert severity_of([fact(name, value) for name, value in facts.items()]) == severity


@pytest.mark.parametrize(
    ("before", "weights", "after"),
    [
        ({"impact": "degraded"}, [0.15, 0, 0], {"impact": "outage"}),
        ({"impact": "degraded"}, [0.05, 0, 0], {"impact": "degraded"}),
        ({"impact": "degraded"}, [0, 0, 0.35], {"impact": "none"}),
        ({"impact": "degraded"}, [0, 0, 0.25], {"impact": "degraded"}),
        ({"impact": "outage"}, [0, 0.45, 0], {"impact": "outage"}),
        ({"impact": "outage"}, [0, 0.55, 0], {"impact": "degraded"}),
        ({"category": "question"}, [0, 0.35, 0], {"impact": "degraded"}),
        ({"impact": "degraded", "ongoing": "no"}, [0, 0.35, 0], {"impact": "degraded"}),
        ({"impact": "outage", "workaround": "available"}, [0.55, 0, 0], {"impact": "outage"}),
        (
            {"impact": "outage", "workaround": "available"},
            [0.45, 0, 0],
            {"impact": "outage", "workaround": "available"},
        ),
        (
            {"environment": "production", "impact": "degraded", "ongoing": "yes", "category": "incident"},
            [0.3, 0, 0],
            {"environment": "production", "impact": "outage", "ongoing": "yes", "category": "incident"},
        ),
    ],
)
def test_precedents_count_where_they_are_clearer_than_the_rules(
    before: dict[str, str], weights: list[float], after: dict[str, str]
) -> None:
    known = precedents(calls=Learned(1.0, weights, ZERO))

    facts, _ = settled(TEXT, [fact(name, value) for name, value in before.items()], [], known)

    assert values(facts) == after
    if before.get("impact") != after["impact"]:
        (impact,) = (found for found in facts if found.fact == "impact")
        assert (impact.words, impact.start, impact.end) == ("calls", 8, 13)


@pytest.mark.parametrize(
    ("impact", "weight", "wishes", "after"),
    [
        ("degraded", -0.1, True, "none"),
        ("degraded", -0.3, True, "degraded"),
        ("degraded", -0.1, False, "degraded"),
    ],
)
def test_where_a_text_ends_with_a_wish_precedents_make_it_minor_sooner(
    impact: str, weight: float, wishes: bool, after: str
) -> None:
    known = precedents(calls=Learned(1.0, [-1.0, 0, weight], ZERO))

    facts, _ = settled(TEXT, [fact("impact", impact)], [], known, wishes=wishes)

    assert values(facts) == {"impact": after}


def test_a_text_that_names_no_environment_may_imply_production_by_precedent() -> None:
    def environments(production: float, *facts: Found) -> list[Found]:
        known = precedents(
            calls=Learned(1.0, [0, 0, 0], ZERO, production * 2**0.5 / 2),
            cut=Learned(1.0, [0, 0, 0], ZERO, production * 2**0.5 / 2),
        )
        return [found for found in settled(TEXT, facts, [], known)[0] if found.fact == "environment"]

    (implied,) = environments(0.4)

    assert (implied.value, implied.words, implied.start, implied.end) == ("production", "calls were cut", 8, 22)
    assert implied.implied
    assert environments(0.3) == []
    assert environments(0.4, fact("environment", "staging")) == [fact("environment", "staging")]


def test_production_is_implied_neither_by_one_word_nor_where_nobody_uses_it() -> None:
    one = precedents(calls=Learned(1.0, [0, 0, 0], ZERO, 0.9))
    many = precedents(calls=Learned(1.0, [0, 0, 0], ZERO, 0.9), cut=Learned(1.0, [0, 0, 0], ZERO, 0.9))

    assert settled(TEXT, [], [], one)[0] == []
    assert settled(TEXT, [], [], many, unused=True)[0] == []
    assert by_rules("Our customers do not use it, and every call fails.").unused
    assert not by_rules("Our users get no call.").unused


def test_a_wish_does_not_make_minor_what_is_likelier_an_outage() -> None:
    known = precedents(calls=Learned(1.0, [0.5, 0.1, 0.35], ZERO))

    facts, _ = settled(TEXT, [fact("impact", "degraded")], [], known, wishes=True)

    assert values(facts) == {"impact": "outage"}


def test_a_clause_is_proposed_by_precedent_on_more_than_one_word() -> None:
    many = precedents(
        calls=Learned(1.0, [0, 0, 0], clauses(f=0.2, none=-0.1)),
        carrie=Learned(1.0, [0, 0, 0], clauses(f=0.2, none=-0.1)),
        none=Learned(1.0, [0, 0, 0], clauses(none=9)),
    )
    one = precedents(carrie=Learned(1.0, [0, 0, 0], clauses(f=0.9)))

    assert settled(TEXT, [], [], many)[1] == [
        Proposal(clause="f", words=("calls were cut off by the carrier",)),
    ]
    assert settled(TEXT, [], [], one)[1] == []


def test_what_the_rules_propose_falls_where_precedents_are_clearly_against_it() -> None:
    proposed = [Proposal(clause="a", words=("our router",))]

    def kept(weight: float) -> list[Proposal]:
        return settled(TEXT, [], proposed, precedents(calls=Learned(1.0, [0, 0, 0], clauses(none=weight))))[1]

    assert kept(0.7) == proposed
    assert kept(0.9) == []


def test_of_two_clauses_the_one_that_more_speaks_for_comes_first() -> None:
    proposed = [Proposal(clause="b", words=("b",)), Proposal(clause="a", words=("a",))]

    def order(weight: float) -> list[str]:
        known = precedents(calls=Learned(1.0, [0, 0, 0], clauses(a=weight)))
        return [proposal.clause for proposal in settled(TEXT, [], proposed, known)[1]]

    assert order(0.6) == ["b", "a"]
    assert order(0.8) == ["a", "b"]


def test_of_a_short_text_the_rules_alone_say_how_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions_module, "ENOUGH", 2)
    known = precedents(calls=Learned(1.0, [0.9, 0, 0], clauses(none=9)))
    facts, proposals = [fact("impact", "degraded")], [Proposal(clause="a", words=("our router",))]

    assert settled(TEXT, facts, proposals, known) == (facts, proposals)


def test_weights_are_learned_from_what_the_labels_have_in_common() -> None:
    shape = {"environment": "production", "title": "Texts", "excluded": None}
    cases = [
        {**shape, "summary": f"{words} {place}", "label": label, "excluded": excluded}
        for place in range(4)
        for words, label, excluded in (
            ("nobody can", "P1", None),
            ("some are late", "P2", None),
            ("our router", "P3", "a"),
        )
    ]

    known = precedents_module.read(written(learned_from(cases)))

    def most(words: str) -> str:
        found = known.opinion(f"Texts\n{words}").severities
        return max(found, key=found.__getitem__)

    assert [most(words) for words in ("nobody can", "some are late", "our router")] == ["outage", "degraded", "minor"]
    own, others = known.opinion("Texts\nour router").clauses, known.opinion("Texts\nnobody can").clauses
    assert max(own, key=own.__getitem__) == "a"
    assert own["a"] > 0 > others["a"]


def test_the_weights_that_ship_were_learned_from_the_labelled_cases_that_are_there() -> None:
    assert LEARNED.read_text().strip() == fingerprint(), "learn them anew: python -m tests.support.precedents"


def test_what_only_precedents_tell_rests_on_words_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    found = 0
    for case in told():
        text = f"{case['title']}\n{case['summary']}"
        known = {proposal.clause for proposal in proposals_of(by_rules(text).case, None)}
        for proposal in read(text).exclusions:
            assert all(words and words in text for words in proposal.words)
            found += proposal.clause not in known

    assert found > 100
