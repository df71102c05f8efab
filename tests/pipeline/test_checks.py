"""Findings: what does not add up is found, and nothing else."""

import pytest

import pipeline
from pipeline.output import to_dict


def codes(text):
    return [finding["code"] for finding in to_dict(pipeline.read(text))["findings"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023年3月1日，山西省统计局公布，截至2023年6月底，全省共有企业30万家。", "act-before-data"),
        ("2023年6月25日，山西省统计局发布数据。上半年，全省新增就业30万人，同比增长3%。", "act-before-data"),
        ("各地要在2023年2月30日前完成整改。", "no-such-date"),
        ("2023年5月8日，山西省民政厅印发通知，要求各地于2023年3月31日前报送方案。", "deadline-before-document"),
        ("资金由省级承担50%、市级承担30%、县级承担30%。", "share-over-whole"),
        ("其中，第一产业占20%，第二产业占45%，第三产业占48%。", "share-over-whole"),
        ("全省共建成站点90个，其中城区站点40个、乡镇站点60个。", "parts-not-total"),
        ("到2022年底、2023年底、2024年底，普及率分别达到80%、90%。", "unequal-lists"),
        ("补助资金人民币贰仟叁佰万元整（￥2,800万元）。", "words-not-figures"),
        ("2024年4月26日，广东省民政厅印发《广西壮族自治区老年助餐细则》。", "issuer-province"),
        ("改造工程2024年6月15日开工，2024年6月1日前完工。", "date-out-of-sequence"),
        ("设备招标2024年7月20日前完成，施工队伍2024年7月5日进场。", "date-out-of-sequence"),
        ("审核2024年12月5日前完成，补贴2024年11月20日前打入一卡通。", "date-out-of-sequence"),
        ("细颗粒物中，燃煤占36%，尾气占38%，扬尘占33%。", "share-over-whole"),
        ("设在村部的占47%，设在农户家的占38%，设在卫生室的占25%。", "share-over-whole"),
        ("快递服务通达率由目前的87.4%提高到105%。", "share-over-whole"),
        ("项目预算268万元，分三个标包采购：第一标包128万元，第二标包96万元，第三标包54万元。", "parts-not-total"),
        ("教育支出41亿元，社会保障支出26亿元，医疗支出23亿元，三项合计92亿元。", "parts-not-total"),
        ("筹集资金8000万元，计市财政5000万元，甲区、乙区各1000万元，企业2000万元。", "parts-not-total"),
        ("护理费分别由每人每月96元、290元、580元提高到100元、600元。", "unequal-lists"),
    ],
)
def test_found(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "2023年7月1日，山西省统计局公布，截至2023年6月底，全省共有企业30万家。",
        "2024年3月5日，山西省财政厅下达2024年补助资金5亿元，较上年增加1亿元。",
        "资金由省级承担50%、市级承担20%、县级承担30%。",
        "稳岗返还比例从60%提高至90%。",
        "支付比例分别由80%、70%、60%提高到85%、75%、65%。",
        "女性占52%，党员占60%，本科以上占70%。",
        "教育支出41亿元，社会保障支出26亿元，两项合计67亿元。",
        "省级筹措23.6亿元，其中18.9亿元补到地块：翻埋每亩40元，离田每吨50元。",
        "全省共建成站点100个，其中城区站点40个、乡镇站点60个。",
        "到2022年底、2023年底，普及率分别达到80%、90%。",
        "补助资金人民币贰仟捌佰万元整（￥2,800万元）。",
        "2024年4月26日，广西壮族自治区民政厅印发《南宁市老年助餐细则》。",
        "改造工程2024年6月1日开工，2024年12月15日前完工。",
    ],
)
def test_nothing_found_where_nothing_is_wrong(text):
    assert codes(text) == []
