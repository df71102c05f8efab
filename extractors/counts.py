"""Numbers of things: a numeral with its measure word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractors.comparators import Quantity, settle
from extractors.mention import CountValue, Mention, Reject, plain
from extractors.numerals import ARABIC_DIGITS, Numeral
from extractors.text import Text

# Measure words, and nouns that policy texts count without one (19部门). Time, grades, multiples and ordinals are none.
_MEASURES = (
    "个 名 人 人次 户 户次 家 所 座 处 条 件 项 份 批 批次 项次 次 场 场次 种 套 台 台次 剂次 辆 辆次 部 支 只 间 栋 幢 本 册 张 块 片 段 位 组 对 双 类 门 起 宗 笔"
    " 例 页 幅 面 根 棵 株 头 匹 羽 尾 口 眼 艘 架 架次 列 节 届次 班 班次 车次 航次 票 篇 句 首 卷 期次 期 轮 轮次 档 步 道 圈 层 排 行 枚 颗 粒 把 顶 盏 扇 樘 副 杆 床 席 枝 束 捆 袋"
    " 包 箱 盒 桶 瓶 罐 车 船 股 手 单 桩 尊 字 点 分 人份 人天 工日 标段 车道 车位 床位 泊位 学位 席位 座席 桌 盘 顿 趟 遍 回 任 代 路 级台阶"
    " 标箱 标准箱 总吨 载重吨 蒸吨 千伏 千伏安 兆伏安 吨 公斤 千克 克 毫克 微克 斤 公里 千米 米 厘米 毫米 平方米 ㎡ 平方公里 平方千米 立方米 亿立方米 平米 立方 亩 公顷 升 毫升 千瓦 千瓦时 兆瓦 兆瓦时 度电 度 章 吨标准煤 蓄积量 海里 里 英寸 赫兹 摄氏度 分贝 马力 帕 兆帕"
    " 部分 部门 单位 省份 省 省区市 地市 市 市县 市州 州市 盟市 县 县区 县市 区 区县 旗县 村 镇 乡 乡镇 镇街 街道 社区 城市 国家 地区 企业 机构 学校 高校 医院 站点 人才 人员 人口 学生 职工 农户 家庭 群众 居民"
    " 家庭户 党员 干部 教师 岗位 项目 案例 车间 园区 村庄 行政村 自然村 贫困县 贫困村"
)
_WORDS = sorted(_MEASURES.split(), key=len, reverse=True)
# A measure word in these is no measure word, or measures time.
_NOT = {
    "个": "个(?:月|百分点|小时|工作日|季度|年|星期|周|学时|学期|交易日|自然日|日|人(?!体|工))|个(?=性|体户)",
    "名": "名(?:单|称|录|额分配|义(?!务))",
    "人": "人(?:民|均|工|大|行|社|力|文|类|生|事|造|为|身|居|体|寿|字)",
    "分": "分(?:钟|之|别|为|布|类|析|成|散|公司|行|局|会|项|批|期|步|层|级|档|区|工|支|配|解|管|享|局|流|拣|校|院|部|组(?!成)|段|店|建|养|靠|红|摊|享|担|开|发|包|数|值|子|母|贝)",
    "点": "点(?:半|钟|前|后|至|到|整|[0-9零一二三四五六七八九十])",
    "里": "里(?:程|面|外)",
    "级台阶": "级",
    "期": "期(?:工程|项目|建设|间|限|末|初|货|房|款|内|待|望|中|满|次)",
    "次": "次(?:年|日|月|要|高|级|新|生|贷|轮|数)",
    "手": "手(?:房|车|机|续|册|段|工|术)",
    "对": "对(?:于|外|口|接|应|象|小|中|照|比|社|企|不|符|每|该|各|其|本|全)",
    "起": "起(?:至|实施|施行|来|草|诉|到|用|执行|算|付|征|步|点|止|开始|生效|）)",
    "本": "本(?:级|市|省|县|区|年|月|科|人|地|办法|通知|次|着|行|报|金|息)",
    "面": "面(?:积|向|对|临|值|试|额|粉)",
    "档": "档(?:次|案|期|口)",
    "口": "口(?:径|岸|号|头|粮)",
    "家": "家(?:具|电|政|畜|禽|里|园|长|用(?!人|户|电大户))",
    "门": "门(?:店|槛|诊|类|户|票|牌)",
    "场": "场(?:地|所|馆|景|外)",
    "部": "部(?:分|委|署|队|级|位|件|长|省)",
    "班": "班(?:子|级|组|主)",
    "路": "路(?:公交|面|段|径|灯|网)",
    "代": "代(?:表|理|码|办|际|建)",
    "任": "任(?:务|何|期|职)",
    "单": "单(?:位|独|元|价|个|一|项)",
    "度": "度(?:假|过|数)",
    "章": "章(?:程|节|贡|丘)",
    "回": "回(?:收|报|复|归)",
    "行": "行(?:动|业|为|政|程)",
    "道": "道(?:路|德)",
    "层": "层(?:级|次|面|会议室|办公室|大厅|报告厅|楼)",
    "节": "节(?:约|能|水|点|日|目|余)",
    "排": "排(?:名|放|污|水|查)",
    "包": "包(?:括|含|装|干|容|联)",
    "车": "车(?:辆|型|间|道|位|次|主|企|站)",
    "把": "把(?:手|握|关)",
    "股": "股(?:份|东|权)",
    "票": "票(?:价|据|款)",
    "首": "首(?:个|次|批|先|席|都)",
    "步": "步(?:行|伐)",
    "张": "张(?:家|某|掖)",
    "位": "位(?:于|置|居(?!民)|数)",
    "区": "区(?:域|间|位|分|块)",
    "市": "市(?:场|民|值|委|级|政|县区)",
    "县": "县(?:级|域|委)",
    "村": "村(?:民|委|级|集体|两委)",
    "省": "省(?:级|委|内|外)",
}
_MEASURE = re.compile(r"[余多来几]?[ ]?(?P<unit>" + "|".join(map(regex.escape, _WORDS)) + ")")
_EXCLUDED = {unit: re.compile(pattern) for unit, pattern in _NOT.items()}
_TO = re.compile(r"[余多]?(?P<unit>[一-鿿]{0,3})(?:至|到|[-—–~～－―─〜]{1,2})")
_PLACE_AFTER = regex.compile(
    r"[道里家间棵眼口岔](?:街|铺|巷|胡同|沟|岭|庄|营|屯|堡|湾|坪|峪|镇|乡|河(?!流|道)|塘|井|庙|寨)"
)
"""四道街, 八里铺: a place that is named by a number."""
_ZONE = regex.compile(r"区域|地区|片区|城市|土地|公路|区(?!县)")
"""二类区域: a grade."""
_O_CLOCK = regex.compile(r"(?:上午|下午|早上|晚上|中午|凌晨|傍晚|清晨|夜里|夜间|每[天晚]|今晚|当晚) ?$")
_SECTION = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}[ \t]?(?=\D)")
"""4.2 对招标文件有疑问的: the number of a section, at the head of its line."""
_CODE = regex.compile(r"[A-Za-z0-9\-/.〔\[［_#№＃]$|第[ ]?$|第(?:[一二三四五六七八九十]、)+$|[购标]包$")
_SLOGAN = regex.compile(r"[“‘「]$")
_TWO = Decimal(2)
_GRADED = {"期": "分", "档": "分为成设有共"}
"""Measure words that name a grade or a number in a row (三档标准, 二期工程), but behind what says how many there are."""
_CHINESE_START = regex.compile(rf"[^{ARABIC_DIGITS}.．\-－负負]")


def find(text: Text, taken: Sequence[tuple[int, int]]) -> Iterator[Mention | Reject]:
    """All counts of a text that overlap none of the spans of times, shares and amounts, given in order."""
    starts, ends = [start for start, _ in taken], _running_ends(taken)
    found: list[Quantity] = []
    units: dict[int, str] = {}
    chars, numerals = text.chars, text.numerals
    i = 0
    while i < len(numerals):
        number = numerals[i]
        i += 1
        place = bisect_right(starts, number.end)
        if place and ends[place - 1] > number.start:
            continue
        counted = _count(chars, numerals, i - 1)
        if counted is None:
            continue
        quantity, unit, used = counted
        i += used
        units[quantity.start] = unit
        found.append(quantity)
    for quantity, cmp, low, high in settle(chars, found):
        value = CountValue(
            cmp, low if low is None else plain(low), high if high is None else plain(high), units[quantity.start]
        )
        yield Mention(quantity.start, quantity.end, "COUNT", value, quantity.rule)


def _running_ends(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The farthest end among each span and those before it."""
    ends: list[int] = []
    for _, end in spans:
        ends.append(max(end, ends[-1]) if ends else end)
    return ends


def _count(chars: str, numerals: list[Numeral], index: int) -> tuple[Quantity, str, int] | None:
    """The count that begins with a numeral, its unit, and how many more numerals it took."""
    first = last = numerals[index]
    chinese = _CHINESE_START.match(chars, first.start) is not None
    before = chars[max(0, first.start - 2) : first.start]
    if _CODE.search(chars, max(0, first.start - 8), first.start) or (
        chinese and (first.value < _TWO or _SLOGAN.search(before))
    ):
        return None
    if (first.start == 0 or chars[first.start - 1] == "\n") and _SECTION.match(chars, first.start):
        return None
    used = 0
    unit = _unit(chars, last.end)
    if index + 1 < len(numerals) and (to := _TO.match(chars, first.end)) and to.end() == numerals[index + 1].start:
        second = numerals[index + 1]
        other = _unit(chars, second.end)
        if other is not None and (unit is None or unit[0] == other[0]) and to["unit"] in ("", other[0]):
            last, unit, used = second, other, 1
    if unit is not None and (
        (unit[0] in _GRADED and chinese and before[-1:] not in _GRADED[unit[0]])
        or (unit[0] == "点" and _O_CLOCK.search(chars, max(0, first.start - 3), first.start))
    ):
        return None
    if (
        unit is not None
        and unit[0] in "类套"
        and chinese
        and (chars[first.start] == "二" or _ZONE.match(chars, unit[1]))
    ):
        return None  # 二类补助8%, 二套房: a grade; what is counted is 两类
    if unit is not None and unit[0] == "路" and chinese:
        return None  # 文三路, 经十路
    if unit is not None and _is_ordinal(chars, first, unit, chinese=chinese):
        return None
    if unit is not None and unit[0] == "层" and before[-1:] in ("厦", "楼", "座", "号"):
        return None
    if unit is not None and unit[0] == "学生" and before[-1:] in ("大", "高", "初", "研"):
        return None
    if unit is not None and chinese and _PLACE_AFTER.match(chars, unit[1] - 1):
        return None
    if unit is None or (unit[0] == "分" and before.endswith(("时", "点", ":"))):
        return None
    high = last.high if last.high is not None else last.value
    low = first.value
    if used and chars[last.end - 1] in "万亿" and chars[first.end - 1] not in "万亿":
        factor = Decimal(10**4) if chars[last.end - 1] == "万" else Decimal(10**8)
        low = low * factor if low * factor <= high else low
    more = first.more or last.more or unit[2]
    rule = "count.range" if high != low else "count.measure"
    return Quantity(first.start, unit[1], low, high, more, rule), unit[0], used


_SESSION = regex.compile("(?:会议|全会|全体会议|常委会)")
_HOUSE = regex.compile(r"[0-9]{1,3}(?:单元|号|室)")
_DIVIDES = frozenset("分共为有成的等余含设划")
_NAMED = frozenset("镇村乡县")


def _is_ordinal(chars: str, number: Numeral, unit: tuple[str, int, bool], *, chinese: bool) -> bool:
    """十四届三次会议, 二标段, 3幢2单元, 桂五镇: a number in a row or in a name, and none of things."""
    before = chars[number.start - 1 : number.start]
    if unit[0] in "幢栋":
        return not chinese and _HOUSE.match(chars, unit[1]) is not None
    if not chinese or number.end - number.start > 1 or chars[number.start] == "两":
        return False
    if unit[0] == "次":
        return before in ("届", "大", "协") and _SESSION.match(chars, unit[1]) is not None
    if unit[0] in ("标段", "标包"):
        return before not in _DIVIDES
    return unit[0] in _NAMED and chars[unit[1] : unit[1] + 1].isdigit() and _HAN.match(before) is not None


_HAN = regex.compile(r"\p{Han}")


def _unit(chars: str, end: int) -> tuple[str, int, bool] | None:
    """Measure word after a numeral, its end, and whether 余 or 多 stands before it."""
    match = _MEASURE.match(chars, end)
    if match is None:
        return None
    excluded = _EXCLUDED.get(match["unit"])
    if excluded is not None and excluded.match(chars, match.start("unit")):
        return None
    return match["unit"], match.end(), match.start("unit") > end and chars[end] in "余多来几"
