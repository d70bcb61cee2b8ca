"""What a note of a visit says that somebody looks for: its sentences of wish and trouble."""

import re

_SENTENCE = re.compile(r"[^。．！!？?\n]+[。．！!？?]*")
_ENGLISH_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_ENDS = "。．！!？?"
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯]")
_WISH = re.compile(
    r"探し|さがし|求め|募集|ほしい|欲しい|でき(?:る|そうな)(?:相手|先|ところ|会社|企業|大学|業者)|"
    r"[いきしちりみびえけせてねめれ]たい(?!へん|てい)|ないか(?:と|相談)|紹介して|頼め(?:る|ない)|外注|"
    r"困っ|悩ん|悩み|課題|足りな|不足|人手|老朽|うまくいか|見つから|"
    r"\b(?:look(?:s|ing)? for|seek(?:s|ing)?|search(?:es|ing)? for|need(?:s|ed)?|"
    r"wants?|would like|hop(?:es?|ing) to|struggl(?:es?|ing)|trouble|problem|lacks?|short of|"
    r"cannot find|can't find)\b",
    re.IGNORECASE,
)
_NO_WISH = re.compile(
    r"(?:困りごと|困っていること|課題|悩み|要望|ニーズ|相談)(?:は|も)?(?:特に|とくに)?(?:なし|無し|ない|なく|ありません|無い)|"
    r"(?:伺い|訪問し|お会いし|確認し|連絡し|報告し|共有し)たい|"
    r"\b(?:no|not any|without) (?:needs?|problems?|trouble)\b|"
    r"\b(?:does not|doesn't|do not|don't) (?:need|want)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"(?:とのこと(?:です|でした|だった)?|と(?:言って|おっしゃって|話して)い(?:た|ました|る|ます)|と(?:聞い|伺っ)(?:た|ています)|"
    r"(?:という|との)(?:話|相談)(?:だった|でした|があった|がありました)?)(?=[。．]?$)"
)


def wishes(note: str) -> str:
    """The sentences of a note in which somebody looks for something or is in trouble, as they stand, without
    「とのこと」; "" where there are none.

    >>> wishes("工場を見学。アルミのめっきを頼める会社を探しているとのこと。次回は秋に訪問。")
    'アルミのめっきを頼める会社を探している。'
    """
    is_japanese = bool(_JAPANESE.search(note))
    sentences = (_SENTENCE if is_japanese else _ENGLISH_SENTENCE).findall(note)
    said = (sentence.strip() for sentence in sentences)
    heard = [_HEARSAY.sub("", one) for one in said if _WISH.search(one) and not _NO_WISH.search(one)]
    if is_japanese:
        return "".join(one if one[-1] in _ENDS else f"{one}。" for one in heard)
    return " ".join(heard)
