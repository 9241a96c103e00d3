"""The words for the questions of the decision table and for their choices."""

from typing import Final

from tariffs.vocabulary.errors import Words

QUESTIONS: Final = {
    "kind": Words("电站类型", "kind of station"),
    "independent": Words("符合独立储能电站定义", "independent station by definition"),
    "filing_level": Words("备案", "filing"),
    "land_path": Words("用地", "land"),
    "market_path": Words("市场", "market"),
    "price_regime": Words("电价", "prices"),
    "capacity_subsidy": Words("容量补贴", "capacity subsidy"),
    "award": Words("度电奖励", "award for each kWh"),
    "award_size": Words("达到奖励规模", "large enough for the award"),
}
CHOICES: Final = {
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
    "cannot_tell": Words("不能判断", "cannot tell"),
    "independent": Words("独立储能电站", "independent"),
    "thermal_paired": Words("火电机组配置储能", "thermal-paired"),
    "user_side": Words("用户侧储能", "user-side"),
    "city": Words("市级", "city"),
    "city_with_power_project": Words("市级，随电源项目", "city, with the power project"),
    "district": Words("区级", "district"),
    "public_utility_priority": Words("公用设施优先", "public utility, with priority"),
    "host_land": Words("主体用地", "land of the host"),
    "independent_actor": Words("独立主体", "actor of its own"),
    "with_generator": Words("随发电项目", "with the generator"),
    "with_user": Words("随用户", "with the user"),
    "regulated": Words("政策电价", "regulated"),
    "market": Words("市场电价", "market"),
    "none": Words("无政策电价", "no regulated prices"),
    "eligible": Words("可以给予", "eligible"),
    "not_independent": Words("否：不是独立储能电站", "no: not independent"),
    "not_listed": Words("否：未列入年度计划", "no: not listed"),
    "overridden": Words("否：按国家容量电价", "no: overridden by the national price"),
    "leased": Words("否：已租给新能源企业", "no: leased to a new-energy developer"),
    "partly_leased": Words("不能判断：部分出租", "cannot tell: partly leased"),
}


def question_words(question: str) -> Words:
    """What a question is called."""
    return QUESTIONS[question]


def choice_words(question: str, choice: str) -> Words:
    """What a choice of a question is called; yes and no as the question asks."""
    if question == "award" and choice == "yes":
        return Words("有", "yes")
    if question == "award" and choice == "no":
        return Words("无", "no")
    return CHOICES[choice]
