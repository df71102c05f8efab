"""Findings about stages: what a tender and a recruitment go through in an order, dated out of it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

import regex

from extractors.mention import DateValue, DurationValue, Mention
from extractors.text import clause_start
from pipeline.checks.facts import Facts, span
from pipeline.document import Finding

_FIRST = itemgetter(0)
_RECRUITS = regex.compile("招聘|招录|招考|招募|选调|考试")
_EXAM_STAGES = tuple(
    regex.compile(stage)
    for stage in (
        r"报名",
        r"准考证",
        r"笔试(?!成绩)",
        r"笔试成绩",
        r"(?:资格)?复审|资格复核",
        r"(?<!进入)面试(?!成绩|人员|人选|名单|资格)",
        r"体检",
    )
)
"""What an applicant for a post goes through, in order."""


_ONLY_TIME = regex.compile(r"(?:考试)?(?:时间|日期)?(?:定于|为|：|拟于|于)?")


def _exam_stage(chars: str, date: Mention) -> int | None:
    """The stage that the clause before a date, or its heading, is about."""
    begin = clause_start(chars, date.start, "，。；\n")
    if _ONLY_TIME.fullmatch(chars, begin, date.start) and chars[begin - 1 : begin] == "。":
        begin = clause_start(chars, begin - 1, "，。；\n")  # （一）笔试。时间为…
    clause = chars[begin : date.start]
    found = [(m.end(), i) for i, stage in enumerate(_EXAM_STAGES) for m in stage.finditer(clause)]
    return max(found)[1] if found else None


def exam_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """Stages of a recruitment in an order that they cannot have (笔试成绩6月20日公布，复审对象于6月13日…)."""
    title = next((act.title[0] for act in facts.acts if act.is_document and act.title is not None), "")
    if _RECRUITS.search(title) is None:
        return
    reached: list[tuple[int, Mention, DateValue]] = []
    for date, cue in facts.dates:
        stage = _exam_stage(facts.text.chars, date)
        if stage is None or cue.role not in ("bare", "window", "goal") or not isinstance(date.value, DateValue):
            continue
        for earlier_stage, earlier, value in reached:
            if earlier_stage < stage and date.value.end < value.start:
                message = f"What is dated {date.value.end} can only follow what is dated {value.start}."
                yield facts.finding("date-out-of-sequence", message, span(earlier), span(date))
                break
        reached.append((stage, date, date.value))


_TENDERS = regex.compile("招标|采购|投标|磋商|谈判|询价|开标|中标|合同")
_TENDER_STAGES = tuple(
    regex.compile(rf"(?:{stage})(?:时间|日期|日)?(?:[：:〕】]|于|在|为|(?:顺延|延期|延长|推迟)?至)?$")
    for stage in (
        r"立项(?:批复)?|备案",
        r"(?:首次|招标|采购|磋商|谈判|询价|项目)公告(?:发布)?",
        r"更正(?:公告)?",
        r"(?:投标|递交|响应文件(?:递交|提交)?)的?截止",
        r"开标|(?:响应文件)?开启",
        r"(?:评审|评标|磋商|谈判)(?:开始)?",
        r"(?:采购人|招标人)?确认",
        r"定标|(?:中标|成交)(?:通知书)?(?:结果)?(?:公告|公示|发出)?",
        r"合同签订",
        r"合同公告",
        r"验收",
    )
)
"""What a tender goes through, in order, as the labels of its dates."""


_CLAUSE_END = regex.compile("[，。；\n]")
_LONGEST_CLAUSE = 60
_STAGE_ENDS = frozenset("〕】认：:于在为至间期日项复案告布止标启审商判书果示交出订收")
"""What the words before a date end in, where they may be the label of a stage."""


_ONLY_LABEL = regex.compile(r"(?P<heading>[^，。；：\n]{2,8})\n(?P<label>(?:时间|日期)[：:])$")
_LABEL = 16
"""Characters before a date that may label it."""
_ANNOUNCED, _CLOSING = 1, 3
_HANDED_IN = regex.compile(
    r"(?:（北京时间）)?(?:之|以)?前[^，。；\n]{0,4}(?:递交|提交|送达)[^，。；\n]{0,4}(?:投标|响应)文件"
)
"""于6月4日9时30分（北京时间）前递交投标文件: the closing of bids, told behind its time."""


_ONCE = regex.compile(r"原[^“”，。；\n]{0,4}“[^”\n]*$")
"""原“投标截止时间：9月26日9时”，现更正为: what it was before."""
_MOVED = regex.compile("[”，]{0,2}现?(?:推迟|更正|变更|延期|顺延|调整|改)[为至到]")
"""截止时间为10月31日，现推迟至11月8日."""
_TOLD_BEHIND = regex.compile(
    r"(?:[^，。；\n]{0,4}(?:(?P<opened>(?:在[^，。；\n]{2,24})?开标)|(?P<awarded>(?:发布|发出)?(?:中标|成交)公告|向[^，。；\n]{1,12}发出(?:中标|成交)通知书)|(?P<judged>评标|评审)|(?P<signed>(?<!以来)签订(?!的)[^，。；\n]{0,8}合同)))[，。；]"
)
"""9月6日开标，: a stage told behind its day."""
_STAGE_TOLD = {"opened": 4, "judged": 5, "awarded": 7, "signed": 8}


_DEPOSIT = regex.compile(
    r"(?<!履约|质量|工资|质保)保证金(?!退)[^，。；\n]*(?:转入|缴[纳存]|交[纳存]|到账|汇入|汇到|递交|提交|打入)|(?:转入|缴[纳存]|交[纳存]|到账|汇入|递交|提交|打入)[^，。；\n]{0,6}(?<!履约|质量|工资)保证金"
    r"|送样(?:时间|日期)|样品[^，。；\n]{0,4}(?:递交|提交|送达)"
)
"""投标人须在8月28日前将保证金转入指定账户: what is handed in before bids close."""


def _tender_stage(chars: str, date: Mention) -> float | None:
    """The stage of a tender that the words around a date tell, or those right before it label it with."""
    if _is_of_deposit(chars, date):
        return (_ANNOUNCED + _CLOSING) / 2
    if _HANDED_IN.match(chars, date.end):
        return _CLOSING
    if chars.endswith(("公告为", "更正为"), 0, date.start):
        return None  # what it was in a notice before
    if _MOVED.match(chars, date.end) or _ONCE.search(chars, max(0, date.start - 40), date.start):
        return None
    told = _TOLD_BEHIND.match(chars, date.end)
    if told is not None:
        return _STAGE_TOLD[told.lastgroup or ""]
    before = chars[max(0, date.start - _LABEL) : date.start].rstrip("| \t")
    if before.endswith(("时间：", "日期：")) and (heading := _ONLY_LABEL.search(before)) is not None:
        before = f"{heading['heading']}{heading['label']}"  # 6. 开标 ⏎ 时间：
    elif before.endswith("\n"):
        before = before.rstrip("\n").rpartition("\n")[2]  # 七、合同签订日期 ⏎ 2023年9月12日
    if before[-1:] not in _STAGE_ENDS:
        return None
    return next((i for i, label in enumerate(_TENDER_STAGES) if label.search(before)), None)


def _is_of_deposit(chars: str, date: Mention) -> bool:
    if "保证金" not in chars and "样" not in chars:
        return False
    clause = clause_start(chars, date.start, "，。；\n")
    limit = date.end + _LONGEST_CLAUSE
    stop = _CLAUSE_END.search(chars, date.end, limit)
    return _DEPOSIT.search(chars, clause, stop.start() if stop else limit) is not None


def stages_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """Labelled dates of a tender in an order that they cannot have (招标公告日期：7月19日 … 评审日期：7月11日)."""
    if _TENDERS.search(facts.text.chars) is None:
        return
    reached: list[tuple[float, Mention, DateValue]] = []
    for date, _ in facts.dates:
        stage = _tender_stage(facts.text.chars, date)
        if stage is None or not isinstance(date.value, DateValue):
            continue
        for other, earlier, value in reached:
            first, then = sorted(((other, value), (stage, date.value)), key=_FIRST)
            if first[0] < then[0] and then[1].end < first[1].start:
                message = f"What is dated {then[1].end} can only follow what is dated {first[1].start}."
                yield facts.finding("date-out-of-sequence", message, span(earlier), span(date))
                break
        reached.append((stage, date, date.value))


_ALL_DAYS = regex.compile(r"(?:共|为期|历时|总共|合计)[^，。；\n]{0,2}$")
_STAGE_OF = regex.compile(r"(?:阶段|第[一二三四五六七八]步)[^。；\n]{0,16}$")
_FEWEST = 3


def lengths_not_total(facts: Facts) -> Iterator[Finding]:
    """The days of the stages and those of all of them (共100天，分四个阶段 … 第一阶段：动员部署（15天）…)."""
    chars = facts.text.chars
    total: tuple[Mention, int] | None = None
    stages: list[tuple[Mention, int]] = []
    for mention in facts.mentions:
        length = _days(mention)
        if length is None:
            continue
        if _ALL_DAYS.search(chars, max(0, mention.start - 6), mention.start):
            yield from _stages_judged(facts, total, stages)
            total, stages = (mention, length), []
        elif _STAGE_OF.search(chars, max(0, mention.start - _TO_STAGE), mention.start):
            stages.append((mention, length))
    yield from _stages_judged(facts, total, stages)


_TO_STAGE = 24
"""Characters before the days of a stage in which it is named."""


def _stages_judged(
    facts: Facts, total: tuple[Mention, int] | None, stages: list[tuple[Mention, int]]
) -> Iterator[Finding]:
    added = sum(length for _, length in stages)
    if total is None or len(stages) < _FEWEST:
        return
    whole = total[1]
    if added != whole and abs(added - whole) * 4 <= whole:
        message = f"The stages add up to {added} days, not to the {whole} stated."
        yield facts.finding("parts-not-total", message, span(total[0]), *(span(m) for m, _ in stages))


def _days(mention: Mention) -> int | None:
    """The days of a length of time that is told in days."""
    value = mention.value
    if not isinstance(value, DurationValue) or value.low is None or value.low != value.high:
        return None
    found = regex.fullmatch(r"P([0-9]+)D", value.low)
    return int(found[1]) if found else None
