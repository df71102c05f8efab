"""Words, names and lists in which characters for numbers are no numbers."""

from __future__ import annotations

import re

# The words by their first character: what follows it (or precedes it) makes a word of its own.
_FROM = {
    "一": "切|些|下|样|般|定|直|起|旦|致|体|线|律|带|再|向|时|度|并|边|面|方面|系列|贯|同|流|站式|次性|把手|窗|网通|旁|概|经|味|共|心|刀切|揽子|生|视同仁|目了然|事一|企一|县一|村一|人一|户一|家人|日游|蹴|举|如|成不变|步到位|二三|帆风顺|票否决",
    "二": "手|维|元|胎|孩|氧化|胡|次|黄|炮|郎|连浩特|道",
    "三": "农|资|亚|峡|明|沙|门峡|门县|河市|水区|台县|原县|穗|都县|江县|公经费|公”|权|定方案|严三实|角|保障|包|无|废|品|轮|线|北|下乡|支一扶|聚|通一平|夏|伏|级|甲|方|军|鹿|国|星|秦|晋|湘|元区|元县|元里|山区",
    "四": "川|平市|平县|会市|会县|肢|周|处|季|面|史|风|书|边|方|起|好农村路|海|中全会|级",
    "五": "保|金|台山|台县|常市|官|行|指山|星|险|一|四|华县|华区|莲|峰县|家渠|原县|通桥|大连池|河县|粮|谷|角|中全会|育|年|线|级|位一体|彩",
    "六": "安|盘水|合区|合县|枝|一|朝|中全会|稳|保|级|库镇",
    "七": "夕|台河|星区|星关|一|匹|彩|里河|级",
    "八": "方|面|宝|步|公山|一|卦|项规定|达|里河|级",
    "九": "江|龙|寨|台区|原区|华山|泉|三学社|里区|州|级|五",
    "十": "分|足|堰|字|三五|四五|五五|二五|一五|九大|八大|三陵|里河|全十美|里八乡|佳|强|大",
    "百": "姓|货|色|年|科|花|度|分|业|家姓|日|般|校|强|福|合|事|里",
    "千": "方|家|秋|山|阳|古|里|分|禧|层|年|岛|百万人|灯",
    "万": "一|物|宁|科|达|州|众|里|家|象|能|源|载|荣|全|柏林|秀|盛|山区|年|户千家|水千山|分|有|无一失|泉|事|古|国|向|和|向|岁|利达|安",
    "亿": "万|利",
    "两": "两|会|岸|委|侧|者|山|江新|江四|手|高|新|优|学一做|不愁|癌|难|病|弹|法衔接|网|广|湖|淮|翼|栖|性|旁|头|地|样|极|面|种人|用|级",
}
_WORD = re.compile("|".join(f"{first}(?:{rest})" for first, rest in _FROM.items()))
_BEFORE = {
    "一": "统唯单同之专逐划万进归第周初惟均不星尽合",
    "二": "第周初星",
    "三": "第周初星再",
    "四": "第周初星",
    "五": "第周初星",
    "六": "第周初星",
    "七": "第初头",
    "八": "方|面|第初腊",
    "九": "第初",
    "十": "第初双",
    "两": "两|斤银",
    "千": "成秋大",
    "万": "上一",
    "零": "凋飘归",
}
# Capital numerals that are words of their own: 收拾, 大陆, 队伍, 放肆; they count only beside another capital.
_LONE = frozenset("陆陸伍肆拾")
_LONE_AFTER = frozenset("收捡登大着內内水海队隊入退行落军放恣整俯")
_MONEY = frozenset("元圆圓角分整")
_CAPITAL_ONE = frozenset("壹")
_TIMED = frozenset("次天节个人名家项点年")


def is_name(chars: str, start: int, end: int) -> bool:
    """Whether the Chinese numeral at `start`..`end` is part of a word, a name, an ordinal or a list's numbering."""
    first = chars[start]
    if first in _CAPITAL_ONE:  # traditional texts write 壹切, 壹些
        return (start > 0 and chars[start - 1] == "第") or _WORD.match("一" + chars[start + 1 : start + 4]) is not None
    before = chars[start - 1] if start else ""
    alone = end - start == 1 and chars[end : end + 1] not in _MONEY
    if first in _LONE and (alone or before in _LONE_AFTER):
        return True
    if before == "第":
        return True
    if (
        end - start == 1
        and before
        and before in _BEFORE.get(first, "")
        and not (before in "周星" and chars[end : end + 1] in _TIMED)
    ):
        return True
    if (before == "期" and chars[start - 2 : start] == "星期") or before == "拜":
        return True
    word = _WORD.match(chars, start)
    return word is not None and (end - start == 1 or word.end() >= end)
