"""One way to write: the folding under which two spellings of the same text meet."""

import unicodedata
from functools import lru_cache

# Old and variant forms of kanji with the form in common use, pair by pair. Facts of the script:
# the old forms (旧字体) of characters in daily use, and the variants (異体字) usual in names.
_KANJI_PAIRS = (
    "亞亜惡悪壓圧圍囲爲為醫医壹壱稻稲飮飲隱隠營営榮栄衞衛驛駅圓円鹽塩緣縁艷艶應応歐欧毆殴櫻桜奧奥橫横溫温穩穏假仮價価畫画會会"
    "繪絵壞壊懷懐槪概擴拡殼殻覺覚學学嶽岳樂楽勸勧卷巻寬寛歡歓罐缶觀観關関陷陥顏顔歸帰氣気龜亀僞偽戲戯犧犠舊旧據拠擧挙虛虚峽峡"
    "挾挟敎教强強狹狭鄕郷堯尭曉暁區区驅駆勳勲薰薫徑径惠恵揭掲溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検權権獻献"
    "縣県硏研險険顯顕驗験嚴厳效効廣広恆恒鑛鉱號号國国濟済碎砕齋斎劑剤櫻桜册冊雜雑參参慘惨棧桟蠶蚕贊賛殘残絲糸辭辞濕湿實実舍舎"
    "寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒諸諸敍叙奬奨將将祥祥稱称證証乘乗剩剰壤壌孃嬢條条淨浄疊畳穰穣讓譲釀醸囑嘱觸触"
    "寢寝愼慎晉晋眞真盡尽圖図粹粋醉酔隨随髓髄數数樞枢瀨瀬聲声靜静齊斉攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿"
    "爭争總総聰聡莊荘裝装騷騒增増臟臓藏蔵屬属續続墮堕對対體体帶帯滯滞臺台瀧滝擇択澤沢單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫"
    "鑄鋳廳庁聽聴敕勅鎭鎮遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当鬭闘德徳獨独讀読屆届繩縄貳弐惱悩腦脳霸覇廢廃拜拝賣売麥麦發発髮髪"
    "拔抜蠻蛮祕秘濱浜甁瓶福福拂払佛仏變変邊辺辨弁瓣弁辯弁舖舗穗穂寶宝萠萌褒褒豐豊沒没槇槙萬万滿満默黙彌弥藥薬譯訳豫予餘余與与"
    "譽誉搖揺樣様謠謡遙遥來来賴頼亂乱覽覧龍竜兩両獵猟綠緑壘塁淚涙勵励禮礼靈霊齡齢戀恋爐炉勞労樓楼郞郎祿禄錄録亙亘灣湾瑤瑶"
    "髙高﨑崎嵜崎碕崎邉辺濵浜濱浜栁柳槗橋吿告冨富𠮷吉德徳桒桑靏鶴鷗鴎"
)
_COMMON_FORM = str.maketrans(
    dict.fromkeys("‐‑‒–—―−⁃", "-") | dict(zip(_KANJI_PAIRS[::2], _KANJI_PAIRS[1::2], strict=True))
)


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """``text`` with width, case, hyphen and kanji variants made alike; idempotent. Kept for a moment: a text
    is folded for its words, for its pairs of characters and for its terms.

    >>> fold("ＭＥＭＳ　㈱ 廣瀬髙圧")
    'mems (株) 広瀬高圧'
    """
    # Casefolding takes apart what the first normalisation put together, so a second one follows it.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(_COMMON_FORM)


def closed_up(text: str) -> str:
    """``text`` folded and without its spaces: what two ways to write a person's name have in common.

    >>> closed_up("森　林太郎") == closed_up("森 林太郎") == closed_up("森林太郎")
    True
    """
    return "".join(fold(text).split())
