"""Funding of an act: sums and shares that it sets or pledges to pay, and for what unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors import tables
from extractors.mention import Mention, PercentValue, YuanValue, within
from extractors.text import Text, clause_start
from pipeline.document import Bounds, Funding, Span


@dataclass(frozen=True, slots=True)
class Grant:
    """An entry of funding with the clean span of its amount or share."""

    funding: Funding
    amount: Span


_PAYS = (
    "切块|增支|出资|筹资|预留|奖金|保额|补助|补贴|资助|奖励|奖补|给予|投入|安排|拨付|下达|资金标准|经费标准|补偿|支持|总投资|投资|发放|兑付|承担|负担|分担|配套|列支|保障|标准|贴息|救助金|津贴|奖金"
    "|筹措|专项资金|预算|核定|核拨|核补|报酬|工钱|更新费|(?:给|奖|补|拨|掏|发|划出|挤出|拿出|筹措|筹集|统筹|封顶)[^，。；\n]{0,2}(?=[0-9])|概算|垫付|另拨|报销|救助|补差|领取|解决|捐资|支付|免除|减免|购买|经费|资金|补足|一次性|贷款额度|额度|(?:最高|上限|封顶)[^，。；\n]{0,3}(?=[0-9])"
)
_PAY = regex.compile(_PAYS)
_NOT_FUNDING = re.compile(
    "罚款|罚金|处以|价格(?!补贴|的)|限价|单价|售价|保证金|押金|工本费|注册资本|净资产|营业收入|年收入|人均收入|纯收入|可支配收入|产值|销售额|交易额|门槛|租金|利率|债券|票据|成交|中标"
    "|已[把将]|已投入|已拨付|已下达|累计(?!补|奖|救|不超|最高)|已支出|支出了|投入了|完成投资|同比|节约|诈骗|涉案|不计入|首笔|省下|省了|扣减|扣回|流动资金|工作量|资产负债率|追回|收回|损失|欠|逾期|收费|缴费|缴纳|个人缴|税(?!资金)|实付|要交|自付|起付|到位资金|合同价|市场价|意向贷款|合作方|封顶线以上|年利率|首付|面值|募集了|开标|招标文件"
)
_FEES = regex.compile("(?:保育|保教|托育?|学|住宿)费[^，。；补助免]*$")
"""What parents pay, as a sum; a share of it may well be what the state bears."""
_SHARE_OF_MONEY = regex.compile(
    r"自筹|出资|投工投劳|投向|份额|掏|拨付|报销|由[^，。；\n]{1,10}(?:补|补助|贴补)|添|加到|兜底|贴补|按[^，。；\n]{0,24}(?:资金|经费|投资|费用|总额|补助|比例|金额|标准|支出|收入)?[^，。；\n]{0,6}(?:的|不高于|不低于|比例)|承担|负担|分担|配套|补助|补贴|资助|奖励|给予|报销|贴息|支付比例|财政|出(?=[0-9])|列支|投资额|购置额|统筹安排|用于|安排|(?:资金|经费|收入|公益金)[^，。；\n]{0,10}(?:拿出|提取|计提|划出|切出|列出)"
)
_RATE = regex.compile(r"率(?!先)|占比|比重|覆盖|增长|下降|提高[0-9]|增速|合格|完成")
_RESULT = regex.compile(
    r"产值|规模|营业收入|营收|销售|交易额|增加值|总量|总额|收入|筹集|募集|投资|贷款余额|零售|进出口|税收|GDP|生产总值|信贷"
)
_GIVES = regex.compile(r"补助|补贴|奖励|给予|资助")
_REACHES = regex.compile(r"达到|达|突破|超过|以上|增至|完成|实现|不低于|不少于")
_EXAMPLE = regex.compile("举个例子|举例|例如|比如|假如")
_PAID_COLUMN = regex.compile("补助|奖补|资金|投资|经费|预算|安排|下达|标准|金额")
"""Heads of columns of a table that hold what is paid."""
_PER_BEFORE = re.compile(
    r"(?P<per>户均|人均|亩均|每(?:人|户|个|家|名|年|月|天|日|亩|辆|件|项|所|套|平方米|台|村|县|站|位|处|床|人次|千瓦时|班|吨|公里|学年|学期|季度|例|次|张|孩|生|座|盏|间|栋|幢|部|支|场|批|期|篇|班次|标箱|公顷|平方公里|立方米|千克|公斤|头|只|羽|棵|株|孔|口|米|单|笔|桩|车|船|架|万元)"
    r"(?:每(?:人|年|月|天|日|学年|学期|季度|户|次)|[^，。；、：\n（）0-9]{0,10}?))(?=给予|补助|补贴|资助|奖励|不少于|不低于|不超过|最高|按|标准|发放|一次性|安排|由|从|约|可|提高|增加|达|为|$)[^，。；\n0-9]{0,14}?$"
)
_PER_AFTER = regex.compile(
    r"/(?P<per>(?:人|户|个|家|名|年|月|天|日|亩|辆|件|项|所|套|平方米|台|村|站|床|吨|公里|学年|学期|次|张|千瓦时|[·/])+)"
)
_INCREASE = regex.compile(
    r"(?:新增|增加|提高|上调|增长|多出)的$|(?:上调|上浮|提高|调增|调高|提标)$|比(?:上年|去年|今年|[0-9]{4}年)[^，。；\n]{0,6}(?:增加|增长|多|提高|减少|少)$"
)
"""The mere increase over what was paid."""
_PAID_AFTER = regex.compile(
    r"用于|，(?:列入|纳入|专项用于|专管|由[^，。；\n]{1,10}(?:拨付|承担|列支|安排)|从[^，。；\n]{1,10}列支)"
)
_RESTATED = regex.compile(r"[（(，]?(?:人民币)?(?:大写|小写|即)?(?:金额)?[：:]?")
"""Between a sum and the same in the other writing."""
_RAISED = regex.compile(
    r"(?:标准|费|金|贴|补助)[^，。；\n]{0,60}(?:提高|调整|上浮|上调|增|提|变|改按|改)(?:到|至|为)?(?:每人每[月年])?(?:[0-9,.万]+元、)*$|(?:维持|仍为|保持|继续按)(?:每人每[月年])?$"
)
"""A standard that is raised or kept: 护理费由96元提高到100元."""
_STANDARDS = regex.compile("标准|补贴|津贴|补助|救助|低保|特困|抚恤|生活费|护理费|养育|待遇")
_RISEN = regex.compile(
    r"(?:由|从)(?:每人每[月年])?[0-9][^，。；]{0,40}?元(?:分别|依次)?(?:提高|调整|增加|上调|上浮|增|提|调|变)(?:到|至|为)(?:[0-9,.]+元、)*$"
)
"""一级由130元增至150元: what one of the standards that the paragraph is about becomes."""
_PREMIUM = regex.compile(
    r"个人缴费[^，。；\n]{0,24}(?:提高|调整|增加)(?:到|至|为)$|个人缴费(?:标准)?(?:为|是)每人每年$"
)
"""The new premium of an insurance, which is a standard that the act sets."""
_WEIGHED = regex.compile("因素法|权重")
"""按因素法分配，其中座数占五成: a weight, and no share that is paid."""
_PAID_SHARE = regex.compile(
    r"的(?:[0-9.]+%|[一二三四五六七八九]成)(?:给予|予以)?(?:补贴|补助|奖补|贴补|贴息)|承担[^，。；]{0,8}的[0-9.]+%"
)
"""按单位缴费部分的80%补贴."""
_SUBSIDISED = regex.compile(r"贴息[^，。；]{0,4}$|[^，。；]{0,6}贴息")
"""按1.5个百分点给予贴息."""
_SHARES_OF_TOTAL = regex.compile(r"(?:总投资|概算|投资|资金)[^。\n]{0,24}，其中")
_INVESTED = regex.compile(r"(?:亩均|户均|每\p{Han}{1,3})投资[^，。；\n]{0,6}$")
"""亩均投资不低于1750元: a standard of what is spent."""
_SOUGHT = regex.compile(r"争取[^，。；\n]{0,8}资金[^，。；\n]{0,6}$")
"""争取上级资金不少于18亿元: a sum to be reached."""
_FROM = regex.compile(r"(?:由|从)(?!省|市|县|区|中央|各级|财政|政府|地方)[^，。；\n]{0,40}$")
_PER_OLD = regex.compile(r"每(?:人|户)每(?:人|月|年)$")
_CHANGE = regex.compile(
    r"(?:分别|依次)?(?:提高|调整|增加|上调|提升|下调|降低|上浮|调(?=[到至])|变|增|提|降|改按|改)(?:到|至|为|按|(?=[0-9]))?"
)
_TO_CHANGE = 8
"""由5400元、5040元，依次提高到6000元、5640元: characters from the comma to the change."""
_NEW_SUBJECT = regex.compile(r"[，。；\n]")
_REPLACED = regex.compile(r"(?:由|从)(?:原来?的?|现行的?|目前的?)?[^，。；\n]{0,12}$")
_REPLACES = regex.compile(r"[^，。；\n]{0,6}(?:提高|调整|增加|上调|提升|下调|降低|降|增|提)(?:到|至|为)")


def find(
    text: Text, passages: Sequence[Span], mentions: Sequence[Mention], *, is_report: bool = False
) -> Iterator[Grant]:
    """What passages of an act set or pledge to pay, each entry once, in order.

    In a report of figures only what a clause says to be planned, set or given is.
    """
    chars = text.chars
    seen: set[Funding] = set()
    previous: tuple[int, bool] | None = None
    for first, last in passages:
        for mention in within(mentions, first, last):
            if mention.label not in ("PERCENT", "YUAN"):
                continue
            start, end = text.sentence(mention.start)
            if chars.startswith("其中", start) and start > first:
                start = text.sentence(start - 1)[0]  # 预算742万元。其中，采购包1…
            start, end = max(start, first), min(end, last)
            left, right = clause(chars, start, end, mention)
            goes_on = _goes_on(chars, start, mention, previous)
            row = tables.at(text.rows, mention.start)
            if _EXAMPLE.search(chars, start, mention.start):
                continue
            is_paid = (
                _is_paid(chars, start, (left, right), mention, previous)
                if row is None
                else _PAID_COLUMN.search(row.column(mention.start)) is not None
            )
            if is_report and not goes_on and not _is_set(chars, (left, right), mention, text.sentence(mention.start)):
                is_paid = False
            previous = mention.end, is_paid
            funding = _funding(chars, left, right, mention, is_paid=is_paid)
            if funding is not None and funding not in seen:
                seen.add(funding)
                yield Grant(funding, (mention.start, mention.end))


def _is_paid(chars: str, start: int, around: Span, mention: Mention, previous: tuple[int, bool] | None) -> bool:
    """Whether the clause around an amount says that it is paid, or goes on with the amount before it, which is.

    `start` is where its sentence begins, `previous` where the amount before it ends and whether that is paid.
    """
    left, right = around
    if previous is not None:
        before, was_paid = previous
        if _RESTATED.fullmatch(chars, before, mention.start) or _OF_A_YEAR.fullmatch(chars, left, mention.start):
            return was_paid
        if _goes_on(chars, start, mention, previous):
            return True
    if _SHARES_IN.match(chars, left) and _PAY.search(chars, start, left):
        return True
    return (
        _PAY.search(chars, left, right) is not None
        or _PREMIUM.search(chars, left, mention.start) is not None
        or _per(chars, left, mention) is not None
        or _RAISED.search(chars, left, mention.start) is not None
        or _is_risen(chars, left, mention)
        or _PAID_AFTER.match(chars, right) is not None
        or _PAID_AFTER.match(chars, mention.end) is not None
    )


def _goes_on(chars: str, start: int, mention: Mention, previous: tuple[int, bool] | None) -> bool:
    """Whether a clause goes on with the amount before it in its sentence, which is paid."""
    if previous is None or not previous[1] or previous[0] <= start:
        return False
    return _GOES_ON.fullmatch(chars, previous[0], mention.start) is not None


def _is_set(chars: str, around: Span, mention: Mention, sentence: Span) -> bool:
    """Whether a report says of a sum that it is to be paid, and not that it was."""
    if _DISBURSED.search(chars, around[0], mention.start):
        return False
    return _REPORTED.search(chars, *around) is not None or _AHEAD.search(chars, *sentence) is not None


def _is_risen(chars: str, left: int, mention: Mention) -> bool:
    if _RISEN.search(chars, left, mention.start) is None:
        return False
    return _STANDARDS.search(chars, chars.rfind("\n", 0, left) + 1, left) is not None or (
        _STANDARDS.search(chars, 0, _TITLE_REACH) is not None
    )


_TITLE_REACH = 80
"""Characters at the head of a text among which its title says what it is about."""
_SHARES_IN = re.compile(
    r"其中[：:，]?(?:由|有|安排)?(?=[0-9])|其中[：:，]?[\u4e00-\u9fff]{2,12}?[市县区州盟旗省](?=[0-9])|(?:其中|并|且|另|对)?[：:，]?(?:由)?(?:单个|同一|单项|采购包[0-9]|包[0-9]|每|各|中央|省|市|县|区|乡|州|盟|旗|镇|自治区|州本级|[A-Z]\s?包|[一二三四五六第]{1,2}(?:标)?包|[0-9]号?标段|地方|财政|本级|企业|社会|自筹|最高|最低|不超过|不低于|累计|合计|其余|剩余|余下|一次性|上限|一等|二等|三等|特等|国家级|世界级|甲级|乙级|首次|单次|单户|单人|户均|年度|最多(?!的)|城市|农村|城镇|第[一二三]名)"
)
"""How a clause begins that says more of what an earlier one pays: 单个项目最高150万元, 其中省级财政18亿元."""

_GOES_ON = regex.compile(
    r"[、和与及]|[^，。；0-9]{0,14}[，、；](?:其中|但|并)?[：，]?(?!\p{Han}{0,10}(?:产值|收入|营收|销售|税|增长|增加|较|比|带动|撬动|(?<!不|不得)超过|达到|完成))"
    r"[\p{Han}（）、]{0,16}?(?:分别)?(?:为|是|按|不得?[低高少]于|不得?超过|最[高低]|上限为|提高到|[0-9]+%)?"
)
"""A clause that says no more than what a sum is for, and goes on with those before it: …1500万元、产地冷库800万元."""
_OF_A_YEAR = re.compile(r"(?:[0-9]{4}年(?:和|、)?)+各?")
"""2024年和2025年各: a clause that only says for which year."""
_THRESHOLD = regex.compile(
    r"(?:（含）)?(?:及)?(?:以上|以下|以内|（含）)*的(?![^，。；]{0,4}(?:补助|补贴|奖)|[^，。；]{0,10}(?:资金|基金|专款)|比例|补|贴|奖|资|经|标准|额度|贷|专项|财政|财力|津|救|投资)"
)
"""What follows an amount that a condition names: 研发投入超过500万元的项目."""

_REPORTED = regex.compile(
    r"每\p{Han}{1,3}|单个|最高|计划|拟|将|要(?!求)|力争|确保|目标|明年|后年|下达|安排|用于|奖励|补助|补贴"
)
"""What in a report of figures makes a sum one that is set, and not one that was."""
_AHEAD = regex.compile("明年|后年|下半年|下一步|[^，。；]拟[^定]")
_DISBURSED = regex.compile("发放|支出|兑付|争取|落实")
_OF_FUND = re.compile(
    r"(?:资金|经费|投资|补助)[^，。；\n]{0,24}(?:(?:，[^，。；\n]{0,16})?，其中)?(?:用于|投向|安排)[^，。；\n]{0,24}(?:比重|比例|份额|占比|的)?，?[^，。；\n]{0,8}$"
)
"""专项资金投向内河的比重不低于30%: the share of a fund that must go to a purpose."""
_SETS = regex.compile(r"下达|安排|预算")
_SPENT = regex.compile(r"[，]?(?:共|已)?(?:惠及|带动|受益|撬动|同比|比上年|较上年|增长|占全)")
"""What follows a sum that has been spent: 发放补贴12亿元，惠及企业9万户."""

_BARE = re.compile(
    r"|人民币|(?:[^，。；\n]{0,2}(?:不低于|不少于|不高于|不超过|最高|最低|最多|至少|力争|确保|突破|超过|达到|约|为|是|达|即|共|合计|总额|总计|共计|人民币|按|每年|标准定为)){1,2}"
)


def clause(chars: str, start: int, end: int, mention: Mention) -> Span:
    """The part between commas around an amount; where that says no more than how much (，不少于5万元), the one before too."""
    left, right = mention.start, mention.end
    while left > start and chars[left - 1] not in "，。；\n！？":
        left -= 1
    if left > start and chars[left - 1] == "，" and _BARE.fullmatch(chars, left, mention.start):
        left -= 1
        while left > start and chars[left - 1] not in "，。；\n！？":
            left -= 1
    while right < end and chars[right] not in "，。；\n！？":
        right += 1
    return left, right


def _funding(chars: str, left: int, right: int, mention: Mention, *, is_paid: bool) -> Funding | None:
    value = mention.value
    if _INCREASE.search(chars, left, mention.start) or _WEIGHED.search(chars, clause_start(chars, left, "。\n"), left):
        return None
    refused = (
        _NOT_FUNDING.search(chars, left, right) is not None
        and not _PREMIUM.search(chars, left, mention.start)
        and not _PAID_SHARE.search(chars, left, right)
    )
    if refused or _is_replaced(chars, left, right, mention):
        return None
    if _THRESHOLD.match(chars, mention.end):
        return None
    if _SPENT.match(chars, mention.end) and not _SETS.search(chars, left, right):
        return None
    if isinstance(value, YuanValue):
        if _FEES.search(chars, left, mention.start):
            return None
        if value.inherited or is_result(chars, left, right, mention) or not is_paid:
            return None
        return Funding("yuan", Bounds(value.cmp, value.low, value.high), _per(chars, left, mention))
    if not isinstance(value, PercentValue):
        return None
    if (value.unit is None and is_share_of_money(chars, left, right, mention, is_paid=is_paid)) or (
        value.unit == "pp"
        and (_SUBSIDISED.search(chars, left, mention.start) or _SUBSIDISED.match(chars, mention.end, right))
    ):
        return Funding("percent", Bounds(value.cmp, value.low, value.high), None)
    return None


def is_share_of_money(chars: str, left: int, right: int, mention: Mention, *, is_paid: bool = False) -> bool:
    """Whether a share is one of money that is paid or borne, and no rate to be reached."""
    if _OF_FUND.search(chars, max(0, left - 40), mention.start):
        return True
    if is_paid and chars.endswith("，占", 0, mention.start):
        return True  # 其中争取中央资金3.87亿元，占60%
    if _OF_FUNDS.search(chars, left, mention.start):
        return True
    if _OF_EXPENSES.search(chars, left, mention.start):
        return True
    if _RATIO.search(chars, clause_start(chars, left, "。；\n", _REACH_BACK), left):
        return True
    return _SHARE_OF_MONEY.search(chars, left, right) is not None and not _RATE.search(chars, left, mention.start)


_OF_FUNDS = regex.compile(
    r"配套(?:资金)?(?:占比|比例)[^，。；\n]{0,6}$|占[^，。；\n]{0,10}(?:资金|经费|补助|专款)的?(?:(?:比例|比重)[^，。；\n]{0,6})?$"
)
"""劳务报酬占中央资金的比例不得低于30%."""
_OF_EXPENSES = regex.compile(r"(?:经费|资金)中[^，。；\n]{0,14}(?:比例|比重)[^，。；\n]{0,6}$")
"""公用经费中图书支出所占比例不得低于6%."""
_RATIO = regex.compile(r"(?:补助|补贴|奖补|支持|分担|负担|贴息)比例[^。；\n]*$")
"""中央投资补助比例，东部地区不超过40%，…: what all shares of a sentence are of."""
_REACH_BACK = 80


def is_result(chars: str, left: int, right: int, mention: Mention) -> bool:
    """Whether an amount is one to be reached (产值达到100亿元), and not paid."""
    if _SOUGHT.search(chars, left, mention.start):
        return not _SHARES_OF_TOTAL.search(chars, clause_start(chars, left, "。\n"), mention.start)
    return (
        _RESULT.search(chars, left, mention.start) is not None
        and not _INVESTED.search(chars, left, mention.start)
        and _REACHES.search(chars, left, right) is not None
        and not _GIVES.search(chars, left, right)
    )


def _is_replaced(chars: str, left: int, right: int, mention: Mention) -> bool:
    """由500元提高到600元, 分别由96元、290元提高到100元、300元: the old standard."""
    if chars.startswith(("，依次", "，分别"), right):
        right = min(right + _TO_CHANGE, len(chars))
        change = _CHANGE.search(chars, mention.end, right)
        return change is not None and _FROM.search(chars, left, mention.start) is not None
    change = _CHANGE.search(chars, mention.end, right)
    if change is not None and not _NEW_SUBJECT.search(chars, mention.end, change.start()):
        return (
            _FROM.search(chars, left, mention.start) is not None
            or _PER_OLD.search(chars, left, mention.start) is not None
        )
    return (
        _REPLACED.search(chars, left, mention.start) is not None
        and _REPLACES.match(chars, mention.end, right) is not None
    )


def _per(chars: str, left: int, mention: Mention) -> str | None:
    after = _PER_AFTER.match(chars, mention.end)
    if after is not None:
        return after["per"]
    before = _PER_BEFORE.search(chars, left, mention.start)
    return before["per"] if before is not None else None
