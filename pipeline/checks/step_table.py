"""What can only follow what, as a table: the words of a step, and those of the steps that come after it.

Public works, tenders, applications, laws, inspections and payments have their stages in this order by rule or by nature
(开工 before 竣工, 投标截止 before 开标, 通过 before 施行).
"""

from __future__ import annotations

from collections.abc import Sequence

import regex


def _compiled(rows: Sequence[tuple[str, str]]) -> tuple[tuple[regex.Pattern[str], regex.Pattern[str]], ...]:
    return tuple((regex.compile(first), regex.compile(then)) for first, then in rows)


STEPS = _compiled(
    (
        # what comes first, and what can only follow it
        (
            r"(?<!没有|[未不])(?:开工|动工|启动|开始)|进场|开进|铺开|试行|开幕",
            r"收官|完工|竣工|建成|投用|投入使用|投产|交付|验收|结束|完成(?!招标|施工图|审查|设计|征地|拆迁|评审|立项|勘察)|终止|解除|关闭|[闭落]幕|通车|封顶|合龙|贯通",
        ),
        (r"完工|竣工(?!验收)|建成", r"验收|销号|交付"),
        (r"申报|申请|报名|报送|提交|征集|填报|受理", r"审核|评审|审查|初审|复审|终审|评估|公示|公布|批复|审批|复核"),
        (r"审核|评审|审查", r"公示|公布|批复|下达"),
        (r"审议通过|审定", r"(?:印发|下发)(?!征求)|出台"),
        (r"批准|通过|批复|签订", r"(?:预算|计划|规划|协议)调整|调整[^，。；]{0,4}(?:预算|方案|计划)|修订|变更"),
        (r"审议|批准|批复", r"下达|分解|依照[^，。；]{0,6}批准|按照[^，。；]{0,6}批复"),
        (r"(?:招标|采购)?公告", r"开标|评标|中标|定标"),
        (r"开标|评标", r"确认|定标|中标|公示"),
        (r"开标|签订", r"进场|开工|施工"),
        (r"开标|中标|成交", r"签订[^，。；]{0,8}(?:合同|协议)|签约"),
        (r"签订[^，。；]{0,10}合同", r"竣工|验收|上线|投用"),
        (r"封闭|停[运课工产业水电诊]|中断|阻断", r"恢复|复[课工产业运航]|重新开[放通]"),
        (r"(?:送达|下达|发出|下发)[^，。；]{0,8}(?:通知书|督办单|整改单)|责令", r"复查|回头看|复检"),
        (r"发现|查获|查扣|举报", r"立案|罚款|处罚|交办|移交"),
        (
            r"抽查|检查|自查|初查|督查|巡查|巡河|暗访",
            r"复查|回头看|(?:反馈|交办|通报|移交)[^，。；]{0,4}(?:问题|情况|线索)",
        ),
        (r"进驻|入驻|抵达", r"撤离|离开"),
        (r"发车|启程|发运|起运|装船|出发", r"抵达|到达|运抵|到站"),
        (r"运抵|到货|进场", r"安装|拼装|调试"),
        (r"获批|授信|申请", r"到账|打到|放款"),
        (r"发行|到账", r"拨付|支付"),
        (r"报(?:送|[^，。；]{1,8}[局厅办委])", r"汇总"),
        (r"封顶|合龙|完工", r"试验|试运行|联调"),
        (r"评估|考核|检查|督查", r"(?:评估|考核|检查|督查)结果[^，。；]{0,6}(?:通报|公布|报送)"),
        (r"送达|征求", r"反馈"),
        (r"(?:会议|表决|审议|大会|人大|委员会|常委会)[^，。；]{0,12}通过", r"施行"),
        (r"审核|评审|公示|验收|核查", r"拨付|打入|兑付|发放|下达|到账"),
        (r"递交|截止|投标", r"开启|开标|评审"),
        (r"发出|下发|送达|交办|立案|受理", r"反馈|回复|整改|清运|完毕|办结|销号|复核|结案"),
        (r"招标|采购|立项|选址|勘察|设计", r"开工|进场|动工|施工"),
        (r"验收", r"存入|入库|启用|投用|投入使用|开业"),
        (r"开班|开学|开课|开训|入学", r"结业|毕业|结课|考核|发证|颁证"),
    )
)
"""Steps told one after the other, in a sentence or in neighbouring ones."""

FAR_STEPS = _compiled(
    (
        # what is told once in a text, and what follows it wherever that is told
        (r"(?<!复)(?:检查|抽查|督查|排查|暗访)(?!整改)", r"复查|回头看"),
        (r"首次(?:提请|审议)|初次审议|[一初]审", r"二审|再次(?:提请|审议)|第二次审议"),
        (r"(?:寄|致)[^，。；]{0,6}信|来信|递交[^，。；]{0,4}信|寄到", r"书面答复|复函|回信|落款"),
    )
)
"""What is told once in a text, and what follows it wherever that is told."""
