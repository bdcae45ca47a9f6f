"""The forms of regular words, so that a lexicon names a verb once: `envi/ar`, `livr/er`, `klapp/en`, `receiv/e`.

What stands after the stroke is the ending of the infinitive; in English nothing, `e`, `y`, or a consonant that is
doubled ("drop/p"). Persons and tenses are those in which failures are told.
"""

from __future__ import annotations

_ENDINGS: dict[tuple[str, str], str] = {
    ("en", ""): " s es ed ing",
    ("en", "e"): "e es ed ing",
    ("en", "y"): "y ies ied ying",
    ("es", "ar"): "ar o a an amos aba aban ó aron ado ada ados adas ando ará arán e en ara aran",
    ("es", "er"): "er e en emos ía ían ió ieron ido ida idos idas iendo erá erán a an iera ieran",
    ("es", "ir"): "ir e en imos ía ían ió ieron ido ida idos idas iendo irá irán a an iera ieran",
    ("pt", "ar"): "ar o a am amos ava avam ou aram ado ada ados adas ando ará arão e em asse",
    ("pt", "er"): "er e em emos ia iam eu eram ido ida idos idas endo erá erão a am esse",
    ("pt", "ir"): "ir e em imos ia iam iu iram ido ida idos idas indo irá irão a am isse",
    ("fr", "er"): "er e ent ons ez ait aient é ée és ées era eront ant a",
    ("fr", "ir"): "ir it issent issons issait issaient i ie is ies ira iront",
    ("fr", "re"): "re  ent ons ait aient u ue us ues ra ront",
    ("de", "en"): "en e t et te ten est end ende enden",
    ("de", "n"): "n e t te ten",
}


def forms(word: str, language: str) -> list[str]:
    """All forms of a word of a lexicon; the word itself where it has no stroke."""
    stem, stroke, ending = word.partition("/")
    if not stroke:
        return [word]
    if language == "en" and len(ending) == 1 and ending not in "ey":
        return [stem, f"{stem}s", f"{stem}{ending}ed", f"{stem}{ending}ing"]
    endings = _ENDINGS[language, ending].split(" ")
    found = [f"{stem}{each}" for each in endings]
    if language == "de":
        found.append(f"ge{stem}t")
    return found
