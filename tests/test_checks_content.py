"""Words that one version lacks although the others have them, or that it has alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel
from parallel_statement.checks import check
from parallel_statement.model import Finding

Row = Mapping[str, str]

FAITHFUL: tuple[Row, ...] = (
    {
        "en": "The delegation consisted of engineers, lawyers, economists, cooks and nurses.",
        "it": "La delegazione comprendeva ingegneri, giuristi, economisti, cuochi e infermieri.",
        "ja": "代表団は、技術者、法律家、経済学者、料理人及び看護師から構成されていた。",
    },
    {
        "en": "The university will publish the results of the survey on its website.",
        "it": "L'università pubblicherà i risultati dell'indagine sul proprio sito web.",
        "ja": "大学は、調査の結果をウェブサイトで公表する。",
    },
    {
        "en": "The committee approved the budget of the museum.",
        "it": "Il comitato ha approvato il bilancio del museo.",
        "ja": "委員会は、博物館の予算を承認した。",
    },
    {
        "en": "Farmers need clean water for their animals and their fields.",
        "it": "Gli agricoltori hanno bisogno di acqua pulita per gli animali e per i campi.",
        "ja": "農民は、動物と畑のために清潔な水を必要としている。",
    },
    {
        "en": "Children learn foreign languages at school with young teachers.",
        "it": "I bambini imparano le lingue straniere a scuola con insegnanti giovani.",
        "ja": "子供は、学校で若い教師から外国語を学ぶ。",
    },
)
MEMBER = {"en": " economists,", "it": " economisti,", "ja": "経済学者、"}
CLAUSE = {
    "en": " after the hospital had been destroyed by fire",
    "it": " dopo che l'ospedale era stato distrutto dal fuoco",
    "ja": "病院が火事で破壊された後、",
}
HOME = {"en": " of the museum", "it": " del museo", "ja": "博物館の"}


def hints(*rows: Row, languages: tuple[str, ...] = ("en", "it", "ja")) -> list[Finding]:
    text = parallel(*([{tag: row[tag] for tag in languages}] for row in rows))
    return [finding for finding in check(text) if finding.rule == "content-mismatch"]


def changed(number: int, language: str, old: str, new: str) -> list[Row]:
    rows = [dict(row) for row in FAITHFUL]
    assert rows[number][language].count(old) == 1
    rows[number][language] = rows[number][language].replace(old, new)
    return rows


def test_a_faithful_translation_has_nothing_to_tell() -> None:
    assert hints(*FAITHFUL) == []


@pytest.mark.parametrize("language", MEMBER)
def test_a_lost_member_of_a_list_is_found(language: str) -> None:
    (hint,) = hints(*changed(0, language, MEMBER[language], ""))
    assert hint.languages == (language,)
    assert hint.severity == "info"
    assert hint.found == ""
    text = parallel(*([row] for row in FAITHFUL))
    for other in MEMBER.keys() - {language}:
        document = text.version(other).document
        words = [document.view(span).text for span in hint.spans[other]]
        assert MEMBER[other].strip(" ,、") in words


@pytest.mark.parametrize("language", CLAUSE)
def test_a_clause_that_one_version_has_alone_is_found(language: str) -> None:
    here, clause = HOME[language], CLAUSE[language]
    new = clause + here if language == "ja" else here + clause
    (hint,) = hints(*changed(2, language, here, new))
    assert hint.languages == (language,)
    assert hint.found
    assert set(hint.spans) == {language}


def test_two_versions_alone_tell_nothing() -> None:
    rows = changed(0, "en", MEMBER["en"], "")
    assert hints(*rows, languages=("en", "ja")) == []


def test_a_version_whose_small_words_are_not_known_has_no_say() -> None:
    rows = [{"en": row["en"], "fi": row["it"], "ja": row["ja"]} for row in FAITHFUL]
    assert hints(*rows, languages=("en", "fi", "ja")) == []


def test_what_a_version_always_calls_otherwise_it_does_not_lack() -> None:
    """The encoder does not know that 国会 is the Diet."""
    row = {
        "en": "Members of the Diet, priests and mayors, thanked the committee.",
        "it": "Membri della Dieta, sacerdoti e sindaci, hanno ringraziato il comitato.",
        "ja": "国会議員、司祭及び市長は、委員会に感謝した。",
    }
    assert [hint.expected for hint in hints(*FAITHFUL, row)] == ["Diet"]
    assert hints(*FAITHFUL, row, row, row) == []
