"""The closed sets of a case about community facilities, with their names where several questions tell them."""

from enum import Enum

from tariffs.vocabulary.errors import Words


class Function(Enum):
    """What a facility is for: the nine groups of the text, and any other."""

    PARTY_SERVICE = "party_service"
    ELDERLY_AND_INFANT_CARE = "elderly_and_infant_care"
    COMMUNITY_MEALS = "community_meals"
    HOUSEKEEPING = "housekeeping"
    HEALTH = "health"
    SPORTS = "sports"
    CULTURE_AND_LEISURE = "culture_and_leisure"
    CHILDREN_PLAY = "children_play"
    EMPLOYMENT_HELP = "employment_help"
    OTHER = "other"


class Distance(Enum):
    """How far away a facility counts as being."""

    STRAIGHT_LINE = "straight_line"
    NETWORK = "network"


class Sharing(Enum):
    """Why an area may serve several sectors."""

    LIKE_FUNCTION = "like_function"
    TIME_SHARED = "time_shared"
    NEITHER = "neither"


class Stock(Enum):
    """What an existing building was used for."""

    COMMUNITY = "community"
    COMMERCIAL = "commercial"
    OFFICE = "office"
    INDUSTRIAL = "industrial"
    WAREHOUSE = "warehouse"
    OTHER = "other"


class Reviewer(Enum):
    """A department that takes part in the joint review."""

    DEVELOPMENT_REFORM = "development_reform"
    PLANNING = "planning"
    CONSTRUCTION = "construction"
    FIRE = "fire"


class Origin(Enum):
    """Who built a facility."""

    GOVERNMENT_BUILT = "government_built"
    HANDED_OVER = "handed_over"
    OTHER = "other"


class Business(Enum):
    """A business inside a facility."""

    CONVENIENCE_STORE = "convenience_store"
    MEALS = "meals"
    HOUSEKEEPING = "housekeeping"
    REPAIRS = "repairs"
    LAUNDRY_AND_MENDING = "laundry_and_mending"
    RECYCLING = "recycling"
    OTHER = "other"


class WorkList(Enum):
    """One of the lists that are drawn up."""

    NEEDS = "needs"
    RESOURCES = "resources"
    PROJECTS = "projects"


class Measure(Enum):
    """One of the ten measures; each is a clause of the terms with its responsible bodies."""

    LAYOUT = "layout"
    STOCK_REUSE = "stock_reuse"
    BUILDING_SUPPORT = "building_support"
    MONEY = "money"
    PARTY_SERVICE_BASE = "party_service_base"
    SHARED_USE = "shared_use"
    SERVICES_BROUGHT_IN = "services_brought_in"
    SKILLED_OPERATION = "skilled_operation"
    LASTING_OPERATION = "lasting_operation"
    BUILT_TOGETHER = "built_together"


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
SOURCE_WORDS = {
    "central_budget": Words("中央预算内投资", "central budget investment"),
    "special_bonds": Words(
        "地方政府专项债券（积极支持提供养老托育等服务的综合体）",
        "local special bonds (complexes with care of the old and infants)",
    ),
    "works_for_the_people": Words(
        "市、区为民办实事项目（优先纳入）", "works for the people of city and districts (come first)"
    ),
}
"""Where money may come from, by the words of the document's list."""
LIST_WORDS = {
    WorkList.NEEDS: Words("需求清单", "list of needs"),
    WorkList.RESOURCES: Words("资源清单", "list of resources"),
    WorkList.PROJECTS: Words("项目清单", "list of projects"),
}
