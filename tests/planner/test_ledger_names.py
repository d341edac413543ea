"""Names of the ledger in a question: which are meant, which are left out, and which are only ordinary words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.names.name_forms import aliases

few = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLAIN = ("core", "growth", "data", "search")


def meant(names: LedgerNames, text: str) -> list[str]:
    return [v.value for v in names.mentions(text) if not v.excluded]


def left_out(names: LedgerNames, text: str) -> list[str]:
    return [v.value for v in names.mentions(text) if v.excluded]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("What did growth spend in April?", ["growth"]),
        ("search's bill", ["search"]),
        ("core", ["core"]),
        ("spend of core, data and growth", ["core", "data", "growth"]),
        ("ML INFRA costs and the R&D budget", ["ML-Infra", "R&D"]),
        ("platform-eng bill", ["platform eng"]),
        ("What did Q3 launch spend?", ["q3-launch"]),
        ("did the may team pay more", ["may"]),
        ("spend on ec2 and big query", ["Amazon EC2", "BigQuery"]),
        ("azure openai bill", ["Azure OpenAI Service"]),
        ("aws bedrock", ["AWS", "Amazon Bedrock"]),
        ("what did project falcon cost in env prod", ["falcon", "prod"]),
    ],
)
def test_names_are_found_as_people_write_them(names: LedgerNames, text: str, values: list[str]) -> None:
    assert meant(names, text) == values


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the growth of spend last week", "growth"),
        ("search for news on chips", "search"),
        ("our data through April", "data"),
        ("what did a data center cost", "data"),
        ("May spend", "may"),
    ],
)
def test_an_ordinary_word_is_a_team_only_where_a_team_stands(names: LedgerNames, text: str, word: str) -> None:
    assert names.mentions(text) == []
    assert names.doubtful(text) == [word]


@pytest.mark.parametrize("text", ["dataset", "core2", "core-1", "core@example.com", "precore", "org-main2", "research"])
def test_a_part_of_a_word_is_no_name(names: LedgerNames, text: str) -> None:
    assert names.mentions(f"spend of {text}") == []


@pytest.mark.parametrize(
    "word", ["excluding", "except", "except for", "without", "other than", "apart from", "not counting", "besides"]
)
def test_a_name_to_be_left_out_is_marked(names: LedgerNames, word: str) -> None:
    text = f"AI spend {word} OpenAI, by team"
    assert (meant(names, text), left_out(names, text)) == ([], ["OpenAI"])


@pytest.mark.parametrize(
    ("text", "wanted", "out"),
    [
        ("spend without core, data and growth", [], ["core", "data", "growth"]),
        ("spend excluding openai or anthropic & the microsoft bill", [], ["OpenAI", "Anthropic", "Microsoft"]),
        ("excluding openai and anthropic, what did core spend", ["core"], ["OpenAI", "Anthropic"]),
        ("What did core spend without AWS in April?", ["core"], ["AWS"]),
        ("spend of core and growth, excluding the team search", ["core", "growth"], ["search"]),
    ],
)
def test_an_exclusion_goes_on_along_its_list_and_no_further(
    names: LedgerNames, text: str, wanted: list[str], out: list[str]
) -> None:
    assert (meant(names, text), left_out(names, text)) == (wanted, out)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("AI spend except for the growth team and search", ["growth", "search"]),
        ("AI spend excluding the core team, the data team and the growth team", ["core", "data", "growth"]),
        ("AI spend without anthropic models and openai", ["Anthropic", "OpenAI"]),
        ("everyone except core's and growth's teams", ["core", "growth"]),
    ],
)
def test_an_exclusion_goes_on_past_what_a_name_is_called(names: LedgerNames, text: str, out: list[str]) -> None:
    assert (meant(names, text), left_out(names, text)) == ([], out)


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=4, unique=True))
@few
def test_every_team_of_a_list_is_excluded_or_none(names: LedgerNames, teams: list[str]) -> None:
    said = ", ".join(teams[:-1]) + (" and " if len(teams) > 1 else "") + teams[-1]
    assert left_out(names, f"AI spend excluding {said}") == teams
    assert meant(names, f"AI spend of {said}") == teams


@given(st.lists(st.sampled_from(["core", "OpenAI", "ec2", "ml infra", "spend", "of", "in", "may"]), max_size=8))
@few
def test_a_mention_is_where_it_says_and_none_overlaps_another(names: LedgerNames, words: list[str]) -> None:
    text = " ".join(words)
    found = names.mentions(text)
    assert all(text[v.start : v.end].lower() in aliases(v.dimension, v.value) for v in found)
    assert all(one.end <= after.start for one, after in pairwise(found))


def test_what_is_masked_is_not_read_again(names: LedgerNames) -> None:
    text = "core spend on OpenAI"
    assert [v.value for v in names.mentions(text, [(0, 4)])] == ["OpenAI"]


def test_names_of_several_words_or_said_to_be_a_teams_are_read_before_periods(names: LedgerNames) -> None:
    text = "q3-launch against team may and core in May on OpenAI"
    assert [text[a:b] for a, b in names.distinctive(text)] == ["q3-launch", "may"]


def test_one_name_that_stands_for_two_services_means_both() -> None:
    both = LedgerNames({"service": ["Amazon EC2", "Amazon Elastic Compute Cloud"]})
    assert meant(both, "spend on ec2") == ["Amazon EC2", "Amazon Elastic Compute Cloud"]


def test_a_name_that_is_a_team_and_a_provider_is_the_team() -> None:
    found = LedgerNames({"provider": ["Orion"], "team": ["orion"]}).mentions("What did orion spend?")
    assert [(v.dimension, v.value) for v in found] == [("team", "orion")]


def test_an_empty_ledger_knows_no_name() -> None:
    empty = LedgerNames()
    assert (empty.mentions("core spend"), empty.distinctive("core"), empty.words) == ([], [], frozenset())


def test_the_words_of_names_are_what_a_slip_may_have_meant(names: LedgerNames) -> None:
    assert {"core", "platform", "anthropic", "falcon", "bedrock"} <= names.words
    assert all(word.isalpha() for word in names.words)


def test_a_name_in_a_list_of_teams_is_a_team_though_it_is_a_word_of_questions(english: frozenset[str]) -> None:
    names = LedgerNames({"team": ("search", "r2", "batch")}, {}, english)
    assert [v.value for v in names.mentions("search, r2 and batch in August")] == ["search", "r2", "batch"]
    assert [v.value for v in names.mentions("what would gpt-4o cost on the batch api")] == []


def test_accents_stages_and_numbers_of_tags_are_written_in_several_ways(english: frozenset[str]) -> None:
    names = LedgerNames({"team": ("Zürich Labs",)}, {"env": ("production",), "cost-center": ("4713",)}, english)
    for said in ("zurich labs", "Zuerich Labs", "Zürich labs"):
        assert [v.value for v in names.mentions(f"what did {said} spend")] == ["Zürich Labs"]
    assert [v.value for v in names.mentions("prod spend in May")] == ["production"]
    assert [v.value for v in names.mentions("cost centre 4713 in May")] == ["4713"]
    assert names.mentions("4713 requests in May") == []


def test_everything_but_a_name_leaves_it_out(english: frozenset[str]) -> None:
    names = LedgerNames({"provider": ("AWS",), "team": ("core",)}, {}, english)
    for said in ("everything but AWS", "all providers but AWS", "spend net of AWS", "all except AWS"):
        assert [(v.value, v.excluded) for v in names.mentions(f"{said} in May")] == [("AWS", True)]


def test_a_model_of_the_ledger_is_known_by_what_tells_it_apart(english: frozenset[str]) -> None:
    names = LedgerNames({}, {}, english, models=("deepseek-r1", "mixtral-8x7b", "command-r-plus", "gpt-4o-mini"))
    found = [v.value for v in names.billed_models("r1, mixtral, large, command and r2 in May", [], [])]
    assert found == ["r1", "mixtral"]


@pytest.mark.parametrize("text", ["are core over budget?", "is core tracking above plan", "how's core heading"])
def test_a_team_is_told_by_what_it_does_with_its_budget(names: LedgerNames, text: str) -> None:
    assert meant(names, text) == ["core"]
