"""Sentence ends and words of scripts other than Latin, and of abbreviations before a letter."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import sentences, terms, words
from tests.growth import assert_linear

CUT = {
    "ja": [
        "市は月曜日、橋が開通すると発表した。|全長は三・二キロで、八か月遅れた。",
        "本当？|はい！|そうです。",
        "「走る。速い。」と言った。|彼は走った。",
        "「もう行く。」|彼女は立った。",
        "「もう行く。」市長は話した。|彼女は立った。",
        "市は橋（全長三キロ。幅は十メートル。）を開いた。|祝う人も来た。",
    ],
    "zh": [
        "桥长３．２公里！|真的？|是的。",
        "市长说：“走吧。我们回家。”|他走了。",
        "桥开了。 |人来了。",
        "“走吧。”他说。|大家走了。",
        "“太贵了！”市长指出：“我们等。”|他走了。",
        "价格上涨了3.5%。|会议在上午9:30开始。|这是U.S.的公司。|它很大。",
        "他问：“真的吗？”|没人回答。|（见第三章。）|下一页更长。",
    ],
    "ar": [
        "قال د. سالم: «سنبني الجسر.» |ثم غادر. |بلغ السعر 3.5 دولار. |ارتفع أمس.",
        "قال: «هل تأتي؟» |لم يجب أحد.",
        "أعلنت المدينة عن جسر جديد. |هل هذا صحيح؟ |نعم، قال العمدة.",
    ],
    "ur": ["شہر نے پل کھولا۔ |یہ سچ ہے؟ |ہاں۔"],
    "hi": [
        "डॉ. शर्मा आए। |लंबाई 3.5 कि.मी. है। |श्लोक समाप्त॥ |अगला शुरू।",
        'उसने पूछा, "क्या यह सच है?" |किसी ने जवाब नहीं दिया।',
        "शहर ने पुल खोला। |लंबाई १२ किमी है। |क्या यह सच है? |हाँ।",
    ],
    "en": [
        "He asked 「本当？」 and left.",
        "“Really?” — he asked. |“Yes!” -- she said.",
        "The board is acting shocked — shocked! — that anyone asked. |It met.",
        "No. |I said so.",
        "No. |A man came.",
        "See No. B for it.",
    ],
    "de": [
        "Der Führerschein Kl. B reicht nicht aus. |Er fuhr doch.",
        "Nach §§ 263 ff. StGB drohen Strafen. |Es gilt § 5 f. BGB.",
        "Das steht auf S. 12 ff. |Die Regel gilt.",
        "Es gibt versch. Wege für 12 Pers. |Alle kamen.",
        "Siehe Abs. B und Tab. C. |Das ist alles.",
        "Am 3. Mai bzw. 12. Juni holte sie ca. 90 Euro ab. |Das war viel.",
        "Rd. 300 Plätze sind lt. Stadt im nördl. Teil frei. |Der Rest ist voll.",
        "Die Wohnung hat 3 Zi. Küche und Bad. |Sie ist hell.",
        "Inh. Kolb zahlt monatl. Miete. |Er klagt.",
        "Das gilt d. h. für Art. 5 Abs. B. |Der Rat nickt.",
    ],
    "fr": [
        "Le tribunal cite l'art. L. 112-3 du code. |Le juge attend.",
        "Voir p. 12 ss. Dupont le dit.",
        "Le gouv. Martin a parlé. |M. le maire aussi.",
    ],
    "es": [
        "Véase pág. B y núm. C. |La norma vale.",
        "Si Uds. Pueden, vengan. |El Sr. Ruiz espera.",
        "Ntra. Sra. del Mar abre. |La sen. Gil habló.",
    ],
}


@pytest.mark.parametrize(
    ("language", "marked"), [(language, text) for language, some in CUT.items() for text in some]
)
def test_a_bar_stands_for_each_end_and_no_other_is_found(language: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")
    assert [span.of(text) for span in sentences(text, language)] == expected


@given(st.text(st.sampled_from("。！？।؟۔「」『』（）“”、 \nはの橋abA."), max_size=60))
def test_sentences_of_any_script_lie_apart_and_lose_nothing(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


def test_a_page_of_wide_marks_takes_linear_time() -> None:
    assert_linear(lambda n: "「橋。" * n + "」", sentences, 4_000)


def test_a_sentence_without_spaces_has_several_words() -> None:
    assert words("市は新しい橋のデータを発表した。") == [
        *("市", "は", "新", "しい", "橋", "の", "データ", "を", "発表", "した"),
    ]
    assert words("总工费用，ABC 12") == ["总工", "工费", "费用", "abc", "12"]
    assert words("the Öl’s price") == ["the", "öl's", "price"]


def test_two_sentences_about_one_thing_share_terms() -> None:
    assert set(terms("市が新大橋を開いた。", "ja")) & set(terms("新大橋は長い。", "ja")) == {
        "新大",
        "大橋",
    }
