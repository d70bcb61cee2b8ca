"""Wishes in Japanese: what is asked for, told apart from the words of asking.

A kind or a place becomes a wish only by its position: as the head of what is asked for
(「…できる大学を探しています」), as an attribute of that head (「関西の会社を…」), or in a clause that says
nothing else and restricts (「大学だけ」「関西以外で」). The same words inside a theme (「大学入試の…」
「大阪大学との…」「関西国際空港の…」) stay content.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from corpus.places import PREFECTURES, REGIONS, SPOKEN_REGIONS, cities
from corpus.records import Kind
from matchbot.need import FILTERING, Aspect, Piece, Scope
from matchbot.phrases.cities import Cities
from matchbot.phrases.grammar import Grammar
from matchbot.phrases.reading import (
    HERE,
    NEARBY,
    Reading,
    combined,
    excluded_pieces,
    kind_pieces,
    place_piece,
    scope_piece,
)

# --- the words for kinds, places and scopes ----------------------------------------------------------

_KINDS: tuple[tuple[tuple[Kind, ...], str], ...] = (
    (
        (Kind.FIRM,),
        "(?:町|協力)?工場|企業|会社|メーカー?|業者|事業者|製造業者?|サプライヤー|"
        "スタートアップ(?:企業)?|ベンチャー(?:企業)?|(?<![部小古家])屋",
    ),
    (
        (Kind.UNIVERSITY,),
        "大学院?(?:の(?:先生|教授|教員|研究室|研究者|専門家|研究シーズ|シーズ))?|"
        "高専|高等専門学校|研究者|研究室|先生|教授|シーズ",
    ),
    (
        (Kind.PUBLIC_INSTITUTE,),
        "公設試(?:験研究機関|験場)?|公的(?:な)?(?:試験)?(?:研究)?機関|試験研究機関|工業試験場|"
        "(?:工業|産業)技術センター|国立研究開発法人|国研",
    ),
    ((Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE), "研究機関|研究所"),
    (
        (Kind.FINANCIER,),
        "(?:政府系|地域)?金融機関|(?:地方|都市|地域)?銀行|地銀|信用金庫|信金|信用組合|信組|"
        "ベンチャー・?キャピタル|C?VC|投資家|エンジェル|投資会社|(?:投資)?ファンド|出資者",
    ),
    ((Kind.TRADING_HOUSE,), "(?:総合|専門)?商社|問屋|卸売業者"),
    (
        (Kind.SUPPORT_BODY,),
        "(?:産業|創業)?支援(?:機関|団体|センター)|商工会議所|商工会|インキュベーター|インキュベーション施設",
    ),
    ((Kind.ASSOCIATION,), "(?:業界|経済|関係)?団体|協会|組合|工業会|協議会"),
)
# These also end compounds whose beginning is content: 検査装置メーカー, 食品会社, 材料研究者.
_COMPOUND_ENDS = "メーカー|会社|企業|業者|工場|ベンチャー|商社|研究者|(?<![部小古家])屋"
# Beginnings that make a compound a name or another thing.
_NO_KIND_BEFORE = re.compile("(?:株式|有限|合同|合資|合名|相互|特殊|子|親|孫|関連|グループ|持株|運営|医療)$")
# What may stand before a kind and says nothing that could be searched.
_QUALIFIER = (
    "(?:中小|大手|地場|地元の?|民間|国立|私立|公立|県立|市立|理系|理工系|国内外?の?|海外の?|若手|優良|有力|"
    "大学発|研究開発型|異業種の?|協力|提携|連携|取引|相手|候補|パートナー)"
)
_SCOPES: tuple[tuple[Scope, str], ...] = (
    # Before that which only names the others.
    (Scope.ALL, "(?:他|別|ほか|よそ)の?(?:クラスター|地域|地方|エリア)も含め(?:て|た)?"),
    (
        Scope.OTHER,
        "(?:他|別|ほか|よそ)の?(?:クラスター|地域|地方|エリア|プロジェクト)|(?:地域|域|クラスター)外",
    ),
    (
        Scope.OWN,
        "(?:自|当|同一|同じ|自分の|自分たちの|うちの|私たちの)(?:クラスター|地域|エリア|プロジェクト)|"
        "地元|(?:地域|域|クラスター)内",
    ),
    (
        Scope.ALL,
        "どこでも|全国(?:どこ)?|日本中|(?:地域|場所|クラスター)(?:は|を)?(?:不問|問わず|問わない)|"
        "(?:全|すべての|全ての)クラスター",
    ),
)
_OUTSIDE_OWN_PREFECTURE = frozenset({"県外", "府外", "道外", "他県", "他府県"})
_PLACES: dict[str, tuple[str, ...]] = (
    {p[:-1]: (p,) for p in PREFECTURES if p != "北海道"}
    | {p: (p,) for p in PREFECTURES}
    | dict(REGIONS)
    | dict(SPOKEN_REGIONS)
    | {"道内": ("北海道",), "都内": ("東京都",)}
    | dict.fromkeys(("県内", "府内", "同じ県", *_OUTSIDE_OWN_PREFECTURE), (HERE,))
    | dict.fromkeys(("近く", "近隣", "近場", "近県", "隣県"), (NEARBY,))
    | dict.fromkeys((f"{we}の近く" for we in ("うち", "当社", "弊社", "会社", "こちら")), (NEARBY,))
)
# Cities that are something else, too, where 市 is not said.
_COMMON_WORDS = frozenset(
    "国立 中央 日光 中間 行方 貝塚 出水 三次 半田 取手 石垣 瀬戸内 日立 雲南 海南 湖南 江南 "  # noqa: SIM905
    "さくら みどり むつ つがる あま 光 旭 津 柏 萩 蕨".split()
)
# Longest first, so that 東京都 is not read as 東京.
_PLACE_NAMES = sorted(_PLACES, key=len, reverse=True)
_PLACE = (
    rf"(?:{'|'.join(_PLACE_NAMES)})(?:地方|地域|エリア|圏内|圏|[都府県]?内|周辺|近郊|方面|あたり|全体|全域)?"
)
_KIND = rf"(?:{_QUALIFIER}?(?:{'|'.join(words for _, words in _KINDS)}))"
_SCOPE = rf"(?:{'|'.join(words for _, words in _SCOPES)})"
_KIND_READ = [(kinds, re.compile(rf"{_QUALIFIER}?(?:{words})")) for kinds, words in _KINDS]
_SCOPE_READ = [(scope, re.compile(words)) for scope, words in _SCOPES]
_WORD_READ = re.compile(rf"(?P<place>{_PLACE})|(?P<scope>{_SCOPE})|(?P<kind>{_KIND})")

_SEPARATOR = r"(?:・|、|,|/|とか|と|や|か|も|[、,]?(?:または|もしくは|あるいは|および|及び)|にある|の|で)"
_ANY = rf"(?:{_PLACE}|{_SCOPE}|{_KIND})"
_LIST = rf"{_ANY}(?:{_SEPARATOR}{_ANY})*"
_WHERE_LIST = rf"(?:{_PLACE}|{_SCOPE})(?:{_SEPARATOR}(?:{_PLACE}|{_SCOPE}))*"
_KIND_LIST = rf"{_KIND}(?:{_SEPARATOR}{_KIND})*"
# What follows begins a word: no kanji, katakana or Latin letter stands before it.
_WORD = r"(?<![一-龯々〆ヶァ-ヴーA-Za-z0-9])"

# --- the phrases of asking ---------------------------------------------------------------------------

# What may trail a request to the end of its sentence: inflection, politeness, hedging.
_TAIL = r"(?:(?!ところ|どなた|だれ|ひと)[ぁ-んー〜~\s願致頂下欲助幸甚存思嬉中何卒宜考検討予定様])*"
_PLEASE = r"(?:ほし|欲し|くださ|下さ|くれ|もら|いただ|頂|ちょうだい|よ?ね?$)"
_SEEKING = re.compile(
    rf"""(?:
      (?:探|捜|さが)し(?:て|たい|ます|中) | (?<=[をはが])(?:探|捜)し
    | ご?紹介(?:して{_PLEASE}|して?(?:いただ|頂)|[をの]?(?:ご?希望|お?願[いえ]|依頼)|いただ|頂|くださ|下さ)
    | ご?教示(?:いただ|頂|くださ|下さ|お?願[いえ])
    | (?:教え|提案し|推薦し|見つけ|挙げ)て{_PLEASE}
    | お教え(?:いただ|頂|くださ|下さ|願)
    | (?:知り|見つけ|出会い|知り合い)たい
    | (?:誰|どこ|どなた)[にへ](?:ご?相談|聞|頼)[ぁ-ん]*(?:いい|よい|良い)
    | マッチング(?:し(?:て|たい)|を?(?:希望|お願い))
    ){_TAIL}$""",
    re.VERBOSE,
)
_IF_ANY = re.compile(
    r"(?:が|は|も)?(?:(?:い|おり|いらっしゃい|あり|ござい)ましたら|[いあ]れば|いたら|あったら)[、,]?"
    r"(?:ぜひ|是非)?$"
)
# These ask for a partner only where one is named: 「大学が必要です」, but not 「冷却が必要です」.
_WANTING = re.compile(
    rf"""(?:
      求め(?:て(?:い|お)|ます) | 求む | (?:を|の)?(?:募集|希望)(?:$|し|で|中)
    | (?:が|は)?(?:必要で|ほしい|欲しい)
    | (?:い|おり|いらっしゃい|あり|ござい)ません(?:でしょう)?か | (?:い|いらっしゃい|あり|ござい)ますか
    | (?:が|は|って)?(?:い(?:ない|る)|お(?:らん|る)|あらへん|(?<!で)ある|ない)
      (?:の|ん|もん)?(?:です|でしょう|だろう)?(?:か|やろ|$)
    | (?:知り|ご存[じ知](?:では?)?(?:あり)?)ませんか | 知ら(?:ない|ん)(?:か|の|$)
    | ご存[じ知](?:ない|の) | 心当たり
    | って(?:どこ|誰|だれ|どなた)(?:です|でしょう|になり|なの)?(?:か|の|$)
    | (?:に|へ)(?:ご?相談|依頼|委託|外注|発注|頼み|聞き|会い|話を聞き)(?:し|を?お?願いし)?たい
    | と(?:一緒に|いっしょに)?(?:の)?
      (?:共同研究|共同開発|連携|協業|協働|協力|提携|取引|商談|コラボ|交流|お?話|組み|組んで|つなが|繋が|会い)
      (?:[ぁ-ん]*たい|を?(?:希望|検討|考え|進め))
    | (?:を|で|に)お願い(?:$|し|いたし|でき(?:ます|ない|ません|れば|たら))
    ){_TAIL}$""",
    re.VERBOSE,
)
# Verbs that only say that something is done; what is sought stands before them.
_MAKE, _DO, _HANDLE = "(?:作|つく)", "(?:行|扱|請け負)", "手(?:がけ|掛け)"
# A whole message of this form asks as well: 「…の検査ができる相手」「…に詳しい大学」.
_ABLE = re.compile(
    r"(?:できる|出来る|くれる|くださる|いただける|頂ける|もらえる|可能な|に?詳しい|に強い|が得意な|を得意とする|"
    rf"[一-龯]れる|つくれる|{_DO}える|磨ける|直せる|縫える|任せられる|手[がか掛]けられる|頼める|やれる|"
    r"やってい?る|(?:実績|経験|知見|ノウハウ)[のが]ある)$"
)
# 「…を研究している大学」; but 「…を推進しているところ」 is how public offices say that they do.
_DOING = re.compile(
    rf"(?:してい?る|を(?:{_MAKE}(?:る|ってい?る)|{_DO}(?:う|ってい?る)|{_HANDLE}(?:る|てい?る)))$"
)
# That who is looked for does it goes without saying: 「装置を作れる(会社)」「装置を作って(くれる会社)」.
_DONE = re.compile(
    rf"(?:[をが](?:{_MAKE}|造)(?:る|れる|って)|を(?:{_DO}|おこな)(?:う|える|って)|を{_HANDLE}(?:る|られる|て))"
    r"(?:(?<=て)い?る)?$"
)
_LAST_NOUN = re.compile(r"(?<=る)[一-龯々ァ-ヴー]+$")
_DESIRE = re.compile(
    rf"(?:(?<=[一-龯々ァ-ヴー])(?<![ぁ-ん][一-龯々])を?したい(?:です|と(?:思|考)|の|ん|が|$)"
    rf"|(?<=[一-龯々ァ-ヴー])を(?:お願い|ご?依頼|ご?相談)(?:し|いたし|致し|でき)){_TAIL}$"
)

_GREETING = re.compile(
    r"""(?:
      こんにちは | こんばんは | おはよう(?:ございます)? | (?:初め|はじめ)まして
    | お世話になって(?:い|お)り?ます | お世話になります | お疲れ(?:様|さま)です
    | 突然(?:の(?:ご連絡|メッセージ))?で?(?:失礼|すみません|申し訳)[ぁ-ん致]*
    | (?:大変|誠に)?(?:恐縮|恐れ入り)[ぁ-ん]* | ご縁が[ぁ-ん]*
    | もし(?:も)?(?:ご存[じ知]|よろし|宜し|可能|差し支えな)[ぁ-ん]*
    | す[みい]ません(?:が)? | 失礼します | ご担当者?様 | もしもし | ねえ | やあ
    | (?:ニーズ|相談|募集|依頼|お?願い):
    | 【(?:ご?(?:相談|質問|依頼)|お?願い|(?:急|大)?募集?|マッチング(?:希望|依頼)?|お?問い?合わせ)】
    )[、,!！〜ー\s]*""",
    re.VERBOSE,
)
_THANKS = re.compile(
    r"""(?:以上[、,\s]*)?(?:どうか|どうぞ|何卒|なにとぞ|ぜひ|是非)?(?:ご検討(?:の(?:ほど|程))?を?)?
    (?: (?:よろしく|宜しく)(?:どうぞ)?お?(?:願|ねが)い[ぁ-ん致]* | お?願い(?:いた|致)?し?ます
    | よろしく(?:です|ね)?
    | (?:いただけ|頂け)(?:ると|れば|ましたら)(?:助かります|幸いです|嬉しいです|うれしいです)
    | 助かります | 幸いです | (?:ありがとう|有難う)(?:ございま[ぁ-ん]*)?
    )$""",
    re.VERBOSE,
)
_INTRODUCING_ONESELF = re.compile(r"[^、,]{1,30}と(?:申し|もうし)ます(?:が)?")
_LEAD_IN = re.compile(
    r"""(?:
      できれば | 出来れば | なるべく | 可能なら | やっぱり | やはり | じゃあ | では | それでは | でも | あと
    | ただし | ただ | また | それと | それから | さらに | 加えて | 特に | 次は | 今度は | 条件は | 希望は
    | ちょっと | もう少し | 誰か | どなたか | どこか
    | 実は | 正直 | とりあえず | ぶっちゃけ
    )[、,\s]*""",
    re.VERBOSE,
)

# --- the partner that is asked for -------------------------------------------------------------------

_GENERIC_PARTNER = re.compile(
    rf"""{_WORD}(?:
      お?相手(?:先|方)? | パートナー | (?:協力|提携|連携|委託|外注|依頼|発注|取引|仕入れ?|相談)先
    | 協力者 | 供給元 | 相談相手 | 専門家 | 機関 | 組織 | 仲間 | 候補
    | ところ | とこ | 所 | 先 | 方々? | 人 | かた | 職人
    | どこか | 誰か | どなたか
    )$""",
    re.VERBOSE,
)
_PARTNER_SUFFIX = re.compile(r"(?<=[一-龯々ァ-ヴー])(?:先|相手|パートナー)$")
_BARE_PURPOSE = re.compile(rf"{_WORD}(?:共同研究|共同開発|産学連携)$")
_HOW_MANY = re.compile(
    r"(?:を|で|が|は)?(?:いくつか|数社|何社か|[0-9]+(?:社|件|校|人|名)(?:ほど|くらい)?)$|"
    r"(?:さん|様|達|たち|等|など|とか)$"
)
_PARTICLE = re.compile(r"(?:を|は|が|も|に|と|で|へ|って|との|に(?:ついて|関して|対して))$")
# What ties content to its partner and says nothing itself: 「検査(ができる)会社」「検査(に詳しい)大学」.
_RELATION = re.compile(
    r"""(?:
      (?:を|が|も|の)?(?:お願い|お任せ|対応)?(?:できる|出来る|できそうな|可能な)
    | (?:を|も)?(?:(?<!を[一-龯])して|やって)(?:くれる|くださる|いただける|頂ける|もらえる|い?る)
    | (?:の|を)?ご?相談(?:が|も)?できる
    | の?ご?相談に(?:乗って|のって|応じて)(?:くれる|くださる|いただける|頂ける|もらえる)
    | (?<=[てで])(?:くれる|くださる|下さる|いただける|頂ける|もらえる)
    | を(?:行って|手がけて|手掛けて|扱って|やって|持って|して)(?:いる|る)
    | を研究(?:する|してい?る) | を請け負(?:う|って(?:いる|くれる|いただける|もらえる))
    | [をに]?(?:手伝って|助けて|支援して|協力して)(?:くれる|くださる|いただける|頂ける|もらえる)
    | を(?:行う|手がける|手掛ける|扱う|持つ|有する|お持ちの|得意とする|専門とする|専門にする|する)
    | (?:に|が|で|の)(?:詳しい|強い|明るい|得意な|上手な|長けた|ある) | (?:^|(?<=[一-龯ァ-ヴー]))詳しい
    | (?:に|が|で|の)ご?(?:実績|経験|知見|関心|興味|ノウハウ)(?:の|が|を)
      (?:ある|豊富な|お持ちの|持つ|持って(?:い|おられ)る|有する)
    | を(?:一緒|いっしょ)に(?:やれる|できる|進められる|取り組める|作れる|つくれる|開発できる)
    | (?<![一-龯])(?:誰か|どなたか|どこか) | (?:ん|の)(?:だ|です|や)(?:けど|けれども?|が)
    | に(?:関する|関係する|ついて(?:の)?|取り組む|取り組んでいる|携わる|対応した)
    | に(?:協力|応じて|出資)して(?:くれる|いただける)
    | に(?:ついて|関して|関する)(?:の)?ご?(?:アドバイス|助言|指導|意見)を?(?:して)?
      (?:くれる|くださる|いただける|頂ける|もらえる|できる)
    | いい | 良い | よい | 信頼できる | という | ような | といった | ための | な | の | 、
    )$""",
    re.VERBOSE,
)
_NOUNS = re.compile(r"[一-龯々ァ-ヴーA-Za-z0-9・ ]+(?:の[一-龯々ァ-ヴーA-Za-z0-9・ ]+)*")
_HAS_CLAUSE = re.compile(r"(?:され|した|している|していた|する|いる|った|んだ)(?!て)")

# --- conditions --------------------------------------------------------------------------------------

_NOT = (
    r"(?:以外|を除(?:く|いて|いた|き)|は除(?:く|いて|いた|き)|抜き|ではなくて?|じゃなくて?|でない|じゃない|外|"
    r"は(?:いら|要ら|不要|な(?:し|く)|無し|避け|NG|結構|だめ|やめ))"
)
_AREA = r"(?:とか|など|なんか)?(?:の?(?:地域|地方|エリア|ところ|場所|相手|もの))?"
_EXCLUDING = re.compile(rf"(?P<no>{_LIST}){_NOT}{_AREA}(?:[のでは、,]*(?P<yes>{_LIST}))?{_TAIL}")
_RESTRICTING = re.compile(
    rf"""(?P<yes>{_LIST}){_AREA}(?:
      だけ | のみ | 限定 | に限 | に絞 | が(?:いい|良い|よい|希望) | を?希望
    | に(?:して|変え|変更) | [でを]お願い
    | (?P<also>で?も)?(?:いい|よい|良い|構い|構わ|かまい|かまわ|可(?:能|です|$)|OK|大丈夫)
    ){_TAIL}""",
    re.VERBOSE,
)
_NAMING = re.compile(rf"(?P<yes>{_LIST}){_AREA}(?P<also>も(?:含め|入れ|加え)?)?{_TAIL}")
_CLOSING = re.compile(rf"(?P<yes>{_WHERE_LIST}の{_KIND_LIST}|{_LIST}(?={_AREA}(?:で|にて))){_AREA}{_TAIL}")
_DROPPING = re.compile(
    rf"""(?P<drop>{_LIST})(?:
      (?P<condition>以外(?:の?(?:地域|ところ|相手))?(?:で)?も
        |(?:という)?の?(?:条件|縛り|指定|限定|絞り込み)(?:は|を|も)?(?:外|はず|取|解除|な|やめ|消|不要|いら))
    | [をはも](?:外|はず)し
    ){_TAIL}""",
    re.VERBOSE,
)
_ALL = r"(?:全部|ぜんぶ|すべて|全て|なんでも|何でも|誰でも|リセット)"
_NO_CONDITIONS = (
    r"(?:条件|絞り込み|フィルター?)(?:は|を|も)?"
    r"(?:(?:なし|無し|全部|すべて|全て|外|はず|解除|クリア|リセット|やめ|取|不要|問わ)[ぁ-ん]*)+"
)
_CONDITION = r"(?:条件|縛り|指定|限定|絞り込み)"
_NO_MATTER = (
    r"(?:外|はず|取|解除|な[しく]|無し|やめ|消|不要|いら|要ら|問[わい]|不問|何でも|なんでも|こだわら|関係な)"
)
_FORGETTING: tuple[tuple[frozenset[Aspect], re.Pattern[str]], ...] = (
    (FILTERING, re.compile(rf"(?:{_ALL}|{_NO_CONDITIONS}{_ALL}?)(?:を?(?:見せ|表示|出し|し))?{_TAIL}")),
    (
        frozenset({Aspect.KIND}),
        re.compile(rf"(?:相手の)?(?:種類|業種|種別)(?:は|を)?(?:問わ|不問|なんでも|何でも|こだわら){_TAIL}"),
    ),
    *(
        (aspects, re.compile(rf"(?:{names})(?:の?{_CONDITION})?(?:は|を|も)?{_NO_MATTER}{_TAIL}"))
        for aspects, names in (
            (
                frozenset({Aspect.STAGE}),
                "(?:成長)?段階|ステージ|シード期?|アーリー期?|ミドル期?|レイター期?|創業期|成長期",
            ),
            (
                frozenset({Aspect.AMOUNT}),
                "(?:調達)?金額|調達額|額|予算|[0-9,.]+(?:十億|億|千万|百万|万|千)?円?",
            ),
            (frozenset({Aspect.URGENCY}), "時期|期限|納期|急ぎ|至急|緊急度?"),
            (
                frozenset({Aspect.OFFER}),
                "(?:自社|当社|弊社|うち|こちら)(?:の(?:説明|紹介|こと|話))?|提供できること",
            ),
            (frozenset({Aspect.PURPOSE}), "目的"),
            (frozenset({Aspect.PLACE, Aspect.CLUSTER, Aspect.SCOPE}), "場所|所在地|地域"),
        )
    ),
)
_LEADING_PLACE = re.compile(
    rf"(?P<list>{_LIST})(?P<no>{_NOT})?{_AREA}(?:で|から|にて|(?<=も含めて)|(?<=近く|近隣|近場)に)[、,]?(?=.)"
)
# 「関西の鋳造(メーカー)」; 「関西の伝統工芸に詳しい大学」 may be anywhere, and 中国 be China.
_PLACE_OF_COMPOUND = re.compile(
    rf"(?!中国の)(?P<list>{_WHERE_LIST})(?P<no>{_NOT})?{_AREA}の(?=[一-龯々ァ-ヴーA-Za-z0-9・]+$)"
)
_EXCLUDED_PLACE_OF = re.compile(rf"(?P<list>{_WHERE_LIST})(?P<no>以外|を除(?:く|いた)){_AREA}の(?=.)")
_TRAILING_PLACE = re.compile(
    rf"(?<=[をはがも、,\s])(?:できれば|出来れば|なるべく|可能なら)?(?P<list>{_WHERE_LIST})(?P<no>{_NOT})?{_AREA}"
    r"(?:で|から)?$"
)
# 「福井の眼鏡の会社でチタンの加工ができる(ところ)」
_PARTNER_AT_WORK = re.compile(
    rf"(?P<partner>.+(?:の{_KIND}|[一-龯々ァ-ヴー](?:{_COMPOUND_ENDS})))で[、,]?(?P<work>.+)"
)
_PLACE_BEFORE_PARTNER = re.compile(
    rf"{_WORD}(?P<list>{_WHERE_LIST})(?P<no>以外|を除く|外)?{_AREA}"
    rf"(?:の|で|から|に(?:ある|いる)|に(?:拠点|本社|工場|事業所)(?:の|が|を)(?:ある|置く|持つ))$"
)
_LONGEST_LIST = 100
"""Letters of a list of places."""
_KINDS_EXCLUDED = re.compile(rf"{_WORD}(?P<list>{_KIND_LIST})(?:以外|を除く)$")
_KIND_AT_END = re.compile(rf"{_WORD}{_QUALIFIER}?(?P<word>{'|'.join(words for _, words in _KINDS)})$")
_COMPOUND_AT_END = re.compile(rf"(?P<before>[一-龯々ァ-ヴーA-Za-z0-9]+)(?P<word>{_COMPOUND_ENDS})$")
_KIND_JOINT = re.compile(r"(?:・|、|,|/|と|や|か|または|もしくは|あるいは|および|及び)$")

# An exclamation mark after a Latin letter may be part of a name (Yahoo!).
_SENTENCE = re.compile(r".+?(?:[。?\n]+|(?<![A-Za-z])!+|$)", re.DOTALL)
_BRACKETS_AT_END = re.compile(r"(?P<before>.+?)\((?P<within>(?:[^()]|\([^()]*\))*)\)")
_CLAUSE_JOINT = re.compile(r"([、,\s]+)")
_EDGE = " 、。,.!?〜~\n\t"


def read(text: str) -> Reading:
    """The content and the wishes of a message, already NFKC-normalised."""
    return _cities().read(text, _read)


def _read(text: str) -> Reading:
    """Sentence by sentence. 「松本です。」 before what is sought tells a name, and not where."""
    found: list[Reading] = []
    *before, last = _SENTENCE.findall(text) or [""]
    for sentence in before:
        reading = _read_sentence(sentence)
        is_name = (
            not any(one.content or one.pieces for one in found)
            and not reading.content
            and sentence.rstrip(_EDGE).endswith("です")
        )
        found.extend([] if is_name else [reading])
    return combined([*found, _read_sentence(last)], " ")


@cache
def _cities() -> Cities:
    """Cities where they stand for themselves: not in 堺市立, 堺市中区. Made when the first message is read.

    With 市 or 区 or, unless that is a common word too (日光, 三次), without.
    """
    bare = {city[:-1]: prefectures for city, prefectures in cities().items()}
    names = {name: found for name, found in bare.items() if name not in _COMMON_WORDS and name not in _PLACES}
    known = {**cities(), **names}
    longest_first = sorted(known, key=len, reverse=True)
    return Cities(
        re.compile(
            rf"(?<![一-龯々ヶァ-ヴー])(?P<prefecture>{'|'.join(PREFECTURES)})?(?P<name>{'|'.join(longest_first)})"
            r"(?=内|周辺|近郊|近辺|方面|以外|外|限定|希望|(?<=[市区])[ァ-ヴー]|(?!さん|ちゃん|くん)[^一-龯々ァ-ヴー]|$)"
        ),
        lambda city: (city["prefecture"],) if city["prefecture"] else known[city["name"]],
        "か",
    )


def _read_sentence(sentence: str) -> Reading:
    text = _without_politeness(sentence.strip(_EDGE))
    if not text:
        return Reading("")
    if condition := _GRAMMAR.retraction(text) or _GRAMMAR.condition(text, naming=_NAMING):
        return condition
    return _asked(text) or _read_bracketed(text) or _read_placed(text) or _GRAMMAR.clauses(text)


def _read_placed(text: str) -> Reading | None:
    """「関西以外で鋳造」「浜松で金型の補修」: a place, and nouns. None for anything else."""
    match = _LEADING_PLACE.match(text)
    if not match or not _NOUNS.fullmatch(text[match.end() :]):
        return None
    found = _GRAMMAR.pieces(match["list"])
    if not match["no"] and all(piece.aspect is not Aspect.PLACE for piece in found):
        return None
    return Reading(text[match.end() :], excluded_pieces(found) if match["no"] else found)


def _asked(text: str) -> Reading | None:
    """What a sentence asks for or wishes to do; None where it does neither."""
    wished = _DESIRE.sub("", text)
    return _read_request(text) or (_GRAMMAR.clauses(wished) if wished != text else None)


def _read_bracketed(text: str) -> Reading | None:
    """「…を探しています(…事業)」: what is asked for before brackets, and the conditions or content in them.

    None where nothing is asked for before them."""
    match = _BRACKETS_AT_END.fullmatch(text)
    asked = match and _asked(match["before"].strip(_EDGE))
    if not match or not asked:
        return None
    beside = _GRAMMAR.condition(match["within"], naming=_NAMING) or _GRAMMAR.clauses(
        match["within"].strip(_EDGE)
    )
    content = f"{asked.content}({beside.content})" if beside.content else asked.content
    return replace(combined((asked, beside), ""), content=content)


def _without_politeness(text: str) -> str:
    while match := _GREETING.match(text):
        text = text[match.end() :]
    if _INTRODUCING_ONESELF.fullmatch(text):
        return ""
    # 「…を紹介お願いします」 and 「大学でお願いします」 need their ending to be understood.
    return text if _SEEKING.search(text) or _WANTING.search(text) else _THANKS.sub("", text).strip(_EDGE)


# --- requests ----------------------------------------------------------------------------------------


def _read_request(text: str) -> Reading | None:
    """「(…で、)…ができる(…の)大学を探しています」; None where nobody is asked for."""
    seeking, wanting = _SEEKING.search(text), _WANTING.search(text)
    asking = seeking or wanting
    asked = text
    if asking:
        asked = _IF_ANY.sub("", text[: asking.start()].rstrip(_EDGE))
        asked = _PARTICLE.sub("", _HOW_MANY.sub("", _PARTICLE.sub("", asked)))
    if condition := _GRAMMAR.condition(asked, naming=_NAMING if asking else None):
        return replace(condition, is_request=True)
    asked, behind = _take_trailing(asked)
    before, pieces = _take_partner(asked)
    is_partner_named = before != asked
    place = _place_before_partner(before)
    able = _LAST_NOUN.sub("", before[: place.start()] if place else before)
    is_able = _ABLE.search(able) or (pieces and _DOING.search(able))
    is_asking = asking or is_able or _PLACE_OF_COMPOUND.match(before.removesuffix("の"))
    if not (seeking or is_partner_named) or not is_asking:
        return None
    if not is_partner_named:
        rest = _GRAMMAR.clauses(asked)
        return Reading(rest.content, (*rest.pieces, *behind), is_request=True)
    told = _read_before_partner(before, pieces)
    return replace(told, pieces=(*told.pieces, *behind), is_request=True)


def _read_before_partner(before: str, pieces: tuple[Piece, ...]) -> Reading:
    """What stands before the name of a partner, which is these wishes: what it does, and where."""
    named = _GRAMMAR.without_lead_in(before)
    at_work = None if pieces else _PARTNER_AT_WORK.fullmatch(named)
    if at_work and not _HAS_CLAUSE.search(at_work["work"]):
        partner = _read_before_partner(*_take_partner(at_work["partner"]))
        return combined((partner, _read_before_partner(at_work["work"], ())), " ")
    before, around = _take_attributes(named)
    before, ahead = _take_leading(before, is_tied=before != named.removesuffix("の"))
    rest = _GRAMMAR.clauses(_DONE.sub("", before))
    return Reading(rest.content, (*rest.pieces, *ahead, *around, *pieces))


def _take_partner(text: str) -> tuple[str, tuple[Piece, ...]]:
    """The text before the partner that ends it, and the wishes that the partner's name is."""
    text = _HOW_MANY.sub("", text)
    if match := _KINDS_EXCLUDED.search(text):
        return text[: match.start()], excluded_pieces(_GRAMMAR.pieces(match["list"]))
    if match := _GENERIC_PARTNER.search(text):
        before = text[: match.start()]
        excluded = _KINDS_EXCLUDED.search(before.removesuffix("の"))
        if excluded:
            return before[: excluded.start()], excluded_pieces(_GRAMMAR.pieces(excluded["list"]))
        of_kind = _take_kinds(before.removesuffix("の")) if before.endswith("の") else ("", ())
        return of_kind if of_kind[1] else (before, ())
    before, pieces = _take_kinds(text)
    if pieces:
        return before, pieces
    if match := _PARTNER_SUFFIX.search(text):
        return _BARE_PURPOSE.sub("", text[: match.start()]), ()
    return text, ()


def _take_kinds(text: str) -> tuple[str, tuple[Piece, ...]]:
    pieces: tuple[Piece, ...] = ()
    while True:
        if match := _KIND_AT_END.search(text):
            text, found = text[: match.start()], _kinds_of(match["word"])
        elif (match := _COMPOUND_AT_END.search(text)) and not _NO_KIND_BEFORE.search(match["before"]):
            text, found = text[: match.start("word")], _kinds_of(match["word"])
            place = _PLACES.get(match["before"])
            if place:
                text = text[: match.start()]
                found = (*found, place_piece(place, match["before"]))
        else:
            return text, pieces
        pieces = (*found, *pieces)
        joint = _KIND_JOINT.search(text)
        shorter = text[: joint.start()] if joint else text
        if not joint or not _KIND_AT_END.search(shorter):
            return text, pieces
        text = shorter


def _take_attributes(text: str) -> tuple[str, tuple[Piece, ...]]:
    """Strip what ties the content to its partner (「…ができる」「関西の」), keeping the wishes in it."""
    pieces: tuple[Piece, ...] = ()
    while text:
        if match := _place_before_partner(text):
            found = _GRAMMAR.pieces(match["list"])
            pieces = (*(excluded_pieces(found) if match["no"] else found), *pieces)
        elif match := _KINDS_EXCLUDED.search(text.removesuffix("の")):
            pieces = (*excluded_pieces(_GRAMMAR.pieces(match["list"])), *pieces)
        else:
            match = _RELATION.search(text)
        if not match:
            break
        text = text[: match.start()].rstrip(_EDGE)
    return text, pieces


def _place_before_partner(text: str) -> re.Match[str] | None:
    """The place at the end of a text. Looked for there only, as places a thousand times over take seconds."""
    return _PLACE_BEFORE_PARTNER.search(text, max(0, len(text) - _LONGEST_LIST))


def _take_trailing(text: str) -> tuple[str, tuple[Piece, ...]]:
    """「…を、関西以外で」 and 「…を関西で」 at the end of what is asked for."""
    match = _TRAILING_PLACE.search(text)
    if not match:
        return text, ()
    found = _GRAMMAR.pieces(match["list"])
    return _PARTICLE.sub("", text[: match.start()].rstrip(_EDGE)), excluded_pieces(found) if match[
        "no"
    ] else found


def _take_leading(text: str, *, is_tied: bool) -> tuple[str, tuple[Piece, ...]]:
    """「関西で…」 and 「関西以外の…」 at the beginning of what a partner is asked for.

    「関西の…」 too, where nothing ties the rest to the partner (``is_tied``): 「関西の鋳造メーカー」.
    """
    match = _LEADING_PLACE.match(text)
    if match and not match["no"] and _HAS_CLAUSE.search(text[match.end() :]):
        match = None
    match = match or _EXCLUDED_PLACE_OF.match(text) or (None if is_tied else _PLACE_OF_COMPOUND.match(text))
    if not match:
        return text, ()
    found = _GRAMMAR.pieces(match["list"])
    return text[match.end() :], excluded_pieces(found) if match["no"] else found


# --- conditions --------------------------------------------------------------------------------------


def _pieces_of_word(word: re.Match[str]) -> Iterator[Piece]:
    said = word.group()
    if word["place"]:
        name = next(filter(said.startswith, _PLACE_NAMES))
        yield replace(place_piece(_PLACES[name], said), is_excluded=name in _OUTSIDE_OWN_PREFECTURE)
    elif word["scope"]:
        yield scope_piece(next(scope for scope, words in _SCOPE_READ if words.fullmatch(said)), said)
    else:
        yield from _kinds_of(said)


def _kinds_of(word: str) -> tuple[Piece, ...]:
    return kind_pieces(next(kinds for kinds, words in _KIND_READ if words.fullmatch(word)), word)


_GRAMMAR = Grammar(
    pieces_of_word=_pieces_of_word,
    word=_WORD_READ,
    lead_in=_LEAD_IN,
    excluding=_EXCLUDING,
    restricting=_RESTRICTING,
    naming=_NAMING,
    closing=_CLOSING,
    dropping=_DROPPING,
    forgetting=_FORGETTING,
    clause_joint=_CLAUSE_JOINT,
    edge=_EDGE,
)
