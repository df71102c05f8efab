"""What is written around an amount when an act pays it, and what when it does not: the words of `money`, by their place.

Places: *clause*, the part between commas around the amount; *before* and *behind*, what ends right before it or begins
right behind it; *opening*, how its clause begins. A row of words is one idea; in most, regular expressions stand among
the words.
"""

from __future__ import annotations

import re

import regex


def words(*rows: str) -> str:
    """The alternatives that rows of words, parted by blanks, are as a pattern."""
    return "|".join("|".join(row.split()) for row in rows)


_ANY = r"[^，。；\n]"
"""A character of the same clause."""
_LEVELS = "中央 省 市 县 区 乡 州 盟 旗 镇 自治区 州本级 地方 财政 本级 企业 社会 自筹"
"""Who pays, where a clause begins with it."""

# --- Paid: any of these will do.

PAYS = regex.compile(
    words(
        "补助 补贴 资助 奖励 奖补 奖金 给予 补偿 支持 补差 补足 救助 救助金 津贴 贴息 报酬 工钱 捐资",  # gives
        "投入 安排 拨付 下达 备下 拿出 切块 预留 增支 另拨 核定 核拨 核补 列支 垫付 支付 发放 兑付 购买",  # sets aside and pays out
        "出资 筹资 筹措 承担 负担 分担 配套 保障 解决 报销 免除 减免 领取 一次性",  # bears, relieves
        "预算 概算 总投资 投资 资金 经费 专项资金 资金标准 经费标准 标准 额度 贷款额度 保额 更新费",  # names the money
        rf"(?:财政|[省市县区州旗镇级里])出(?=[0-9])|里出$|(?:给|奖|补|拨|掏|备|筹|报|代缴|发|划出|挤出|拿出|筹措|筹集|统筹|封顶){_ANY}{{0,2}}(?=[0-9])",
        rf"(?:最高|上限|封顶){_ANY}{{0,3}}(?=[0-9])",
    )
)
"""Clause."""
PREMIUM = regex.compile(rf"个人缴费{_ANY}{{0,24}}(?:提高|调整|增加)(?:到|至|为)$|个人缴费(?:标准)?(?:为|是)每人每年$")
"""Before: the new premium of an insurance, which is a standard that the act sets."""
RAISED = regex.compile(
    rf"(?:标准|费|金|贴|补助){_ANY}{{0,60}}(?:提高|调整|上浮|上调|增|提|变|改按|改)(?:到|至|为)?(?:每人每[月年])?(?:[0-9,.万]+元、)*$"
    r"|(?:维持|仍为|保持|继续按)(?:每人每[月年])?$"
)
"""Before: a standard that is raised or kept, 护理费由96元提高到100元."""
RISEN = regex.compile(
    r"(?:由|从)(?:每人每[月年])?[0-9][^，。；]{0,40}?元(?:分别|依次)?(?:提高|调整|增加|上调|上浮|增|提|调|变)(?:到|至|为)(?:[0-9,.]+元、)*$"
)
"""Before: 一级由130元增至150元, where the paragraph or the title is about STANDARDS."""
STANDARDS = regex.compile(words("标准 补贴 津贴 补助 救助 低保 特困 抚恤 生活费 护理费 养育 待遇"))
PAID_BEHIND = regex.compile(
    rf"用于|，(?:列入|纳入|专项用于|专管|由{_ANY}{{1,10}}(?:拨付|承担|列支|安排)|从{_ANY}{{1,10}}列支)"
)
"""Behind the amount or its clause."""
PAID_COLUMN = regex.compile(words("补助 奖补 资金 投资 经费 预算 安排 下达 标准 金额"))
"""Heads of columns of a table that hold what is paid."""

# --- Going on with an amount before, which is paid.

SHARES_IN = re.compile(
    r"其中[：:，]?(?:由|有|安排)?(?=[0-9])"
    r"|其中[：:，]?[\u4e00-\u9fff]{2,12}?[市县区州盟旗省](?=[0-9])"
    r"|(?:其中|并|且|另|对)?[：:，]?(?:由)?(?:"
    + words(
        _LEVELS,
        "单个 同一 单项 单次 单户 单人 户均 每 各 首次 年度",
        "最高 最低 不超过 不低于 累计 合计 上限 最多(?!的) 一次性 其余 剩余 余下",
        r"采购包[0-9] 包[0-9] [A-Z]\s?包 [一二三四五六第]{1,2}(?:标)?包 [0-9]号?标段",
        "一等 二等 三等 特等 国家级 世界级 甲级 乙级 第[一二三]名 城市 农村 城镇",
    )
    + ")"
)
"""Opening of a clause that says more of what an earlier one pays: 单个项目最高150万元, 其中省级财政18亿元."""
GOES_ON = regex.compile(
    r"[、和与及]"
    r"|[^，。；0-9]{0,14}[，、；](?:其中|但|并)?[：，]?"
    r"(?!\p{Han}{0,10}(?:产值|收入|营收|销售|税|增长|增加|较|比|带动|撬动|(?<!不|不得)超过|达到|完成))"
    r"[\p{Han}（）、]{0,16}?(?:分别)?(?:为|是|按|不得?[低高少]于|不得?超过|最[高低]|上限为|提高到|[0-9]+%)?"
)
"""Between two amounts, where the second says no more than what it is for: …1500万元、产地冷库800万元."""
OF_A_YEAR = re.compile(r"(?:[0-9]{4}年(?:和|、)?)+各?")
"""Opening that only says for which year: 2024年和2025年各."""
RESTATED = regex.compile(r"[（(，]?(?:人民币)?(?:大写|小写|即)?(?:金额)?[：:]?")
"""Between a sum and the same in the other writing."""
BARE = re.compile(
    r"|人民币|(?:[^，。；\n]{0,2}(?:"
    + words(
        "不低于 不少于 不高于 不超过 最高 最低 最多 至少 力争 确保 突破 超过 达到 约",
        "为 是 达 即 共 合计 总额 总计 共计 人民币 按 每年 标准定为",
    )
    + r")){1,2}"
)
"""Opening that says no more than how much: ，不少于5万元."""

# --- Not paid, though the clause speaks of money.

NOT_PAID = re.compile(
    words(
        "罚款 罚金 处以 违者 扣减 扣回 追回 收回 损失 欠 逾期 诈骗 涉案",  # penalties and losses
        "价格(?!补贴|的) 限价 单价 售价 合同价 市场价 水价 电价 气价 均价 计收 收取 面值 租金(?!补) 服务费 每月挣 成交 中标 开标 招标文件",  # prices
        "保证金 押金 工本费 收费 缴费 缴纳(?!困难) 个人缴 首付 实付 自付 起付 [要需]交 家长 封顶线以上",  # what citizens pay
        "注册资本 净资产 资产负债率 流动资金(?!贷款) 门槛 意向贷款 合作方",  # conditions of firms
        r"(?:投标|最后|最终)报价 前[0-9]{1,2}个月 月均 节省",
        "营业收入 年收入 人均收入 纯收入 可支配收入 产值 销售额 交易额 工作量 税(?!资金)",  # results
        "利率 年利率 债券 票据 募集了",  # credit
        "已[把将] 已投入 已拨付 已下达 已支出 支出了 投入了 累计(?!补|奖|救|不超|最高) 完成投资 到位资金 首笔",  # spent
        "同比 节约 省下 省了 不计入",
    )
)
"""Clause."""
PAID_SHARE = regex.compile(
    r"的(?:[0-9.]+%|[一二三四五六七八九]成)(?:给予|予以)?(?:补贴|补助|奖补|贴补|贴息)|承担[^，。；]{0,8}的[0-9.]+%"
)
"""Clause: what is paid after all, 按单位缴费部分的80%补贴."""
FEES = regex.compile("(?:保育|保教|托育?|学|住宿)费[^，。；补助免]*$")
"""Before: what parents pay, as a sum; a share of it may well be what the state bears."""
INCREASE = regex.compile(
    r"(?:新增|增加|提高|上调|增长|多出)的$|(?:上调|上浮|提高|调增|调高|提标|(?:每人|每户|[月年日])(?:增加|增发|增长))$"
    rf"|比(?:上年|去年|今年|[0-9]{{4}}年){_ANY}{{0,6}}(?:增加|增长|多|提高|减少|少)$"
)
"""Before: the mere increase over what was paid."""
WEIGHED = regex.compile("因素法|权重")
"""Earlier in the sentence: 按因素法分配，其中座数占五成, a weight and no share that is paid."""
INSTALMENTS = regex.compile(
    r"分[两二三四五]?[次期批笔][^，。；\n]{0,4}(?:拨付|支付|下达|兑付|付清|发放)[^。\n]*(?:拨付|支付|付|下达)|先(?:行|预)?拨[^，。；\n]*$|拨付[^，。；\n]{0,8}资金的$"
    r"|分[0-9一二两三四五]{1,2}[年次期批笔][^，。；\n]{0,4}(?:拨付|支付|下达|兑付|付清|发放)[：，][^。\n]*$"
)
"""The sentence so far: 资金分两期拨付：开工后拨付60%, a part of what is paid and no share that is borne."""
THRESHOLD = regex.compile(
    r"(?:（含）)?(?:及)?(?:以上|以下|以内|（含）)*的(?!"
    r"[^，。；]{0,4}(?:补助|补贴|奖)|[^，。；]{0,10}(?:资金|基金|专款)"
    r"|比例|补|贴|奖|资|经|标准|额度|贷|专项|财政|财力|津|救|投资)"
)
"""Behind an amount that a condition names: 研发投入超过500万元的项目."""
SPENT = regex.compile(r"[，]?(?:共|已)?(?:惠及|带动|受益|撬动|同比|比上年|较上年|增长|占全)")
"""Behind a sum that has been spent: 发放补贴12亿元，惠及企业9万户; none where the clause SETS it."""
SETS = regex.compile("下达|安排|预算")
CHARGED = regex.compile(r"(?:停车|泊位|超过部分|超时)[^。；\n]*每(?:小时|次|辆|车)[^。；\n]*$")
"""The sentence so far: 泊位超过部分每小时2元，单日最高15元, what users pay."""
EXAMPLE = regex.compile("举个例子|举例|示例|例如|比如|假如|假设")
"""Earlier in the sentence, at the head of its paragraph, or in the question above it."""
BOND = regex.compile(r"保证金[^。\n]*$")
"""The sentence so far: 投标保证金…，每家15.9万元, what is given back."""

# --- In a report of figures, what is to be paid and what was.

PLANNED = regex.compile(
    r"每\p{Han}{1,3}|单[个户家项]|最高|不超过|计划|拟|将|要(?!求)|力争|确保|目标|明年|后年|下达|安排|用于|奖励|补助|补贴"
)
AHEAD = regex.compile("明年|后年|下半年|下一步|[^，。；]拟[^定]")
DISBURSED = regex.compile("发放|支出|兑付|争取|落实")

# --- A standard that replaces another: the old one is not paid any more.

CHANGE = regex.compile(
    r"(?:分别|依次)?(?:提高|调整|增加|上调|提升|下调|降低|上浮|调(?=[到至])|变|增|提|降|改按|改)(?:到|至|为|按|(?=[0-9]))?"
)
FROM = regex.compile(rf"(?:由|从)(?!省|市|县|区|中央|各级|财政|政府|地方){_ANY}{{0,40}}$")
PER_OLD = regex.compile(r"每(?:人|户)每(?:人|月|年)$")
NEW_SUBJECT = regex.compile(r"[，。；\n]")
REPLACED = regex.compile(rf"(?:由|从)(?:原来?的?|现行的?|目前的?)?{_ANY}{{0,12}}$")
REPLACES = regex.compile(rf"{_ANY}{{0,6}}(?:提高|调整|增加|上调|提升|下调|降低|降|增|提)(?:到|至|为)")

# --- A sum to be reached, which is a target.

RESULT = regex.compile(
    words(
        "产值 规模 营业收入 营收 销售 交易额 成交额 出口额 增加值 总量 总额 收入 增收 税收 GDP 生产总值",
        "筹集 募集 投资 贷款余额 信贷 零售 进出口",
    )
)
REACHES = regex.compile("达到|达|回升|升至|升到|突破|超过|以上|增至|完成|实现|不低于|不少于")
GIVES = regex.compile("补助|补贴|奖励|给予|资助")
INVESTED = regex.compile(rf"(?:亩均|户均|每\p{{Han}}{{1,3}})投资{_ANY}{{0,6}}$")
"""Before: 亩均投资不低于1750元, a standard of what is spent."""
SOUGHT = regex.compile(rf"争取{_ANY}{{0,8}}资金{_ANY}{{0,6}}$")
"""Before: 争取上级资金不少于18亿元, unless it is a part of SHARES_OF_TOTAL."""
SHARES_OF_TOTAL = regex.compile(r"(?:总投资|概算|投资|资金)[^。\n]{0,24}，其中")

# --- A share of money, against a rate.

SHARE_OF_MONEY = regex.compile(
    words(
        "承担 负担 分担 兜底 添 掏 只需拿 拿(?=[0-9一二两三四五六七八九]) 自筹 出资 投工投劳 份额 出(?=[0-9一二两三四五六七八九])",  # who bears it
        "补助 补贴 贴补 资助 奖励 给予 贴息 报销 支付比例 拨付 列支 配套 安排 统筹安排",  # what is paid
        "财政 投资额 购置额 投向 用于 加到",
        rf"由{_ANY}{{1,10}}(?:补|补助|贴补)",
        r"(?:财政|[省市县区州旗镇乡村级央里]|苏木|地方|企业|单位|个人|农户|业主)[^，。；\n0-9]{0,4}(?:包下?|担|出|拿|补|筹|掏|摊|贴|认)(?=[0-9一二两三四五六七八九])",
        r"(?:费|租金|价|贷款)[^，。；\n]{0,4}补(?=[0-9一二两三四五六七八九])|用在[^，。；\n]{1,14}的要?占|资金的(?=[0-9一二两三四五六七八九])",
        rf"按{_ANY}{{0,24}}(?:资金|经费|投资|费用|总额|补助|比例|金额|标准|支出|收入)?{_ANY}{{0,6}}(?:的|不高于|不低于|比例)",
        rf"(?:资金|经费|收入|公益金){_ANY}{{0,10}}(?:拿出|提取|计提|划出|切出|列出)",
    )
)
"""Clause."""
RATE = regex.compile("率(?!先)|办”?的?比例|占比|比重|覆盖|增长|下降|提高[0-9]|增速|合格|完成")
"""Clause, up to the share."""
OF_FUND = re.compile(
    rf"(?:资金|经费|投资|补助|公益金){_ANY}{{0,24}}(?:(?:，{_ANY}{{0,16}})?，其中)?(?:用于|投向|安排){_ANY}{{0,24}}"
    rf"(?:比重|比例|份额|占比|的)?，?{_ANY}{{0,8}}$"
)
"""Before: 专项资金投向内河的比重不低于30%, the share of a fund that must go to a purpose."""
OF_WHICH = regex.compile(rf"元，其中{_ANY}{{1,16}}(?:比例|比重|占比){_ANY}{{0,6}}$")
"""Before, from the amount on: 一次性补助500万元，其中购置设备的比例最多四成, of a sum that is paid."""
MADE_UP = regex.compile(r"，(?:分别)?占(?:[0-9.]+%、)*$")
"""Before: 其中争取中央资金3.87亿元，占60%, what part of the whole a sum is."""
OF_FUNDS = regex.compile(
    rf"配套(?:资金)?(?:占比|比例){_ANY}{{0,6}}$|占{_ANY}{{0,10}}(?:资金|经费|补助|专款)的?(?:(?:比例|比重){_ANY}{{0,6}})?$"
)
"""Before: 劳务报酬占中央资金的比例不得低于30%."""
OF_EXPENSES = regex.compile(rf"(?:经费|资金)中{_ANY}{{0,14}}(?:比例|比重){_ANY}{{0,6}}$")
"""Before: 公用经费中图书支出所占比例不得低于6%."""
RATIO = regex.compile(r"(?:补助|补贴|奖补|支持|分担|负担|贴息)比例[^。；\n]*$")
"""Earlier in the sentence: 中央投资补助比例，东部地区不超过40%，…, what all its shares are of."""
SUBSIDISED = regex.compile(r"贴息[^，。；]{0,4}$|[^，。；]{0,6}贴息")
"""Before or behind points: 按1.5个百分点给予贴息."""

# --- For what unit it is paid.

_UNITS = words(
    "人 户 个 家 名 位 孩 年 月 天 日 学年 学期 季度 例 次 班次 人次 批 期 篇 场 单 笔 张",
    "亩 平方米 公顷 平方公里 立方米 公里 米 吨 千克 公斤 千瓦时 万元",
    "辆 件 项 所 套 台 村 县 站 处 床 班 生 座 盏 间 栋 幢 部 支 标箱 桩 车 船 艘 架 孔 口 头 只 羽 棵 株 餐 校 店",
)
_PAYING = words(
    "分别 统筹 拿出 只 需 要 给予 予以 补助 补贴 补发 奖励 奖补 资助 贴息 贴补 补偿 发放 安排 拨付 投入 支持 列支 标准 一次性 增发",
    "不少于 不低于 不高于 不超过 最高 最低 最多 至多 至少 上限 总额 提高 增加 调整 达 共 约 可 按 由 从 为 再",
)
PER_BEFORE = re.compile(
    rf"(?P<per>户均|人均|亩均|(?:每(?:{_UNITS})|单(?:个|户|家|店|项|次|套|件|台|辆|头|亩|人|站|艘|校|床|车|村))"
    rf"(?:(?!{_PAYING})[^，。；、：\n（）0-9每]){{0,8}}?(?:每(?:{_UNITS}))?)"
    rf"(?=(?:{_PAYING})|[补奖贴]|[0-9.,]+元[提增调上]|$)[^，。；\n0-9]{{0,14}}?(?:[0-9.,]+元(?:提高|增加|调整|上调|提|增|调)[到至为])?$"
)
"""Before: 每个托位每月不超过300元; with the old standard between, 每人每月616元提高到680元."""
PER_BEHIND = regex.compile(rf"/(?P<per>(?:{_UNITS}|[·/])+)")
LISTED = regex.compile(r"[、和及与]|以及|，其中[^，。；0-9每]{1,12}|、[^，。；0-9每]{1,10}")
"""Between amounts of one list or one sum, which are paid for one unit: 每人每月200元、320元和640元; 每座2500元，其中州财政1000元."""
