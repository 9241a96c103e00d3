"""The closed sets of a case about community facilities."""

from enum import Enum


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
