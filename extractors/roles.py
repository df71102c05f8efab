"""What the words around a time say of it: goal, window, expiry, as-of date, start date, or nothing.

A role rests on characters alone, so it is known before any date is resolved; the reference date and the deadlines
are chosen by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import regex

from extractors.text import Text

Role: TypeAlias = Literal["goal", "window", "expiry", "as-of", "start", "past", "recurring", "bare"]


@dataclass(frozen=True, slots=True)
class Cue:
    """The role of one time expression and the name of the rule that gave it."""

    role: Role
    rule: str


BARE = Cue("bare", "bare")

_ASIDE = r"(?:（[^（）\n]{1,10}）)?"
"""What may stand in brackets between a time and its governing word: （含）, （北京时间）, （星期五）."""

_APPLY = (
    "申报|申请|申领|报名|受理|征集|公示|投标|响应文件|招标文件|采购文件|磋商文件|谈判文件|文件获取|获取文件|购买|发售"
    "|领取|征求意见|意见反馈|填报|报送|提交|预约|认购|登记|递交|缴费|征缴|下载|参保|竞买|报价"
)
_LIMIT = "截止|截至|完成|整改|办结|报送|提交|交付|交货|申报|报名|反馈|缴纳|公示|征集|受理|获取|发售|递交|申请|审核|初审|缴费|确认|打印|投标|答疑|投票"

LEFT: tuple[tuple[str, Role, str], ...] = (
    # name, role, what stands right before the time
    ("recurring.每", "recurring", r"(?:每|历|逢|各)(?:年|月|季度|周|个)?(?:的|度)?"),
    ("recurring.次月", "recurring", r"[次翌]月"),
    ("as-of.以…为基准", "as-of", r"(?:数据|统计|时间)(?:截至|截止|截止到|截至到)"),
    ("as-of.标准时点", "as-of", r"(?:标准|统计|调查|核查)时点(?:[：:]|为|是)"),
    ("as-of.统计期限", "as-of", r"(?:统计|数据|报告)(?:期限|时段|区间|期间)(?:为|是|：|自|从)*"),
    (
        "goal.报名截至",
        "goal",
        rf"(?:{_LIMIT}|有效|日期|时间|期限)[^，。；\n]{{0,6}}(?:截至|截止)(?:到|至|于|为|是|时间为)?[：:]?",
    ),
    (
        "goal.截止时间",
        "goal",
        rf"(?:{_LIMIT})(?:[及和与、][^，。；：\n]{{2,4}})?(?:的)?(?:时间|时限|日期|期限|日|时点)[^，。；\n]{{0,8}}?(?:[：:]|为|是|定于|至|到|于)+",
    ),
    (
        "goal.完成时限",
        "goal",
        r"(?<!规划|实施|建设|服务|合同|项目|施工|借款|贷款|有效|执行|试行)(?:时限|期限)(?:要求)?(?:[：:]|为|是)",
    ),
    ("goal.截止日期", "goal", r"(?<!统计|数据)(?:截止|截标)(?:时间|日期|日|时点)"),
    ("as-of.截至", "as-of", r"(?:截至|截止)(?:(?:到|至|于)|(?:目前|当前|今)（)?"),
    (
        "expiry.有效期至",
        "expiry",
        r"(?:有效期|执行期|试行期|施行期|有效期限|延长|延续|延期|顺延|推迟|展期|执行|实施|施行|保留|有效|续期)(?:期限|时间|日期|期)?(?:[：:为是])?(?:至|到|截至|截止)(?:到)?",
    ),
    ("past.追溯到", "past", r"(?:追溯|回溯|早|回|上溯|溯|始|相当|恢复|返回)(?:到|至|于|在)"),
    ("goal.到", "goal", r"(?<![达得看遇感受做想说谈提涉收直送临轮算])(?:到|至|迄)"),
    (
        "goal.不迟于",
        "goal",
        r"(?:不超过|不得超过|不迟于|不晚于|不得晚于|不得迟于|(?:最迟|至迟|最晚)(?:应当?|须|要)?(?:于|在)?)",
    ),
    ("goal.力争", "goal", r"(?:力争|争取|确保|务必|保证|力保)(?:在|于|用)?"),
    ("start.自", "start", r"(?:自|从|起始于|始于|开始于|起于|由)"),
    ("bare.于", "bare", r"(?:于|在)"),
)

RIGHT: tuple[tuple[str, Role, str], ...] = (
    # name, role, what stands right after the time
    (
        "goal.前",
        "goal",
        rf"{_ASIDE}(?:(?:下班|中午|午夜)(?=[之以]?前))?(?:之前|以前|(?<=[底末日])前(?=\d)|前(?=一律|一次性|一并)|前(?![移进]|提(?![交出供报请])|[后往来列夕期述款景沿端去置瞻途线一二两三四五六七八九十\d几半])){_ASIDE}",
    ),
    ("goal.内", "goal", rf"{_ASIDE}(?:之内|以内|内(?![部地外容涵在陆资需销河]))"),
    ("goal.截止", "goal", rf"{_ASIDE}(?:截止|止(?![境步损血痛住]))"),
    ("goal.停止", "goal", r"[^，。；、\n]{0,2}(?:停止|结束)(?:申报|受理|报名|接收|申请)|关门"),
    ("goal.关闭", "goal", r"[^，。；、\n]{0,4}(?:系统|平台|端口|通道)(?:自动)?关闭"),
    ("expiry.到期", "expiry", rf"{_ASIDE}[^，。；、\n]{{0,3}}?(?:到期|届满|期满|失效|废止|自动失效|终止)"),
    ("as-of.标准时点", "as-of", r"(?:零时|24时)?为(?:标准|统计|核查)?时点"),
    (
        "as-of.年末实有",
        "as-of",
        r"(?<=[底末])，?(?:全[省市县区州旗])?(?:实有|共有|拥有|常住|户籍|在册|存栏|登记在册|参保)",
    ),
    ("start.起", "start", r"(?:起(?![草步到诉点源]|来)|开始|以来|之后|以后|后(?![备勤期续])|始(?!终))"),
)

_LEFT = regex.compile("|".join(f"(?P<L{i}>{pattern})$" for i, (_, _, pattern) in enumerate(LEFT)))
_RIGHT = regex.compile("|".join(f"(?P<R{i}>{pattern})" for i, (_, _, pattern) in enumerate(RIGHT)))
_LEFT_LAST = frozenset("（过每历逢各年月季度周个的度至到于为是：:截止时间定止在自从由于争取保证务必确力迟晚期限段求要")
_LOOK_BACK = 18

_AND = regex.compile(r"(?:、|和|及|或|以及|与)(?:于|在|到|至)?")
_WINDOW_BEFORE = regex.compile(rf"(?:{_APPLY})[^。；\n]{{0,24}}$")
_WINDOW_AFTER = regex.compile(
    rf"(?:期间|，|内|为|是|可|可以|（[^（）\n]{{1,16}}）){{0,4}}(?:[^，。；\n]{{0,12}}?|(?:登[录陆]|通过|前往)[^，。；\n]{{2,24}}?)(?:{_APPLY})|，每[天日][^。；\n]{{0,120}}?(?:下载|获取|领取|购买|报名|受理|申请)|[^。；\n]{{0,30}}(?:系统|平台|端口|通道)[^。；\n]{{0,6}}(?:关闭|截止)"
)
_ASKED = regex.compile("(?:应当?|须|可|请)[于在]?$")
_TO_DO = regex.compile(r"(?:期间|之间|内)?[^，。；\n]{0,16}(?:办理|缴纳|缴存|参保|登记|下载|获取|领取)")
"""应在7月1日至8月31日期间办理, 请于4月17日至23日登录…下载: when those who are concerned are to act."""
_WINDOW_FROM = regex.compile(rf"(?:{_APPLY})(?:材料)?(?:期|时间|期限|期间|日期|起止时间)(?:为|是|：|:)?[自从]$")
"""公示期自4月1日至4月7日."""
_VALID_BEFORE = regex.compile(r"(?:有效期|执行期|试行期|有效期限|执行期限|执行时间|有效时间)[^。；\n]{0,8}$")
_COUNTED = regex.compile(r"，?[^，。；\n]{0,8}(?:共(?![0-9]{1,3}个?(?:工作)?[日天])|累计|已|同比|新增)")
_DONE = regex.compile(
    r"[^，。；\n]{0,30}(?<![通超经])过(?![程后渡期去])|(?:期间)?[^，。；\n]{0,6}(?:已|建成|取得|获得|实现)"
)
"""What was done in a range of days that is over."""
_NOT_WINDOW = regex.compile(
    r"(?:建设|实施|规划|项目|施工|服务|培训|活动|会议|考试|面试|面谈|开标|评审)(?:期|周期|时间|期限)[^。；\n]{0,6}$"
)
_LABEL = re.compile(r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）).．、][ ]?)?(?:(?:时间|日期|期限|起止时间)[：:])?")
_WINDOW_HEADING = regex.compile(rf"(?:{_APPLY}|采购文件|招标文件|谈判文件|磋商文件)[^，。；\n]{{0,8}}\n$")
"""三、获取招标文件 ⏎ 时间：…: a heading says what the window below it is for."""
_VALID_HEADING = regex.compile(r"(?:有效期|执行期|试行期|有效时间|执行时间)限?\n$")
"""四、执行期 ⏎ 2024年6月1日至2025年5月31日。: a heading says that what stands below it is how long a rule holds."""
_CLOSING_HEADING = regex.compile(r"(?:截止|截标|递交)[^，。；\n]{0,14}\n$")
"""四、投标截止、开标时间和地点 ⏎ 2022年4月8日: a heading says that what stands below it is a closing day."""
_BY_ASIDE = ("）前", "）之前", "）以前")
_MOVED = regex.compile(
    r"(?:截止|截标|递交|提交|获取|报名|申报)[^。；]{0,70}?(?:更正|变更|调整|修改|更改|改)[为至到][：:]?$"
)
"""截止时间原为9月18日9时，更正为9月26日9时: what a deadline is moved to."""
_MOVED_FROM = 90
"""Characters before a time within which that is told."""
_RANGE_JOINT = re.compile(r"至|到|[—–~～-]")


def find(text: Text, spans: Sequence[tuple[int, int]]) -> list[Cue]:
    """The cue of each time expression, given their spans in order; items of an enumeration share what governs it."""
    cues: list[Cue] = []
    for first, last in _enumerations(text.chars, spans):
        shared = _shared_cue(text, spans[first][0], spans[last][1])
        for index in range(first, last + 1):
            own = shared
            if shared is BARE:
                own = _window(text, *spans[index])
            elif shared.rule in _ONLY_FIRST and index > first:
                own = BARE
            cues.append(own)
    return cues


_ONLY_FIRST = frozenset({"start.自", "recurring.每"})


def _enumerations(chars: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of times joined by 、 or 和, as first and last index."""
    runs: list[tuple[int, int]] = []
    for index, (start, _) in enumerate(spans):
        if runs:
            between = chars[spans[index - 1][1] : start]
            if 0 < len(between) <= 3 and _AND.fullmatch(between):
                runs[-1] = (runs[-1][0], index)
                continue
        runs.append((index, index))
    return runs


def _shared_cue(text: Text, start: int, end: int) -> Cue:
    chars = text.chars
    line = text.paragraph(start)[0]
    if (
        line
        and _LABEL.fullmatch(chars, line, start)
        and _CLOSING_HEADING.search(chars, text.paragraph(line - 1)[0], line)
    ):
        return Cue("goal", "goal.标题截止")
    left = _match_left(chars, start)
    if left is not None and left.rule == "start.自" and _RANGE_JOINT.search(chars, start + 1, end - 1):
        sentence = max(text.sentence(start)[0], start - 20)
        if _VALID_BEFORE.search(chars, sentence, start):
            return Cue("expiry", "expiry.执行期")
        return Cue("window", "window.申报时间") if _WINDOW_FROM.search(chars, sentence, start) else left
    if left is not None and (left.role in ("recurring", "past") or left.rule == "as-of.统计期限"):
        return left
    right = _match_right(chars, end)
    if right is not None:
        if right.rule == "goal.截止" and left is not None and left.role == "as-of":
            return Cue("goal", "goal.截至…止")
        return right
    if chars.startswith(_BY_ASIDE, end) and chars[start - 1 : start] == "（":
        return Cue("goal", "goal.前")  # 本月底（8月31日）前
    if left is None:
        is_moved = _MOVED.search(chars, max(0, start - _MOVED_FROM), start) is not None
        return Cue("goal", "goal.更正为") if is_moved else BARE
    if left.rule == "goal.截止时间" and _COUNTED.match(chars, end):
        return BARE  # 受理时间为5月20日至7月10日，共受理153份
    if left.role == "as-of" and chars.startswith(("之日", "日期"), end):
        return Cue("goal", "goal.截止日")
    return left


def _match_left(chars: str, start: int) -> Cue | None:
    if not start or chars[start - 1] not in _LEFT_LAST:
        return None
    match = _LEFT.search(chars, max(0, start - _LOOK_BACK), start)
    if match is None or match.lastgroup is None:
        return None
    name, role, _ = LEFT[int(match.lastgroup[1:])]
    return None if role == "bare" else Cue(role, name)


def _match_right(chars: str, end: int) -> Cue | None:
    match = _RIGHT.match(chars, end)
    if match is None or match.lastgroup is None:
        return None
    name, role, _ = RIGHT[int(match.lastgroup[1:])]
    return Cue(role, name)


def _window(text: Text, start: int, end: int) -> Cue:
    """Whether a range of days is one in which to apply, to buy documents, to comment, or in which a rule is valid."""
    chars = text.chars
    if not _RANGE_JOINT.search(chars, start + 1, end - 1):
        return BARE
    sentence_start, sentence_end = text.sentence(start)
    if _VALID_BEFORE.search(chars, max(sentence_start, start - 20), start):
        return Cue("expiry", "expiry.执行期")
    if _DONE.match(chars, end, sentence_end) or _COUNTED.match(chars, end, sentence_end):
        return BARE
    if _NOT_WINDOW.search(chars, max(sentence_start, start - 16), start):
        return BARE
    if _WINDOW_BEFORE.search(chars, max(sentence_start, start - 32), start):
        return Cue("window", "window.申报时间")
    if _WINDOW_AFTER.match(chars, end, sentence_end) or (
        _ASKED.search(chars, max(sentence_start, start - 4), start) and _TO_DO.match(chars, end, sentence_end)
    ):
        return Cue("window", "window.期间申报")
    line = text.paragraph(start)[0]
    if line and _LABEL.fullmatch(chars, line, start):
        heading = text.paragraph(line - 1)[0]
        if _VALID_HEADING.search(chars, heading, line):
            return Cue("expiry", "expiry.标题")
        if _WINDOW_HEADING.search(chars, heading, line):
            return Cue("window", "window.标题")
    return BARE
