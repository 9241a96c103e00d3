"""The names of functions and lists in both languages."""

from regulations.community_facilities.choices import Function, WorkList
from tariffs.vocabulary.errors import Words

FUNCTION_WORDS = {
    Function.PARTY_SERVICE: Words("党群服务", "party and community service"),
    Function.ELDERLY_AND_INFANT_CARE: Words("养老托育", "care of the old and of infants"),
    Function.COMMUNITY_MEALS: Words("社区助餐", "community meals"),
    Function.HOUSEKEEPING: Words("家政便民", "housekeeping"),
    Function.HEALTH: Words("健康服务", "health"),
    Function.SPORTS: Words("体育健身", "sports"),
    Function.CULTURE_AND_LEISURE: Words("文化休闲", "culture and leisure"),
    Function.CHILDREN_PLAY: Words("儿童游憩", "children's play"),
    Function.EMPLOYMENT_HELP: Words("就业帮扶", "help with employment"),
    Function.OTHER: Words("其他功能", "another function"),
}
LIST_WORDS = {
    WorkList.NEEDS: Words("需求清单", "list of needs"),
    WorkList.RESOURCES: Words("资源清单", "list of resources"),
    WorkList.PROJECTS: Words("项目清单", "list of projects"),
}
