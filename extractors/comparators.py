"""What the words around a quantity say of it: at least, more than, at most, less than, about.

Following art. 1259 of the Civil Code, 以上, 以下 and 以内 include the number, 超过 and 不满 do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractors.mention import Comparator

# Words before a quantity. The longest word that ends at the quantity counts, so that 不超过 is not 超过.
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (
        "≥",
        "不(?:得|能|应|可|宜|会)?(?:低于|少于|小于|下于|短于|弱于|窄于|薄于|轻于)|至少|最低|最少|起码|下限|底线|(?:大于|高于|多于)(?:或者?)?等于",
    ),
    (">", "超过|超出|突破|冲破|跨过|迈过|高于|多于|大于|长于"),
    (
        "≤",
        "(?:不|未|没有?)(?:得|能|应|可|宜|会|再)?(?:高于|超过|多于|大于|突破|超出|超|长于|宽于|厚于|重于)|至多|最多|最高(?:投标)?(?:限价|限额)?"
        "|限价|上限|封顶线?|顶格|(?:小于|低于|少于)(?:或者?)?等于|控制在",
    ),
    ("<", "低于|不满|不足|不到|少于|小于|未满|未达到?|未到"),
    ("≈", "大约|大概|将近|接近|约(?=占)"),
)
# Short words and signs compare only what they stand beside; as parts of other words (节约, 最近) they compare nothing.
_BESIDE: tuple[tuple[Comparator, str], ...] = (
    ("≥", "(?<![不未圆丰饱充美自小期届年])满|上(?=[百千万亿])|≥|>=|＞="),
    (">", "(?<![高])超|逾|(?<![通经不])过(?=[百千万亿半])|(?<=[要将已均率总须可刚位数量值额积模])过|>|＞"),
    ("≤", "≤|<=|＜="),
    ("<", "<|＜"),
    ("≈", "(?<![节合条契制预公签违集隐简大])约|约合|(?<![最附邻靠亲远将])近|≈"),
)
_NO_STOP = r"[^，。；、：！？,;\n0-9]"
# Words that may stand between a comparing word and its quantity: 约占总数的12.5%, 最高奖励50万元, 不低于每人每月300元.
_LINK = (
    f"占?{_NO_STOP}{{1,14}}的|(?:省级|中央|市级|上级|县级|本级)(?:财政)?(?:补助|资金|投入)(?:资金)?|占|分别为|为|是|计|达到?|到|至|在|可达?|可得|可补|能|补|给|奖|贴|报|代缴|报销|赔付|赔偿|补偿|支付|给予|奖励|补助|补贴|资助|支持|奖补|每{_NO_STOP}{{1,6}}|一次性"
    "|人民币|[:：]|（含）|\\(含\\)|比例|(?:低保|投资|工程|项目|合同)?(?:标准|总价|造价|投资额|总投资)的?|总额|额度|贷款|授信|中标|成交|推荐|申报|申请|获得?|增长|提高|下降|降低|减少|增加"
    "|(?:建成|建设|建立|设立|设置|新建|改造|新增|培育|培养|培训|打造|创建|配备|组建|举办|开展|开设|完成|安排|投入|拿出|引进|建|设|办|配|备|有|承担|承接|拥有|具有)[了过]?"
    f"|(?:配备|备|配|建|设|添置|购置|聘|有|申请|绑定|取得|转化|召开|选派){_NO_STOP}{{0,6}}"
)
_BESIDE_LINK = "占|为|有|达到?|人民币"
_GROUPS: tuple[Comparator, ...] = tuple(cmp for cmp, _ in _BEFORE + _BESIDE)
_WORDS_BEFORE = regex.compile(
    f"(?:(?:{'|'.join(f'({words})' for _, words in _BEFORE)})(?:{_LINK}){{0,3}}"
    f"|(?:{'|'.join(f'({words})' for _, words in _BESIDE)})(?:{_BESIDE_LINK})?)(?=.$)",
    regex.DOTALL,
)
_AFTER = re.compile(
    r"(?P<more>[余多]?)(?P<brackets>[（(](?P<without>不)?含[^）)\n]{0,6}[）)])?"
    r"(?:(?P<ge>及?以上|或以上|和以上|之上|起(?:步|付|(?![来草诉到用伏码案])|(?=[，。；、）)]))|保底|兜底|打底|有余|为下限|为底线|出头)"
    r"|(?P<le>及?以下|或以下|以内|之内|之下|封顶|为限|为上限|为最高限额)"
    r"|(?P<about>左右|上下(?![浮班])|上下浮动(?!$)))?(?P<brackets2>[（(](?P<without2>不)含[^）)\n]{0,6}[）)])?"
)
_JOINS = regex.compile(r"[（(](?:小写|大写|即)?[：:]?|\s*(?:、|和|及|以及|或者?|与)\s*(?:分别)?")
_LIMIT = re.compile(
    r"(?:最高[^，。；\n]{0,6}(?:限额|额|额度|标准)|限额|上限|封顶线|限价)(?:分别)?(?:由|从)(?:原来?的?|每[人户月年]{1,2}(?:每[月年])?)?$"
)
_CHANGED = regex.compile(
    r"(?:分别)?(?:提高|上调|提升|增加|调整|降低|下调|扩大|放宽|调高|提|降)(?:到|至|为)(?:每[人户月年]{1,2}(?:每[月年])?)?"
)
"""最高支付限额由60元提高到100元: both are limits."""
_FARTHEST = 30
"""Characters before a quantity among which its comparing word stands."""


def before(chars: str, start: int, floor: int = 0) -> Comparator | None:
    """The comparator in the words that end at `start`, looked for no further back than `floor`."""
    match = _WORDS_BEFORE.search(chars, max(floor, start - _FARTHEST), start + 1)
    return _GROUPS[match.lastindex - 1] if match and match.lastindex else None


def after(chars: str, end: int) -> Comparator | None:
    """The comparator in the words that begin at `end`."""
    match = _AFTER.match(chars, end)
    if match is None or not match[0]:
        return None
    without = match["without"] or match["without2"]
    if match["ge"]:
        return ">" if without else "≥"
    if match["le"]:
        return "<" if without else "≤"
    if match["about"]:
        return "≈"
    return "≥" if match["more"] else None


def govern(chars: str, spans: Sequence[tuple[int, int]], ranges: Sequence[bool] | None = None) -> list[Comparator]:
    """The comparator of each quantity; the spans are in order and of one kind, `ranges` says which are ranges.

    In an enumeration (30%、50%、70%以上) a comparing word before the first or after the last governs all of it,
    but for those that have one of their own. Where a range stands among them (四层、五层至六层、七层及以上) they are classes,
    each with its own.
    """
    found: list[Comparator | None] = []
    groups: list[int] = []
    floor = 0
    is_raised = is_limit_again = False
    for i, (start, end) in enumerate(spans):
        raised = bool(i) and _is_raised_limit(chars, spans[i - 1], floor, start)
        is_next = is_raised and _NEXT_RAISED.fullmatch(chars, floor, start) is not None
        is_changed = is_limit_again and _CHANGED.fullmatch(chars, floor, start) is not None
        joined = bool(i and (_JOINS.fullmatch(chars, floor, start) or raised or is_next or is_changed))
        is_raised, is_limit_again = raised or is_changed, is_next
        groups.append(groups[-1] if joined else i)
        own = after(chars, end)
        if own is None:
            own = "≤" if _LIMIT.search(chars, max(floor, start - _FARTHEST), start) else before(chars, start, floor)
        found.append(own)
        floor = end
    classes = {group for group, is_range in zip(groups, ranges or (), strict=False) if is_range}
    return [
        own or "=" if group in classes else shared
        for own, group, shared in zip(found, groups, _share(found, groups), strict=True)
    ]


def _is_raised_limit(chars: str, first: tuple[int, int], end: int, start: int) -> bool:
    """Whether the words between two quantities raise a limit from the one to the other."""
    limit = _LIMIT.search(chars, max(0, first[0] - _FARTHEST), first[0])
    return limit is not None and _CHANGED.fullmatch(chars, end, start) is not None


_NEXT_RAISED = regex.compile(r"[，；、][^，。；、0-9]{1,12}?(?:由|从)")
"""单职工最高额度由40万元提高到50万元，双职工由60万元: the limit of another, raised in the same words."""


def _share(found: list[Comparator | None], groups: list[int]) -> list[Comparator]:
    """Comparators where each that has none takes that of its enumeration's first or else last member."""
    lasts = {group: i for i, group in enumerate(groups)}
    return [own or found[group] or found[lasts[group]] or "=" for own, group in zip(found, groups, strict=True)]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as found and before it is compared: its ends in the unit's measure.

    `high` equals `low` unless the quantity is a range; `more` marks one that is written as a lower bound (300余).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    more: bool
    rule: str


def settle(
    chars: str, quantities: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Comparator, Decimal | None, Decimal | None]]:
    """Each quantity with its comparator and its lower and upper bound; a bound that is not set is None."""
    comparators = govern(chars, [(q.start, q.end) for q in quantities], [q.high != q.low for q in quantities])
    for quantity, cmp in zip(quantities, comparators, strict=True):
        if quantity.high != quantity.low:
            yield quantity, "range", min(quantity.low, quantity.high), max(quantity.low, quantity.high)
            continue
        if quantity.more and cmp == "=":
            cmp = "≥"
        low = None if cmp in ("≤", "<") else quantity.low
        high = None if cmp in ("≥", ">") else quantity.high
        yield quantity, cmp, low, high
