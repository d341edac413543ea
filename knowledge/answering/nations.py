"""Countries and what is said of each: Spain, Spanish."""

from __future__ import annotations

from knowledge.searching.lexical import stem

OF = {
    "american": "us",
    "argentine": "argentina",
    "australian": "australia",
    "austrian": "austria",
    "belgian": "belgium",
    "brazilian": "brazil",
    "british": "britain",
    "bulgarian": "bulgaria",
    "canadian": "canada",
    "chilean": "chile",
    "chinese": "china",
    "croatian": "croatia",
    "czech": "czechia",
    "danish": "denmark",
    "dutch": "netherlands",
    "egyptian": "egypt",
    "estonian": "estonia",
    "european": "europe",
    "finnish": "finland",
    "french": "france",
    "german": "germany",
    "greek": "greece",
    "hungarian": "hungary",
    "icelandic": "iceland",
    "indian": "india",
    "indonesian": "indonesia",
    "irish": "ireland",
    "israeli": "israel",
    "italian": "italy",
    "japanese": "japan",
    "kenyan": "kenya",
    "korean": "korea",
    "latvian": "latvia",
    "lithuanian": "lithuania",
    "malaysian": "malaysia",
    "mexican": "mexico",
    "norwegian": "norway",
    "polish": "poland",
    "portuguese": "portugal",
    "romanian": "romania",
    "russian": "russia",
    "saudi": "arabia",
    "scandinavian": "scandinavia",
    "scottish": "scotland",
    "singaporean": "singapore",
    "slovak": "slovakia",
    "slovenian": "slovenia",
    "spanish": "spain",
    "swedish": "sweden",
    "swiss": "switzerland",
    "taiwanese": "taiwan",
    "thai": "thailand",
    "turkish": "turkey",
    "ukrainian": "ukraine",
    "vietnamese": "vietnam",
    "welsh": "wales",
}
# As written at the beginning of a sentence or within one: no name of a person.
ADJECTIVES = frozenset(word.capitalize() for word in OF) | {"Nordic", "Baltic", "Asian", "African"}


def pairs() -> list[tuple[str, str]]:
    """The stems of each two that may stand for each other."""
    return [(stem(adjective), stem(country)) for adjective, country in OF.items()]
