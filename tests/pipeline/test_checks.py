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
        "全省共建成站点100个，其中城区站点40个、乡镇站点60个。",
        "到2022年底、2023年底，普及率分别达到80%、90%。",
        "补助资金人民币贰仟捌佰万元整（￥2,800万元）。",
        "2024年4月26日，广西壮族自治区民政厅印发《南宁市老年助餐细则》。",
        "改造工程2024年6月1日开工，2024年12月15日前完工。",
    ],
)
def test_nothing_found_where_nothing_is_wrong(text):
    assert codes(text) == []
