"""Goals of an act: what is to be covered, counted, reached, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors import tables
from extractors.mention import CountValue, DateValue, DeadlineValue, Mention, PercentValue, YuanValue, within
from extractors.text import Text
from pipeline.document import Bounds, Coverage, Span, Target
from pipeline.records import money


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with the clean spans of its measure and of its deadline."""

    target: Target
    measure: Span
    time: Span | None


_BASIC = r"基本(?:实现|达到|形成|做到)?(?:[^，。；\n]{0,24}?全覆盖|覆盖)|基本(?:实现)?全覆盖"
_FULL = (
    r"全覆盖|全面覆盖|全部覆盖|全员覆盖|(?:村村|校校|镇镇|县县|处处|个个|乡乡|户户)(?:都|皆|全)?(?:要)?(?:有|通|建有|设有|齐备|通达)|(?:都|均|全部|全都)(?:要)?(?:有(?![人所关效利])|建有|设有|设好|设(?=[\p{Han}&&[^定计想法备施]])|配有|配备|配上|装有|装上|(?:通|用|接)上(?=\p{Han})|出台(?!了)|建起|建立|建成|设立|设置|建好)"
    r"|(?:全面|全部)(?:建立|建成|设立|配备|建起|通达|配齐|到位|开通|装上|安装)(?!小康)|(?:全部|全面)[^，。；\n]{0,4}(?:配齐|通达)"
)
_COVERAGE = regex.compile(rf"(?P<basic>{_BASIC})|(?P<full>{_FULL})", flags=regex.V1)
_RATE_OF_COVERAGE = re.compile(
    r"(?P<of>[^，。；、\n]{0,8})(?:覆盖率|通达率|覆盖面|覆盖比例|建成率|通车率|通(?:硬化)?(?:路|车|水|电|客车|邮|网|宽带)率|设站率|配备率)[^，。；\n率]{0,24}$"
)
_OF_AREAS = regex.compile(r"森林|绿化|植被|人口|人群|参保|接种|面积|草原|绿地|疫苗|筛查|农田|水域|用户")
_UNITS_HAVE = regex.compile(
    r"(?:以上|左右)?的?(?P<unit>[^，。；、\n]{0,16}?(?:乡镇|街道|县|市|区|村|社区|中小学|学校|医院|机构|单位|企业|园区|站点|站|院|所|中心|小区|幼儿园|校|家庭农场|行政村|旗|苏木|单元|楼栋|书屋|网点|门店|餐饮店|店|场所|设施|泊位|船舶|车站))"
    r"(?:（[^（）\n]{1,10}）)?[^，。；\n]{0,6}?(?:都有|建立|建成|建有|设立|设有|配备|配有|装上|用上|通上|晚间|拥有|开放|开设|开展|接入|实现|覆盖|达到|开通|完成|建)"
)
_UNITS_THAT_HAVE = regex.compile(
    r"(?:建|办|设|有|配|开设|开展|实现|覆盖)[^，。；\n]{0,20}的[^，。；、\n]{0,8}(?:乡镇|街道|县|市|区|村|社区|学校|医院|机构|单位|企业|园区|站点|小区|幼儿园|校|苏木|店|书屋|网点|场所)"
    r"(?:（[^（）\n]{1,10}）)?[^，。；\n]{0,6}?(?:分别)?(?:达到|达|占|要占|超过)?[^，。；\n0-9]{0,4}$"
    r"|(?:乡镇|街道|县|村|社区|学校|医院|机构|企业|园区|小区|幼儿园)(?:建立|设立|配备|开展|实现|建成|接入)[^，。；\n]{0,12}的(?:要)?(?:达到|达|占|要占|超过)?$"
)
"""办起服务站的乡镇分别达到 before 30%."""
_LINKS_UNITS = regex.compile(
    r"(?:以上|左右)?的(?:（[^）\n]{1,10}）)?(?:县|市|区|乡镇|街道|村|行政村|建制村|社区|学校|医院|企业|园区)"
)
"""连通78%以上的县: a share of places that have the thing."""
_PROPORTION = regex.compile(r"(?:占比|比例|比重)[^，。；\n]{0,6}$")
"""有研发活动的企业占比提高到55%: a proportion, and no coverage."""
_INSTALLED = regex.compile(r"(?:安装|配备|配置|设置|建设|开通|接入|连通|覆盖|设立)率[^，。；\n]{0,10}$")
_RATES_OF_COVERAGE = regex.compile(
    r"(?:覆盖率|通达率|覆盖面|建成率)(?:[^，。；\n率]{0,12}[0-9.]+%)?，[^。；\n率比重]*$"
)
"""覆盖率，城镇学校达到100%、乡村学校达到85%: a rate named for all that the sentence tells."""
_CEILING = regex.compile(r"预付款|保证金|涨幅|上调|上浮|租金|收费|价格(?!公示)|抽查(?!合格)|抽检(?!合格)|留样")
"""What is limited or how often it is looked at, and no goal."""
_OF_A_CONDITION = regex.compile(r"(?:以上|以下|以内)?的，")
"""留用率不低于60%的，: who gets it."""
_ASPECTS = regex.compile(r"(?:大)?(?:方面|环节|步骤|阶段|层面|维度|部分|事(?![业故])|问题)")
_MAKES_UP = regex.compile(r"占[^，。；\n]{1,12}的$")
_COVERS = regex.compile(r"覆盖(?!率)(?:全[省市区县]|到)?[^，。；\n]{0,8}$")

_PAST = regex.compile(
    r"已|(?<![为除终末明未])了(?!解)|曾|共有|共实施|至今|现有|目前|累计|同比|环比|比上年|较上年|比去年|较去年|占全(?![省市县区州国]的比例)|截至"
)
_PAST_BY_THEN = regex.compile(r"已|曾|共有|共实施|至今|现有|目前|同比|环比|比上年|较上年|比去年|较去年|截至")
"""The same where a deadline says by when: 到2025年末，累计培训100万人次."""
_PAST_OF_A_BOUND = regex.compile(r"已|曾|共有|现有|目前|截至")
"""The same of what is asked for at least: 到年底，演出场次比上年增长15%以上."""
_OLD = regex.compile(r"(?:由|从)[^，。；\n]{0,8}$")
_NEW = regex.compile(r"(?:以上)?(?:提|增|升|上升|扩|降|下降|压)\p{Han}{0,2}[到至为]")
_OF_A_PLAN = regex.compile(r"完成[^，。；\n]{0,8}(?:计划|目标|任务)的")
"""完成年度计划的62%: how far one has come, unless a time says by when."""
_AS_OF = regex.compile(r"(?:截至|截止)(?:到|至)? ?$")
_ATTRIBUTIVE = regex.compile(r"(?:以前|之前|底前|前)[^，。；\n]{1,12}的")
"""2000年以前建成的小区: a time that describes a thing."""
_COMPARED = regex.compile(r"[比较] ?$")
_GOAL = regex.compile(
    r"力争|争取|确保|每年(?=组织|培训|遴选|新增|新建|改造|选派|培育|选拔|认定|扶持|建设)|要(?![求素点闻])|目标|计划|拟|将|应(?![急对用])|须|务必|必须|提出|明确|推动|推进|努力|预期|到位"
)
_REACH = regex.compile(
    r"达到|达|升至|升到|增收|提到(?=[0-9])|要?过(?=[一二三四五六七八九0-9])|稳在|压减到|提高|提升|增加|增长|增至|扩大|降低|降至|降到|压到|扩到|升到|要到|占到|站稳|冲刺|回升|接近|必须是|须为|要求在|率在|增速在|下降|控制|完成|实现|不低于|不少于|不高于|不超过|超过|突破|以上|保持|稳定在|高于|低于|压减|减少|提前|翻"
)
_DO = regex.compile(
    r"设立|建成|建设|开发|带动|新建|打造|培育|创建|选树|改造|完成|新增|培训|建立|扶持|认定|布局|实施|开展|引进|吸纳|组建|配备|形成|整治|达到|达|突破|超过|不少于|不低于"
    r"|至少|建好|开通|发展|推广|培养|招募|扩建|增加|增至|再增|扩到|增到|提供|筹集|筹建|开工|覆盖|推出|设置|淘汰|压减|安置|帮扶|转移|修缮|更新|遴选|推进|力争|扩大|提升|提高|招收|招录|取消|合并|扩至|打通|掺烧|添|添置|翻修|开出|换上|换成|装|安装|完工|竣工|投用|投入使用|交付|通车|完成|削减|减少|关停|拆除|治理|退出|造林|新造|修复|营造|训练|选聘|招录|迁出|搬出|组建|站稳|移栽|冲刺|铺设|架设|要在|栽植|种植|播种|清理|建|购置|更换|补充|安排(?=[0-9])"
)
_BINDS = regex.compile(r"，(?:务必|必须|须|应|要|均|确保|力争|全部)[^，]{0,4}$")
_RIGHT_BEHIND = regex.compile(
    r"(?:[0-9,.]+[万亿]?\p{Han}{1,3}、\p{Han}{2,8})*[0-9,.]+[万亿]?\p{Han}{1,3}(?:\p{Han}{0,6}?(?:须|应|要|务必|必须)|(?:最迟|争取|力争|确保|于|在))*"
)
_BY_THEN = regex.compile(r"(?:底|之|以)?前|[^，。；、\n0-9]{1,8}(?:[，。；\n]|$)")
_FINISHES = regex.compile(
    r"(?:底?前|内)(?:要|应|须)?(?:全部|全面)?(?:[治改][^，。；]{1,3}完毕|建成投用|建成|完工|完成|竣工|投用|投入使用|开放|到位|交付使用|交付)[。；\n]?$"
)
"""新建140所，新增学位2.1万个，11月底前建成投用。: a deadline at the end of a sentence, for all of it."""
_SPENT = regex.compile(r"，[^，。；]{0,4}已")
"""争取资金3.4亿元，已支出八成五: told, and not aimed at."""
_LENGTH = regex.compile(r"(?:全长|各?延伸)约?$")
"""线路全长41.8公里: what a thing measures."""
_NORM = regex.compile(r"每(?:个|所|家|座|处|只|支|村|站|社区|乡镇|街道|县|校|院|班|[0-9万]+)[^，。；\n]{0,14}$")
"""每村保洁员不少于2名: a norm of staff."""
_FORESEEN = regex.compile(r"(?<!将)会有$|可能[^，。；\n]{0,6}$|或将[^，。；\n]{0,4}$")
"""项目到期后会有10人退出: what someone foresees, and nobody's goal."""
_STAFF = frozenset({"名", "人", "位", "职工", "人员", "教师"})
_DEMANDS = regex.compile(
    r"不低于|不少于|不高于|不超过|不得|控制|达到|达|保持|稳定|提高|提升|降低|降至|确保|应(?!急)|力争"
)
_TASK_HEADING = regex.compile(r"(?:目标|任务|指标|重点|计划|安排)[^，。；\n]{0,6}\n$")
_ATTRIBUTE = regex.compile(
    r"的(?=\p{Han}{0,4}(?:企业|合作社|园区|集群|强?镇|大户|主体|品牌))|以下(?=\p{Han})|以[上下]的(?=\p{Han})|(?:的)?(?:范围|半径)|(?<=[米克岁斤吨])以上(?=\p{Han})|以上(?=[未不仍])|\p{Han}{1,6}的[“”\p{Han}]{0,10}率|以上(?:自然村|村民小组|行政村|企业|单位|学校|乡镇)"
)
_CLOSES = regex.compile(r"(?:以上|以下|以内|左右)?(?:[，。；、）\n]|$)|(?!以上|以下|以内)")
"""What lets a bound stand for a goal: nothing that it would be an attribute of (20蒸吨以下锅炉)."""
_MEASURES_OF_POLICY = regex.compile(r"条(?:具体|政策|支持|惠企)?(?:措施|意见|政策|举措|规定|建议|任务|内容)")
_NO_GOAL = re.compile(
    r"滞后|[前后][三四五六七八九十]位|建筑面积|抽验|占销售收入|报送|提交|推荐|名额|限报|可申报|申报条件|罚|处以|名单|参加人|页|份数|评委|专家组|每(?:家|个|名|人)[^，。；]{0,10}限"
)
_CONDITIONS = regex.compile(r"条件|资格|门槛|申报要求|申请要求|评审|评分|扣分|名额")
_NO_TASK = regex.compile(r"序号|涉及|现有|已有|原有|基数|人口|备注|电话|责任|投资|资金|金额")
_TASK_COLUMN = regex.compile(r"时限|目标|任务|计划|完成时间")
_PLAN_RULES = frozenset({"date.plan", "date.years"})
"""Times of a plan's whole span: no deadline, and what is done in them is a goal all the same."""

_OF_WHICH = regex.compile("其中|其余|余下|剩余")
_UNITS_THAT_LIST = frozenset(
    ("款 部门 方面 级 类 步 份 页 章 节 项规定 部委 阶段 大 环节 届 期 例 起 例病例 分 票").split()
)
_EACH = regex.compile("分别")
_FOR_EACH = regex.compile(r"，?[^，。；]{0,4}[各均]")
_AND = regex.compile(r"(?:以上|左右|以内)?(?:、|和|及|或|以及|与)(?:不低于|不少于|超过|约)?")
_COMMA = re.compile(r"[，。；\n：！？]")
_COMMA_BEFORE = regex.compile(r"(?r)[，。；\n：！？]")


_LOOK_BACK = 400
_MEASURES = frozenset({"COUNT", "PERCENT", "YUAN"})


class _Sentence:
    """One sentence with its times and measures in order."""

    def __init__(
        self, text: Text, span: Span, times: Sequence[Mention], due: dict[Span, Mention], *, is_plan: bool
    ) -> None:
        self.text = text
        self.start, self.end = span
        self.times = [
            t
            for t in times
            if (t.start, t.end) in due
            or not (_COMPARED.search(text.chars, max(0, t.start - 2), t.start) or _ATTRIBUTIVE.match(text.chars, t.end))
        ]
        self.due = due
        self.row = tables.at(text.rows, self.start)
        paragraph = text.paragraph(self.start)[0]
        heading = text.paragraph(paragraph - 1)[0] if paragraph else 0
        self.is_task = is_plan or (paragraph > 0 and _TASK_HEADING.search(text.chars, heading, paragraph) is not None)
        """Whether a plan says it, or a paragraph right below a heading that speaks of goals or tasks."""

    def so_far(self, position: int) -> int:
        """Where what leads up to a position begins: the sentence, or as far back as is looked."""
        return max(self.start, position - _LOOK_BACK)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The part between commas around a span, within the sentence."""
        chars = self.text.chars
        before = _COMMA_BEFORE.search(chars, self.start, start)
        after = _COMMA.search(chars, end, self.end)
        return before.end() if before else self.start, after.start() if after else max(end, self.end)

    def governing(self, position: int) -> Mention | None:
        """The last time before a position: it governs up to the next one. In a row of a table, the row's deadline."""
        if self.row is not None:
            return next((time for time in self.times if (time.start, time.end) in self.due), None)
        behind = next((time for time in self.times if time.start >= position), None)
        if behind is not None and self._is_right_behind(behind, position):
            return behind
        before = [time for time in self.times if time.end <= position]
        if len(before) > 1 and self._is_of_a_thing(before[-1], before[-2]):
            before.pop()
        if before and ((before[-1].start, before[-1].end) in self.due or before[-1].rule in _PLAN_RULES):
            return before[-1]
        return self._following(position, near=bool(before)) or (before[-1] if before else None)

    def _is_right_behind(self, time: Mention, position: int) -> bool:
        """其中首批15个9月25日前开行: whether a deadline stands right behind a measure, without a stop between."""
        chars = self.text.chars
        return (
            (time.start, time.end) in self.due
            and _RIGHT_BEHIND.fullmatch(chars, position, time.start) is not None
            and _BY_THEN.match(chars, time.end) is not None
        )

    def _is_of_a_thing(self, time: Mention, before: Mention) -> bool:
        """10月31日前，2022年结转资金使用率提高到90%: whether a time that is over only says which thing is meant."""
        due = self.due.get((before.start, before.end))
        if due is None or (time.start, time.end) in self.due or not isinstance(due.value, DeadlineValue):
            return False
        latest = due.value.latest
        return isinstance(time.value, DateValue) and latest is not None and time.value.end < latest

    def _following(self, position: int, *, near: bool) -> Mention | None:
        """A deadline after a measure that it governs: 首批63个小区明年5月底前完工, 承担6200户，务必于9月底前改造完毕."""
        chars = self.text.chars
        for time in self.times:
            if time.start < position or (time.start, time.end) not in self.due:
                continue
            between = chars[position : time.start]
            closes = _FINISHES.match(chars, time.end, self.end)
            if "，" not in between or (not near and (_BINDS.search(between) or closes)):
                return time
            return None
        return None

    def each_of(self, measure: Mention, time: Mention | None) -> list[Mention]:
        """The earlier times of an enumeration of which each has a measure of its own: 2024年、2025年各完成3万套."""
        if time is None or time not in self.times or not _FOR_EACH.match(self.text.chars, time.end, measure.start):
            return []
        run = _runs(self.text.chars, [t for t in self.times if t.start <= time.start])[-1]
        return [t for t in run if t is not time and (t.start, t.end) in self.due]

    def is_explicit(self, time: Mention | None) -> bool:
        """Whether 到, 前 or 内 makes a time a deadline, with which any verb sets a goal."""
        due = self.due.get((time.start, time.end)) if time is not None else None
        return due is not None and due.rule.startswith(
            ("deadline.goal.前", "deadline.goal.到", "deadline.goal.内", "deadline.bare")
        )

    def is_told(self, time: Mention | None) -> bool:
        """Whether a time says as of when something is told (截至11月底), and not by when it is to be."""
        if time is None or (time.start, time.end) in self.due:
            return False
        return _AS_OF.search(self.text.chars, max(self.start, time.start - 5), time.start) is not None


def find(text: Text, passages: Sequence[Span], mentions: Sequence[Mention], *, is_plan: bool = False) -> list[Goal]:
    """The goals that passages of an act state, each once, in order.

    `mentions` holds DATE, DURATION, DEADLINE, COUNT, PERCENT and YUAN mentions of the text in order of start. In a plan
    every sentence sets a task.
    """
    goals: list[Goal] = []
    seen: set[Target] = set()
    for passage in passages:
        told = within(mentions, *passage)
        for span in _telling(text, passage, told):
            inside = within(told, *span)
            due = {(m.start, m.end): m for m in inside if isinstance(m.value, DeadlineValue)}
            times = [m for m in inside if m.label == "DATE" or (m.label == "DURATION" and (m.start, m.end) in due)]
            sentence = _Sentence(text, span, times, due, is_plan=is_plan)
            for goal in sorted(_of_sentence(sentence, inside), key=lambda goal: goal.measure):
                if goal.target not in seen:
                    seen.add(goal.target)
                    goals.append(goal)
    return goals


def _telling(text: Text, passage: Span, told: Sequence[Mention]) -> list[Span]:
    """The sentences of a passage, in order, that hold a measure or a word of coverage: no other tells of a goal."""
    first, last = passage
    places = [m.start for m in told if m.label in _MEASURES]
    for match in _COVERAGE.finditer(text.chars, first, last):
        places += range(match.start(), match.end())  # 基本…！…全覆盖 runs over the ends of sentences
    spans = {text.sentence(place) for place in places}
    return sorted((max(start, first), min(end, last)) for start, end in spans)


def _of_sentence(sentence: _Sentence, inside: Sequence[Mention]) -> Iterator[Goal]:
    yield from _coverage(sentence)
    measures = [m for m in inside if m.label in _MEASURES]
    if not measures:
        return
    paired = _paired(sentence, measures)
    for measure in measures:
        target = _measure_kind(sentence, measure)
        if target is None:
            continue
        kind, value = target
        time = paired.get(measure.start) or sentence.governing(measure.start)
        for each in sentence.each_of(measure, time):
            yield _goal(sentence, kind, value, (measure.start, measure.end), each)
        if (
            time is None
            and sentence.row is None
            and kind == "count"
            and not _GOAL.search(sentence.text.chars, *sentence.clause(measure.start, measure.end))
            and not sentence.is_task
        ):
            continue
        yield _goal(sentence, kind, value, (measure.start, measure.end), time)


def _goal(sentence: _Sentence, kind: str, value: Bounds | Coverage, span: Span, time: Mention | None) -> Goal:
    due = sentence.due.get((time.start, time.end)) if time is not None else None
    deadline = due.value if due is not None and isinstance(due.value, DeadlineValue) else None
    if deadline is not None and deadline.earliest is None and deadline.latest is None:
        deadline = None
    target = Target(kind, value, deadline)  # type: ignore[arg-type]
    return Goal(target, span, (time.start, time.end) if time is not None and deadline is not None else None)


def _coverage(sentence: _Sentence) -> Iterator[Goal]:
    """全覆盖, 基本覆盖, 都有: goals unless told as done (实现了全覆盖)."""
    chars = sentence.text.chars
    for match in _COVERAGE.finditer(chars, sentence.start, sentence.end):
        left, _ = sentence.clause(*match.span())
        time = sentence.governing(match.start())
        told = chars.rfind("：", sentence.start, match.start()) + 1
        if sentence.is_told(time):
            continue
        since = max(time.end if time is not None else sentence.start, left - 24, told)
        if _PAST.search(chars, min(since, left), match.end()) or chars.startswith("了", match.end()):
            continue
        opened = chars.rfind("《", sentence.start, match.start())
        if opened > chars.rfind("》", sentence.start, match.start()):
            continue
        named: Coverage = Coverage("basic" if match["basic"] else "full")
        yield _goal(sentence, "coverage", named, match.span(), time)


def _measure_kind(sentence: _Sentence, measure: Mention) -> tuple[str, Bounds | Coverage] | None:
    """The kind of target that a quantity is, with its value; None where it describes, pays or limits."""
    chars = sentence.text.chars
    left, right = sentence.clause(measure.start, measure.end)
    time = sentence.governing(measure.start)
    is_due = time is not None and (time.start, time.end) in sentence.due
    since = time.end if time is not None and is_due else max(sentence.start, left - 30)
    past = _past(sentence, measure, time) if is_due or (time is not None and time.rule in _PLAN_RULES) else _PAST
    if past.search(chars, since, right) or _NO_GOAL.search(chars, left, right) or sentence.is_told(time):
        return None
    if _OLD.search(chars, left, measure.start) and _NEW.match(chars, measure.end):
        return None
    if not is_due and _OF_A_PLAN.search(chars, since, right):
        return None
    if not is_due and _CONDITIONS.search(chars, max(0, sentence.start - 30), right):
        return None
    value = measure.value
    is_task = sentence.is_task and (time is None or is_due)
    if sentence.row is not None:
        return _cell_kind(sentence.row, measure, is_due=is_due)
    is_due = is_due or (time is not None and time.rule in _PLAN_RULES)
    around = money.clause(chars, sentence.start, sentence.end, measure)
    if isinstance(value, CountValue):
        is_part = is_due and _OF_WHICH.match(chars, left) is not None
        is_bound = is_due and value.cmp in ("≥", ">", "≤") and _CLOSES.match(chars, measure.end) is not None
        is_bound = is_bound or sentence.is_explicit(time)
        if (
            value.unit in _UNITS_THAT_LIST
            or _ASPECTS.match(chars, measure.end)
            or not (is_part or is_bound or _DO.search(chars, left, _until(sentence, right, time)))
        ):
            return None
        if not is_due and not is_task and not _GOAL.search(chars, sentence.so_far(right), right):
            return None
        if _ATTRIBUTE.match(chars, measure.end):
            return None
        if _FORESEEN.search(chars, left, measure.start) or _LENGTH.search(chars, left, measure.start):
            return None
        if value.unit in _STAFF and _NORM.search(chars, left, measure.start):
            return None
        if _MEASURES_OF_POLICY.match(chars, measure.end - len(value.unit)) or _COVERAGE.search(
            chars, measure.end, right
        ):
            return None
        return "count", Bounds(value.cmp, value.low, value.high, value.unit)
    if isinstance(value, PercentValue):
        if money.is_share_of_money(around):
            return None
        return _share(sentence, measure, value, left, right, is_due)
    if isinstance(value, YuanValue) and not value.inherited and money.is_result(around):
        if _ATTRIBUTE.match(chars, measure.end) or _SPENT.match(chars, measure.end):
            return None
        is_goal = is_due or is_task or _GOAL.search(chars, sentence.so_far(right), right) is not None
        return ("yuan", Bounds(value.cmp, value.low, value.high)) if is_goal else None
    return None


def _past(sentence: _Sentence, measure: Mention, time: Mention | None) -> regex.Pattern[str]:
    """What of a measure that a time governs says that it is told, and not set."""
    is_bound = getattr(measure.value, "cmp", None) in ("≥", ">", "≤")
    if time is not None and time.rule in _PLAN_RULES:
        return _PAST_BY_THEN if is_bound else _PAST
    if not sentence.is_explicit(time):
        return _PAST
    return _PAST_OF_A_BOUND if is_bound else _PAST_BY_THEN


def _until(sentence: _Sentence, right: int, time: Mention | None) -> int:
    """The end of a measure's clause, or of that of the deadline behind it."""
    if time is None or time.start < right:
        return right
    return sentence.clause(time.start, time.end)[1]


def _cell_kind(row: tables.Row, measure: Mention, *, is_due: bool) -> tuple[str, Bounds | Coverage] | None:
    """A count in a table of tasks: the head of its column says what is to be done, or another that it is to be done."""
    value = measure.value
    column = row.column(measure.start)
    if not isinstance(value, CountValue) or not (_DO.search(column) or (is_due and not _NO_TASK.search(column))):
        return None
    if not is_due and not any(_TASK_COLUMN.search(head) for head in row.head):
        return None
    return "count", Bounds(value.cmp, value.low, value.high, value.unit)


def _share(
    sentence: _Sentence, measure: Mention, value: PercentValue, left: int, right: int, is_due: bool
) -> tuple[str, Bounds | Coverage] | None:
    chars = sentence.text.chars
    bounds = Bounds(value.cmp, value.low, value.high, value.unit)
    if _CEILING.search(chars, left, measure.start) or _OF_A_CONDITION.match(chars, measure.end):
        return None
    rate = _RATE_OF_COVERAGE.search(chars, left, measure.start)
    told_before = _RATES_OF_COVERAGE.search(chars, sentence.start, measure.start) is not None
    covers = _COVERS.search(chars, left, measure.start)
    first, last = _enumeration(sentence, measure)
    installed = _INSTALLED.search(chars, left, measure.start)
    have = (
        installed
        or _LINKS_UNITS.match(chars, last)
        or _UNITS_HAVE.match(chars, last)
        or _UNITS_THAT_HAVE.search(chars, left, first)
    )
    is_proportion = _PROPORTION.search(chars, left, measure.start) is not None
    of_areas = rate is not None and _OF_AREAS.search(rate["of"]) is not None
    if value.unit is None and not (is_proportion or of_areas) and (rate or covers or have or told_before):
        if is_due or _GOAL.search(chars, sentence.so_far(right), right) or value.cmp not in ("=", "≈"):
            return "coverage", Coverage(percent=bounds)
        return None
    if is_due and (_REACH.search(chars, left, right) or _MAKES_UP.search(chars, left, measure.start)):
        return "percent", bounds
    if sentence.is_task and sentence.governing(measure.start) is None and _REACH.search(chars, left, measure.start):
        return "percent", bounds
    demanded = value.cmp in ("≥", "≤") and _DEMANDS.search(chars, left, measure.start)
    if (demanded or _GOAL.search(chars, left, right)) and _REACH.search(chars, left, right):
        return "percent", bounds
    return None


_NEXT_SHARE = regex.compile(r"(?:(?:、|和|及)[0-9.]+%)*")
_EARLIER_SHARES = re.compile(r"(?:[0-9.]+%(?:、|和|及))*$")


def _enumeration(sentence: _Sentence, measure: Mention) -> Span:
    """Where the enumeration of shares begins and ends in which a measure stands: 30%、50%、70%以上."""
    chars = sentence.text.chars
    earlier = _EARLIER_SHARES.search(chars, sentence.start, measure.start)
    later = _NEXT_SHARE.match(chars, measure.end)
    return earlier.start() if earlier else measure.start, later.end() if later else measure.end


def _paired(sentence: _Sentence, measures: Sequence[Mention]) -> dict[int, Mention]:
    """Times for measures that 分别 ties in order: 到2021年底、2022年底，分别有30%、50%."""
    chars = sentence.text.chars
    runs = _runs(chars, measures)
    pairs: dict[int, Mention] = {}
    for run in runs:
        if len(run) == 1:
            continue
        before = [t for t in sentence.times if t.end <= run[0].start]
        times = _runs(chars, before)
        each = _EACH.search(chars, before[-1].end, run[0].start) if before else None
        if times and (len(times[-1]) == len(run) or (each and len(times[-1]) > 1)):
            pairs |= {measure.start: time for measure, time in zip(run, times[-1], strict=False)}
    return pairs


def _runs(chars: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one label joined by 、 or 和."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and runs[-1][-1].label == mention.label and _AND.fullmatch(chars, runs[-1][-1].end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs
