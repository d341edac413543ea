"""The list of sources: what is in it, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import BadDocument
from knowledge.sources import BUILT_IN, UNVERIFIED, read_sources, sources_of

ENTRY = "[[source]]\nname='A'\nurl='https://a'\nkind='rss'\ntopic='t'\nlicence='l'\n"


def test_the_built_in_list_is_whole() -> None:
    sources = read_sources()
    assert len([one for one in sources if one.enabled]) >= 30
    assert {one.kind for one in sources} >= {"rss", "atom", "sitemap", "html", "sec"}
    assert all(one.url.startswith("https://") and one.publisher and len(one.licence) > 20 for one in sources)
    assert all(one.checked == UNVERIFIED or date.fromisoformat(one.checked) for one in sources)


def test_sites_that_forbid_automated_reading_are_off() -> None:
    off = {one.name: one.note for one in read_sources() if not one.enabled}
    assert {"Nvidia newsroom", "Nvidia blog", "AWS what's new"} <= off.keys()
    assert all("permission" in note for note in off.values())


def test_a_list_of_one_s_own_adds_and_replaces(tmp_path: Path) -> None:
    assert sources_of(tmp_path) == read_sources()
    url = "https://nvidianews.nvidia.com/releases.xml"
    (tmp_path / "sources.toml").write_text(
        ENTRY + f"[[source]]\nname='Newsroom'\nurl='{url}'\nkind='rss'\ntopic='hardware'\nlicence='by letter'"
    )
    found = {one.name: one for one in sources_of(tmp_path)}
    assert {"A", "Newsroom"} <= found.keys()
    assert "Nvidia newsroom" not in found
    assert found["Newsroom"].enabled
    assert len(found) == len(read_sources()) + 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[source]]\nname = 'A'", r"source 1 \('A'\): url is missing"),
        ("[[source]]\nname='A'\nurl='https://a'\nkind='fax'\ntopic='t'\nlicence='l'", "kind must be one of rss"),
        ("[[source]]\nname='A'\nurl='ftp://a'\nkind='rss'\ntopic='t'\nlicence='l'", "url must begin with https"),
        ("[[source]]\nname='A'\nurl='https://a'\nkind='rss'\ntopic='t'\nlicence='l'\nmatch='('", "not a valid pattern"),
        ("[[source]]\nname='A'\nurl='https://a'\nkind='rss'\ntopic='t'\nlicence='l'\nspeed=1", "'speed' is not known"),
        (ENTRY + "enabled='no'", "enabled must be of the type bool"),
        (ENTRY + "enabled=false", "needs a note that says why"),
        (ENTRY + "checked='last week'", "checked must be a day such as"),
        (ENTRY + "most=true", "most must be of the type int"),
        ("[[source", "not valid TOML"),
    ],
)
def test_a_list_that_cannot_be_used_says_which_entry_and_why(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(BadDocument, match=why):
        read_sources(tmp_path / "sources.toml")


def test_a_source_listed_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(BUILT_IN.read_text() * 2)
    with pytest.raises(BadDocument, match="two sources have the name"):
        read_sources(tmp_path / "sources.toml")
