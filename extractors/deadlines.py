"""DEADLINE: the time by which something is to be done, ends or lapses.

Every deadline doubles the DATE or DURATION on which it rests. The words right beside a time decide first (roles);
a plan's bare time is a deadline where a verb of finishing or a goal's own number follows it; a length of time needs a
word that makes it a term, and a day from which it runs.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import regex

from extractors import calendar, tables
from extractors.mention import DateValue, DeadlineValue, DurationValue, Mention
from extractors.roles import Cue
from extractors.text import Text

_BEGIN = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Context:
    """What deadlines are counted from: the reference date, and the dated stretches of text.

    `stretches` are (start, end, day) in order of start: within each, the record's date is that day. `issued` is
    the day of the document itself where it is a notice.
    """

    reference: dt.date | None
    stretches: Sequence[tuple[int, int, dt.date]] = ()
    issued: dt.date | None = None

    def record_date(self, position: int) -> dt.date | None:
        """The date of the act that governs a position, or None."""
        index = bisect_right(self.stretches, position, key=_BEGIN) - 1
        while index >= 0:
            start, end, day = self.stretches[index]
            if start <= position < end:
                return day
            index -= 1
        return self.issued


_FINISH = (
    "建成|再建|建(?=[0-9])|建有|设立|设好|配好|组建|迁出|搬出|交到|移交|移栽|训练|选聘|招录|站稳|占到|依次到|回升到|冲刺|升到|升至|压到|扩到|添(?=[0-9])|完毕|落实|稳在|稳定在|保持在|改建|扩建|修建|修缮|硬化|造林|治理|拆除|关停|提高到|提到(?=[0-9])|提升到|提高至|提升至|增加到|增至|扩大到|降低到|降到|降至|控制在|完工|完成|实现|达到|达|(?<!不)超过|突破|补齐|添置|增设|安装|装|(?:到|培训|新添|再添|再增|增)(?=[0-9])|全覆盖|建立|形成"
    "|竣工|投产|投用|投入使用|建设|新建|改造|培育|培训|新增(?![^，。；]{0,8}(?:预算|资金|经费|投入|支出))|打造|创建|覆盖|整治|修复|净增|消除|淘汰|退出|翻番|配备|配齐|建好|通车(?!里程)|交付|到位|不低于|不少于"
)
_HOLD = "组织|召开|举行|举办|启动|评审|开幕|施行|实施|执行|开始|公布|发布|印发|出台|下发|印制|披露|通报|签订|签署|成立|审议|通过|批准|承接|公开|受理|生效|切块|需要?(?:新增|增加)?(?:支出|投入|资金)|(?:安排|下达|拨付|投入|列支|预算|统筹|筹措|拿出|划拨|筹集)[^，。；]{0,14}(?:资金|经费|[万亿0-9]元|人民币)"
_FIRST_VERB = regex.compile(rf"(?P<finish>{_FINISH})|(?P<hold>{_HOLD})")
_PAST = regex.compile(
    r"已|(?<!为|除|终|末|明|未)了(?!解)|较好(?:地)?完成|任务[^，。；]{0,2}(?:全部|较好|基本|圆满|顺利|全面)(?:地)?完成|曾|共有|共计|累计|同比|环比|较上年|比上年|较去年|比去年|以来|现有|完成了|我省共"
)
_FORECAST = regex.compile(r"[^，。；]{0,4}(?:预计|预测|有望|估计)")
_TOLD = regex.compile(
    r"^，?(?:全[省市县区州])?已|[为占](?:年度|全年|年初)?(?:目标)?任务[^，。；\n]{0,10}的[0-9.]+%|(?:任务|计划|预算|目标)数?的[0-9]+\.[0-9]+%|^，?[^，。；]{0,24}[^总一]共[0-9]|同比|[比较]上年同期|[比较]去年同期"
)
"""到6月底，完成年度预算的54.2%, 同比增长8.1%: figures that are told, and not set."""
_STANDS = regex.compile(r"，?[^，。；]{0,14}(?:余额|存量|结余|不良贷款率)(?:为|达到?|是)?[0-9]")
"""到7月末，债务余额为820亿元: how an account stands, and no goal (控制在…以内, 降到…)."""
_NO_GOAL = regex.compile(
    r"(?:度|[春夏秋冬]季)[^，。；0-9]{2,30}(?:项目|工程)(?:的|招标|采购|公告|（)"  # the name of a project
    r"|[^，。；0-9]{2,24}(?:采购|购置|服务|招标)项目(?:的|招标|公告|（)"
    r"|满[0-9]{1,3}周?岁"  # an age
    r"|(?:再|分别)?(?:下达|拨付|支付|兑付|发放)(?:其余|剩余)?(?:的)?[0-9]"  # an instalment
    r"|[春秋]季学期"
    r"|，?[^，。；\n]{0,10}按[^，。；\n]{1,20}(?:折算|计算|执行|收取)"  # how something is reckoned for a time
    r"|是[^，。；\n]{1,10}(?:期|季)"  # a season
)
_RESULTS = regex.compile(r"[^，。；\n]{0,20}(?:结果|数据|情况)(?:显示|表明)")
"""2024年上半年路况检评结果显示: a time that is told of as over."""
_SHOWN = regex.compile("(?:显示|表明|获悉)，(?:截?至|到)?$")
"""数据显示，到3月31日，养老机构达1320家."""
_RATE_REACHED = regex.compile(r"，\p{Han}{2,4}率达?[0-9.]+%")
"""到11月底全部开工，开工率100%: told behind the time, by which it was reached."""
_OF_THE_BUDGET = regex.compile(r"^，?[^。；]{0,40}?年初(?:预算|计划|任务|目标)数?的[0-9]+\.[0-9]+%")
"""到6月底，收入243.2亿元，为年初预算的52.3%: how far one has come."""
_COUNTED_BY = regex.compile(r"(?:截?止)?，[^。；\n]{0,24}?(?:共(?!$|[0-9]+(?:个?(?:工作)?[日天]|个月))|已|累计|同比)")
"""至6月30日止，全市累计完成…: figures as of a day."""
_INTENDS = regex.compile("力争|争取|确保|将|预计|要(?!求)|拟|应")
_SETTING = regex.compile(
    r"^度?\p{Han}{0,12}(?:补助|补贴|缴费|筹资|低保|保障|供养|工资)(?:最低)?标准|^[^。；]{0,30}(?:补助|补贴|标准|待遇|缴费|限额|津贴|工资|支付比例|报销|筹资|保费|低保|抚恤)[^。；]{0,24}(?:提高|调整|增加|上调|下调|降低)(?:到|至|为)"
)
"""The setting of a rate (补助由450元提高到490元), which is no goal to be reached by then."""
_NO_GOAL_LEFT = ("比", "较", "进入", "迈入", "步入", "跨入")
"""比2020年提高, 进入2021年: what a figure is compared with, and the time that a story has come to."""
_OF_SOME = regex.compile(r"[^，。；\n]{2,24}以[上下]的\p{Han}[^，。；\n]{0,14}，")
_TWO_YEARS = "今明两年"
_EVERY = regex.compile("每(?![千万百])")
"""今年每户补助…: a rate; 2025年每千人口托位数达到…: a figure to be reached."""
_HAN = regex.compile(r"\p{Han}{2}")
_ASKED = regex.compile("(?:请|应|应当|须|务必)[于在]?$")
"""应在10月25日前完成不合格标线的返工: asked for, and no attribute."""
_MUST = regex.compile("(?:须|必须|务必)[于在]$")
"""须在2018年3月完成: what must be finished in a time, whenever that is."""
_HANDS_ON = ("于", "在", "至", "到", "务必", "最迟", "应于", "须于")
"""今年46个村务必于10月31日前建成: the stricter time after it is the deadline."""
_RECORD = regex.compile(r"(?:以来)?(?:新高|新低|最高|最低|首次|首个|第)")
"""年内新高: the year is what a record is measured by."""
_PUNCTUATED = regex.compile(r"[，。；！？]")
_HEADING = re.compile(
    r"[^。；！？：\n]*(?:方案|表|计划|通知|要点|意见|办法|安排|清单|指南|公告|公示|规划|报告|回顾|总结|目录|名单)(?:（[^）\n]*）)?\s*"
)
_LONGEST_HEADING = 120
_GOAL_WORD = regex.compile(
    r"力争|争取|确保|提出|时间表|路线图|任务书|目标|计划|要求|明确|确定|决定|规划|拟|将|要(?!求|素|点|闻)|应|须|务必|推动|推进|必须|实现(?!了)|任务|启动|部署|出台|印发|下发"
)
_LABELLED = regex.compile(r"(?:时间|期限|日期|期)(?:为|是|：|定为|定于|从|自)*$")
"""申报时间为3月1日至31日: the window itself, and not a range in which something was done that may be applied for."""
FIGURES = regex.compile(
    r"，?[^。；]{0,40}?(?:共(?![0-9]+(?:个?(?:工作)?[日天]|个月))|已|累计|达|完成|[0-9](?![0-9]{0,3}[月日年天]))"
)
"""What follows a day as of which figures are given, and no day by which something closes."""
_OWN_NUMBER = regex.compile(r"[\d万亿个%点户家所座处亩里名人台套件项张]以上|不低于|不少于")
_DUE_COLUMN = regex.compile(r"时限|期限|(?:完成|截止|办结|整改|报送|投用|竣工|交付|申报)(?:时间|日期|时点|日)")
_A_YEAR = 366
_BARE_NUMBER = regex.compile(r" ?[0-9][0-9,.]*+ ?[万亿]?+(?!元)\p{Han}{1,3}(?=[，。；、]|$)")
"""其中明年4,000人次: a goal's own number right behind its time."""
_REACH = 200
"""Characters of a sentence in which a length of time says what is to be done."""
_BEFORE = regex.compile(r"之前|以前|前")
_REGION_END = re.compile(r"[。；！？\n]")
_DIGIT = regex.compile("[0-9]")
_MODIFIES = regex.compile(
    r"(?![将把向由对]|完成(?![^，。；、\n的]{1,8}的(?:企业|单位|项目|小区|农户|个人|地区|[县市区村户家])))[^，。；、\n]{1,24}的(?!目标|任务|要求|时间)|[^，。；\n]{0,10}(?:已|年满|注册|取得|获得|开业|获批|入库)|(?:在[^，。；、\n]{1,8})?(?:认定|评定|命名|出生|参加工作|毕业|取得|登记|注册|建成|竣工|购买|入职|退休|离校)[^，。；\n]{0,14}(?:的|者)|，[^。；\n]{0,10}(?:还|曾|只有|仅)"
)

_OF_A_PERSON = regex.compile(
    r"(?:之|以)?前(?:出生|参加工作|毕业|取得|登记|注册|退休|离校|入职|退役)[^，。；\n]{0,14}(?:的|者|人员|职工|居民)|(?:之|以)?前(?:注册)?(?:成立|设立|开业)[；，。]"
)
"""2025年1月1日前出生的老年人: who is meant, however far ahead the day is."""
_MONEY_OF_A_YEAR = regex.compile(r"度?\p{Han}{0,20}(?:资金|预算|经费)\p{Han}{0,4}[0-9]")
"""2024年补助资金共4800万元: what is set aside in a year."""
_TEN_DAYS = 9
_HAS_NUMBER = regex.compile(
    r"[0-9][0-9,.]*+[万亿]?+(?!元|年|月|日|号|时|点|分|次会)\p{Han}|[0-9一二三四五六七八九]成|[0-9]%"
)
"""明年上半年，3.8万套安置房交到群众手里: how much of something a time that is still to come is to bring."""
_FESTIVAL = regex.compile(
    r"(?:年)?(?:春节|元旦|清明|五一|端午|国庆|中秋|元宵|主?汛期|雨季|入冬|冬季|供暖期|采暖季|高考|开学)(?:来临|到来)?(?:之|以)?前"
)
"""2025年春节前完成: a festival is no day, and its year no deadline."""
_DONE_BY = re.compile(r"已(?:经|全部)?[于在]?$")
"""已于11月15日前兑付: nothing is left to do by then."""
_DONE_BEFORE = re.compile(
    r"(?:之前|以前|前)(?:(?:就|便|均|都|全部)?已|(?:全部|均|陆续|先后|顺利|安全)(?:转移|撤离|到达|抵达|送达|疏散|修复|恢复|抢通))"
)
"""8月底前已发到律师手中."""
_ORIGIN = re.compile(
    r"(?:(?:自|从|于|在|待)?(?P<event>[^，。；：\n（）]{1,24}?)(?:之日|之时|当日|次日|之次日)?(?:起|之后|后)(?:计算|算起|的|计)?[，]?(?:应当?|须|必须)?(?:的|在|于)?(?:不超过|至多|最长)?)$"
)
_OWN_ISSUE = regex.compile(
    r"(?:(?<!委员|理事|大|协|学)会(?:议)?|印发|发布|公布|下发|颁布|公告|发文|本通知|本公告|文件)$"
)
_RECEIVED = regex.compile("收到|接到")
_TERM_LEFT = regex.compile(r"(?:用|利用|力争用|争取用|经过|通过|未来|今后|力争|争取|在未来|在今后|计划用|再用)$")
_TERM_RIGHT = regex.compile(r"(?:左右)?(?:的)?(?:时间|努力)?(?:之内|以内|内(?![部地外容涵在陆资需]))")
_TIME_RIGHT = regex.compile(
    r"(?:左右)?(?:的)?(?:时间|努力)|(?:左右)?，(?=[把将使让改建新培完])|左右(?=[建改新实完形打培])"
)
_NOT_TERM_LEFT = regex.compile(
    r"(?:近|过去|最近|前|连续|满|至少|不少于|每|此前|提前|首|公示|公示期|质保期|工期|实施期|建设期|免费|服务期|缴费|毕业|离校|退役|出生|注册|成立)(?:期限|时间|期)?(?:为|不少于|不低于)?$"
)
_PROHIBITS = regex.compile(
    r"[，]?(?:不得|不再|不能|不予|禁止|无(?!息|偿)|没有|未|免|免收|发生|因|受|有过|曾|累计|连续|可|均可)"
)
_CONDITION = regex.compile(
    r"(?:累计|连续)?(?:出现|发生)[^，。；\n]{1,20}的|[^，。；\n]{1,12}的，[^，。；\n]{0,4}(?:扣|取消|责令|给予警告|暂停|不|通报|追究|列入|处)"
)
"""一年内查实两次的，扣减补助: who is punished, and nothing that is to be done."""
_DONE = regex.compile(r"[^，。；的]{0,12}(?<![为除终末明未])了(?!解|结)")
"""用三年时间建成了12座水库: told of a time that is over."""
_REPEATS = regex.compile(
    r"响应|办结|答复|回复|作出|告知|送达|审核|审批|审查|受理|拨付|支付|反馈|退还|签订|缴纳|补正|核实|办理|提出|备案|申请|结清|兑付|出具|复核|初审|复审|核定"
)
_ON_EVENT = regex.compile(
    r"(?:举报|投诉|来信|来电|诉求|线索)[^，。；\n]{0,6}$|(?:提出|提交|收到)[^。；\n]{0,8}(?:申请|报告|材料|要求)[，]?[^，。；\n]{0,14}$"
    r"|(?:接报|接到|收到|发现|发生|受理|签订|成交|中标|批准|到位|出现|取得|截止|结束|开标|期满)[^。；\n]{0,10}后[，]?[^，。；\n]{0,14}$"
    r"|(?:发现|查出|检出|排查出)的[^，。；\n]{1,8}(?:一律|必须|要|应当?|须)?在?$"
)
_FAILED = regex.compile(
    r"(?:不合格|不达标|不到位|逾期|未[^，。；]{1,8}|违反[^，。；]{1,10})的[，]?(?:限|应当?|须|责令)?(?:在|于)?$"
)
"""抽验不合格的限15日内返工: what runs from a failure has no day."""
_PUBLIC = regex.compile(r"(?:公示|公告)(?:发布|公布|刊登)?$|(?:发布|公布)$")
_ENDS = regex.compile(r"[。，；）\n]|$")
"""公示期限：自公告发布之日起5个工作日。: a notice period whose first day is named."""
_LISTED = re.compile(r"[、和及与]|以及")
_VALID_LEFT = regex.compile(
    r"(?<!先行)(?:有效期|有效期限|试行期|试行期限|执行期|执行期限|施行期|暂定|试行|有效时间)(?:限)?(?:暂定)?(?:为|是|：)?$"
)


_PAPER = regex.compile(r"(?:证书?|[执牌]照|许可|资质|资格|批件|证明|标识|合同|协议)的?有效期[^，。；]*$")
"""许可证有效期为5年: of a paper that each gets on a day of its own."""


def find(
    text: Text, times: Sequence[Mention], cues: Mapping[tuple[int, int], Cue], context: Context
) -> Iterator[Mention]:
    """Deadlines among DATE and DURATION mentions in order of start; `cues` gives the role of each DATE by its span."""
    reaches = _reaches(text.chars, times)
    for index, time in enumerate(times):
        begin, until = reaches[index]
        if isinstance(time.value, DateValue):
            rule = _date_rule(
                text, time, time.value, cues[time.start, time.end], _region(text.chars, begin, until), context
            ) or _listed_rule(text, times[index : index + 2], cues, reaches[index], context)
            if rule is not None:
                yield Mention(time.start, time.end, "DEADLINE", DeadlineValue(time.value.end, time.value.end), rule)
        elif isinstance(time.value, DurationValue):
            previous = times[index - 1] if index else None
            yield from _term(text, time, time.value, previous, context)


def _reaches(chars: str, times: Sequence[Mention]) -> list[tuple[int, int]]:
    """From where to where each time governs: up to the next one, but for one that something is compared with.

    The items of an enumeration (2021年、2022年) all govern what the last of them does.
    """
    reaches: list[tuple[int, int]] = []
    until = len(chars)
    for index in range(len(times) - 1, -1, -1):
        time = times[index]
        if reaches and _LISTED.fullmatch(chars, time.end, times[index + 1].start):
            reaches.append(reaches[-1])
        else:
            reaches.append((time.end, until))
        if chars[time.start - 1 : time.start] not in ("比", "较"):
            until = time.start
    return reaches[::-1]


def _date_rule(text: Text, time: Mention, value: DateValue, cue: Cue, region: str, context: Context) -> str | None:
    """The rule by which a date is a deadline, or None; `region` is what it governs."""
    now = context.record_date(time.start) or context.reference
    is_over = now is not None and value.end < now
    if cue.role == "window" and is_over and not _LABELLED.search(text.chars, max(0, time.start - 14), time.start):
        return None
    if cue.role in ("window", "expiry"):
        return f"deadline.{cue.rule}"
    if cue.role == "as-of" and now is not None and value.end > now and not FIGURES.match(region):
        return "deadline.截止到"
    if cue.role == "goal":
        if cue.rule == "goal.不迟于" and is_over:
            return None  # 不超过上年市场均价的30%
        if cue.rule == "goal.截止" and _COUNTED_BY.match(region) and not _INTENDS.search(region):
            return None
        if cue.rule == "goal.到" and _is_history(text, time, value, region, now):
            return None
        if cue.rule == "goal.前" and (
            _DONE_BEFORE.match(text.chars, time.end)
            or (
                is_over
                and _modifies(text.chars, time.end)
                and not _ASKED.search(text.chars, max(0, time.start - 4), time.start)
            )
            or _OF_A_PERSON.match(text.chars, time.end)
            or _DONE_BY.search(text.chars, max(0, time.start - 4), time.start)
        ):
            return None
        return f"deadline.{cue.rule}"
    if cue.role == "bare" and (row := tables.at(text.rows, time.start)) and _DUE_COLUMN.search(row.column(time.start)):
        return "deadline.column"
    if (
        cue.role == "bare"
        and _MUST.search(text.chars, max(0, time.start - 4), time.start)
        and (verb := _FIRST_VERB.search(region.split("，")[0])) is not None
        and verb["finish"]
    ):
        return "deadline.须于"
    if (
        cue.role == "bare"
        and now is not None
        and value.end > now
        and _is_bare_goal(text, time, value, region, now, context)
    ):
        return "deadline.bare"
    return None


def _listed_rule(
    text: Text,
    times: Sequence[Mention],
    cues: Mapping[tuple[int, int], Cue],
    reach: tuple[int, int],
    context: Context,
) -> str | None:
    """2022年、2023年分别完成: a year that is under way, in one list with a bare goal's."""
    if len(times) < 2 or _LISTED.fullmatch(text.chars, times[0].end, times[1].start) is None:
        return None
    time, following = times
    now = context.record_date(time.start) or context.reference
    if not isinstance(time.value, DateValue) or not isinstance(following.value, DateValue) or now is None:
        return None
    if cues[time.start, time.end].role != "bare" or time.value.end < now:
        return None
    rule = _date_rule(
        text, following, following.value, cues[following.start, following.end], _region(text.chars, *reach), context
    )
    return rule if rule == "deadline.bare" else None


def _region(chars: str, start: int, until: int) -> str:
    """What a time governs: up to the next full stop, semicolon, line end or time."""
    end = _REGION_END.search(chars, start, until)
    return chars[start : end.start() if end else until]


def _is_titled(text: Text, time: Mention) -> bool:
    """Whether a time stands in a heading, a table's title or the name of a document."""
    start, end = text.paragraph(time.start)
    if _PUNCTUATED.search(text.chars, start, end) is None and _DIGIT.search(text.chars, time.end, end) is None:
        return not text.rows or tables.at(text.rows, time.start) is None
    return end - start <= _LONGEST_HEADING and _HEADING.fullmatch(text.chars, start, end) is not None


def _is_history(text: Text, time: Mention, value: DateValue, region: str, now: dt.date | None) -> bool:
    """到2020年底，已建成50个: told of a time that is over, and nobody's goal."""
    if _SHOWN.search(text.chars, max(0, time.start - 8), time.start) and not _INTENDS.search(region):
        return True
    if (_TOLD.search(region) and not _INTENDS.search(region)) or _STANDS.match(region):
        return True
    if _OF_THE_BUDGET.search(text.chars, time.end, text.sentence(time.start)[1]) and not _INTENDS.search(region):
        return True
    if now is not None and value.end >= now:
        return False
    sentence_start = max(text.sentence(time.start)[0], time.start - _REACH)
    if now is None and _GOAL_WORD.search(text.chars, sentence_start, time.start):
        return False
    if _PAST.search(region) or (now is not None and _RATE_REACHED.search(region)):
        return True
    return now is not None and not _GOAL_WORD.search(text.chars[sentence_start : time.start] + region)


def _modifies(chars: str, end: int) -> bool:
    """2000年底前建成的老旧小区: the time belongs to an attribute, nothing is to be done by then."""
    after = _BEFORE.match(chars, end)
    return after is not None and _MODIFIES.match(chars, after.end()) is not None


def _is_bare_goal(text: Text, time: Mention, value: DateValue, region: str, now: dt.date, context: Context) -> bool:
    """A plan's bare time: a verb of finishing comes first, or a goal's own number; a notice's own text is a plan."""
    days = (value.end - value.start).days
    if (
        (days > _A_YEAR and not text.chars.startswith(_TWO_YEARS, time.start))
        or (time.rule in ("date.range", "date.days") and days < 32)
        or (value.start <= now and _PAST.search(region))
        or _FORECAST.match(region)
        or _FESTIVAL.match(region)
        or _MONEY_OF_A_YEAR.match(region)
        or _RESULTS.match(region)
        or _NO_GOAL.match(region)
        or _STANDS.match(region)
    ):
        return False
    if text.chars.endswith(_NO_GOAL_LEFT, 0, time.start) or _is_titled(text, time) or _SETTING.search(region):
        return False
    if context.reference is not None and value.start == value.end <= context.reference:
        return False  # 游客中心今年1月10日投入使用, in a text of April: told, and not set
    if value.start == context.record_date(time.start) and value.end.month == value.start.month:
        return False
    last = region.rstrip().rpartition("，")[2]
    hands_on = last.endswith(_HANDS_ON) and last not in _HANDS_ON
    is_inside = text.chars[time.end - 1] == "内"
    if (hands_on and not _sets(region.rstrip()[: -len(last)])) or (_EVERY.match(region) and not is_inside):
        return False
    if _OF_SOME.match(region) or text.chars.endswith("现就", 0, time.start):
        return False  # 第四季度产值增长10%以上的企业, 现就2022年度申报工作通知如下
    if region.startswith("的") and not region.startswith(("的目标", "的任务")):
        return False
    if is_inside:
        return _HAN.search(region) is not None and not _RECORD.match(region)
    verb = _FIRST_VERB.search(region)
    if verb is None:
        if value.start > now and days >= _TEN_DAYS and _HAS_NUMBER.search(region):
            return True
        is_part = value.start > now or text.chars.endswith("其中", 0, time.start)
        return _OWN_NUMBER.search(region) is not None or (is_part and _BARE_NUMBER.match(region) is not None)
    if verb["hold"]:
        return False
    if value.start > now:
        return True
    sentence_start = max(text.sentence(time.start)[0], time.start - _REACH)
    return context.issued is not None or _GOAL_WORD.search(text.chars[sentence_start : time.end] + region) is not None


def _sets(clauses: str) -> bool:
    """Whether clauses say themselves what is to be finished, before one that gives a stricter time for a part of it."""
    verb = _FIRST_VERB.search(clauses)
    return verb is not None and verb["finish"] is not None


def _term(
    text: Text, time: Mention, value: DurationValue, previous: Mention | None, context: Context
) -> Iterator[Mention]:
    """A length of time as a deadline: 用3至5年时间, 三个月内, 未来三年, 有效期5年, 发布之日起30日内."""
    chars = text.chars
    sentence_start, _ = text.sentence(time.start)
    left = chars[max(sentence_start, time.start - 40) : time.start]
    if _VALID_LEFT.search(left) and not chars.startswith(("来", "以来"), time.end):
        day = None if _PAPER.search(left) else context.record_date(time.start) or context.reference
        yield _due(time, value, day, "deadline.有效期")
        return
    if _NOT_TERM_LEFT.search(left):
        return
    region = _region(chars, time.end, time.end + _REACH)
    if _DONE.match(region):
        return
    inside = _TERM_RIGHT.match(chars, time.end)
    used = _TERM_LEFT.search(left)
    if inside is not None:
        if (_PROHIBITS.match(chars, inside.end()) or _CONDITION.match(chars, inside.end())) and used is None:
            return
        yield _due(time, value, *_origin(left, region, previous, time, context))
    elif (
        (origin := _ORIGIN.search(left)) is not None
        and _PUBLIC.search(origin["event"])
        and _ENDS.match(chars, time.end)
    ):
        yield _due(time, value, context.record_date(time.start), "deadline.公示之日起")
    elif used is not None:
        timed = _TIME_RIGHT.match(chars, time.end) is not None
        if used.group().endswith(("未来", "今后")):
            if _EVERY.match(region):
                return
            if _FIRST_VERB.search(region) or timed or _DIGIT.search(region):
                day = context.record_date(time.start) or context.reference
                yield _due(time, value, day, "deadline.未来")
        elif timed or used.group().endswith(("力争", "争取")):
            yield _due(time, value, context.record_date(time.start), "deadline.用…时间")


def _origin(
    left: str, region: str, previous: Mention | None, time: Mention, context: Context
) -> tuple[dt.date | None, str]:
    """The day from which …内 runs, and the rule: the act's own issue, a named day, or nothing that is known."""
    issued = context.record_date(time.start)
    origin = _ORIGIN.search(left)
    if origin is not None:
        gap = left[-(time.start - previous.end) :] if previous is not None and time.start - previous.end < 8 else ""
        if previous is not None and isinstance(previous.value, DateValue) and gap.startswith(("起", "之日起", "后")):
            return previous.value.end, "deadline.某日起…内"
        if _OWN_ISSUE.search(origin["event"]) and not _RECEIVED.search(origin["event"]):
            return issued, "deadline.发布之日起…内"
        return None, "deadline.…之日起…内"
    is_short = isinstance(time.value, DurationValue) and "T" in (time.value.high or time.value.low or "")
    if is_short or _ON_EVENT.search(left) or _FAILED.search(left) or _REPEATS.search(region.split("，")[0][:16]):
        return None, "deadline.办理…内"
    return issued, "deadline.…内"


def _due(time: Mention, value: DurationValue, day: dt.date | None, rule: str) -> Mention:
    """The deadline that a length of time gives when it runs from a day; both ends null where none is known."""
    if day is None:
        due = DeadlineValue(None, None)
    else:
        low, high = value.low or value.high, value.high or value.low
        due = DeadlineValue(_after(day, low, value.business), _after(day, high, value.business))
    return Mention(time.start, time.end, "DEADLINE", due, rule)


def _after(day: dt.date, length: str | None, business: bool) -> dt.date | None:
    """The day so much later; None where no length is given or the calendar ends before (有效期9999年)."""
    if length is None:
        return None
    try:
        if business:
            days = regex.fullmatch(r"P(\d+)D", length)
            return calendar.add_working_days(day, int(days[1])) if days else None
        return calendar.add(day, length)
    except OverflowError:
        return None
