"""Who may see what, as access.toml says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import Access, load_access, parse_access
from tools.errors import BadInput
from tools.ledger.audience import EVERYTHING, NOTHING, Audience

EXAMPLE = """
everyone = "nothing"
admins = ["U_CFO"]
[people]
U_ANN = ["orion"]
U_BOB = ["Orion", "support"]
[channels]
C_ORION = ["orion"]
C_BOARD = "all"
"""
TEAMS = ("orion", "support", "search", "ads")
ORION = Audience.of("orion")


def rules(text: str = EXAMPLE) -> Access:
    return parse_access(text, "access.toml")


def test_without_a_file_everyone_sees_everything(tmp_path: Path) -> None:
    access = load_access(tmp_path)
    assert access.audience("U_ANYBODY", "C_ANY") == EVERYTHING


def test_a_person_sees_their_teams_in_a_direct_message() -> None:
    assert rules().audience("U_ANN", None) == ORION
    assert rules().audience("U_BOB", None) == Audience.of("orion", "support")


def test_a_stranger_sees_what_everyone_sees() -> None:
    assert rules().audience("U_NEW", None) == NOTHING
    assert parse_access('everyone = "totals"', "f").audience("U_NEW", None) == Audience.of(totals=True)
    assert parse_access('everyone = ["orion"]', "f").audience("U_NEW", None) == ORION


def test_a_persons_teams_come_beside_what_everyone_sees() -> None:
    access = parse_access('everyone = "totals"\n[people]\nU_ANN = ["orion"]', "f")
    assert access.audience("U_ANN", None) == Audience.of("orion", totals=True)


def test_an_admin_sees_all_in_a_direct_message_and_only_the_channels_share_in_a_channel() -> None:
    assert rules().audience("U_CFO", None) == EVERYTHING
    assert rules().audience("U_CFO", "C_ORION") == ORION
    assert rules().audience("U_CFO", "C_UNLISTED") == NOTHING


def test_a_channel_with_all_lifts_the_limit_to_the_askers_own() -> None:
    assert rules().audience("U_CFO", "C_BOARD") == EVERYTHING
    assert rules().audience("U_ANN", "C_BOARD") == ORION


def test_the_operator_sees_all_except_in_a_channel() -> None:
    assert rules().audience(None, None) == EVERYTHING
    assert rules().audience(None, "C_ORION") == ORION
    assert rules().audience(None, "C_UNLISTED") == NOTHING


def test_ids_are_compared_without_regard_to_case() -> None:
    assert rules().audience("u_ann", "c_orion") == ORION
    assert parse_access('everyone = "all"\n[channels]\nc_orion = ["orion"]', "f").audience("U_X", "C_ORION") == ORION


def test_a_file_that_does_not_say_what_everyone_sees_shows_them_nothing() -> None:
    assert parse_access('admins = ["U_CFO"]', "f").audience("U_ANN", None) == NOTHING


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('everyone = "nothing\n', "access.toml, line 1: The file is not TOML"),
        ('everyone = "all"\n[people\nU = []\n', "access.toml, line 2: The file is not TOML"),
        ('admins = ["U_CFO"]\neveryone = "some"', 'access.toml, line 2: everyone = "some" is none of'),
        ("everyone = true", "access.toml, line 1: everyone must be a list of teams"),
        ("everyone = [1]", "access.toml, line 1: everyone must be a list of teams"),
        ('\nadmins = "U_CFO"', "access.toml, line 2: admins must be a list of Slack user ids"),
        ('admins = [""]', "access.toml, line 1: admins must be a list of Slack user ids"),
        ('everyone = "all"\nadmin = ["U"]', "access.toml, line 2: 'admin' is not a setting"),
        ('[people]\nU_ANN = "orion"', "access.toml, line 2: U_ANN must be a list of teams"),
        ('[channels]\nC_ORION = "al"', 'access.toml, line 2: C_ORION = "al" is none of'),
        ("[channels]\nC_ORION = { teams = [] }", "access.toml, line 2: C_ORION must be a list of teams"),
        ('channels = ["C_ORION"]', "access.toml, line 1: channels must be a section"),
        ("[channels]\nC_A = []\nc_a = []", "c_a is listed twice under [channels]"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "access.toml"
    file.write_text(text)
    with pytest.raises(BadInput) as caught:
        load_access(tmp_path)
    assert sentence in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_file_that_cannot_be_read_is_an_error_and_not_open_access(tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("dangling", "binary", "folder")]
    for home in homes:
        home.mkdir()
    (homes[0] / "access.toml").symlink_to(tmp_path / "nowhere")
    (homes[1] / "access.toml").write_bytes(b"everyone = \xff\xfe")
    (homes[2] / "access.toml").mkdir()
    for home in homes:
        with pytest.raises(BadInput, match=f"{home.name}/access.toml"):
            load_access(home)


audiences = st.one_of(
    st.just(EVERYTHING),
    st.builds(lambda teams, totals: Audience.of(*teams, totals=totals), st.sets(st.sampled_from(TEAMS)), st.booleans()),
)
accesses = st.builds(
    Access,
    everyone=audiences,
    admins=st.frozensets(st.sampled_from(["U1", "U2", "U3"])),
    people=st.dictionaries(st.sampled_from(["U1", "U2", "U3"]), audiences),
    channels=st.dictionaries(st.sampled_from(["C1", "C2"]), audiences),
)
askers = st.sampled_from([None, "U1", "U2", "U3", "U4"])
channels = st.sampled_from(["C1", "C2", "C3"])


def seen(audience: Audience) -> set[str]:
    return {team for team in TEAMS if audience.may_see(team)} | ({"(totals)"} if audience.totals else set())


@given(accesses, askers, channels)
def test_a_channel_never_shows_more_than_the_asker_may_see(access: Access, asker: str | None, channel: str) -> None:
    assert seen(access.audience(asker, channel)) <= seen(access.audience(asker, None))


@given(accesses, askers, channels)
def test_nobody_gets_more_than_the_channel_may_show(access: Access, asker: str | None, channel: str) -> None:
    limit = access.channels.get(channel, access.everyone)
    assert seen(access.audience(asker, channel)) <= seen(limit)
    assert access.audience(asker, channel).sees_all <= limit.sees_all


@given(accesses, askers)
def test_being_listed_never_takes_away_what_everyone_sees(access: Access, asker: str | None) -> None:
    assert seen(access.everyone) <= seen(access.audience(asker, None))


PLACES = """
everyone = "nothing"
[people]
U_ANN = ["ads"]
[groups]
S_GROUP = ["orion"]
[members]
c_search = ["search", "support"]
[channels]
C_ORION = ["orion"]
"""


def test_what_a_group_or_channel_gives_comes_beside_what_is_theirs() -> None:
    access = rules(PLACES)
    assert access.audience("U_ANN", None, {"S_GROUP"}) == Audience.of("ads", "orion")
    assert access.audience("U_ANN", None, {"S_GROUP", "C_SEARCH"}) == Audience.of("ads", "orion", "search", "support")
    assert access.audience("U_NEW", None, {"C_SEARCH"}) == Audience.of("search", "support")


def test_without_slack_groups_give_nothing() -> None:
    assert rules(PLACES).audience("U_ANN", None) == Audience.of("ads")
    assert rules(PLACES).audience("U_ANN", None, {"S_OTHER"}) == Audience.of("ads")


def test_a_channel_limits_what_a_group_gives_too() -> None:
    assert rules(PLACES).audience("U_NEW", "C_ORION", {"S_GROUP", "C_SEARCH"}) == ORION
    assert rules(PLACES).audience("U_NEW", "C_OTHER", {"S_GROUP", "C_SEARCH"}) == NOTHING


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[groups]\nS_A = "orion"', "access.toml, line 2: S_A must be a list of teams"),
        ('members = ["C_A"]', "access.toml, line 1: members must be a section"),
        ("[groups]\nS_A = []\ns_a = []", "s_a is listed twice under [groups]"),
    ],
)
def test_broken_groups_are_named_with_their_line(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        rules(text)
    assert sentence in str(caught.value)
