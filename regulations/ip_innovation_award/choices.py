"""The closed sets of the award: awards, kinds of patents, roles and what was found."""

from enum import Enum


class Award(Enum):
    """The six awards: three for units, three grades for patents."""

    CREATION = "creation"
    PROTECTION = "protection"
    USE = "use"
    PATENT_FIRST = "patent_first"
    PATENT_SECOND = "patent_second"
    PATENT_THIRD = "patent_third"


UNIT_AWARDS = (Award.CREATION, Award.PROTECTION, Award.USE)


class Tie(Enum):
    """What ties the applying patentee to the city."""

    REGISTERED = "registered"
    HUKOU = "hukou"
    RESIDENCE_PERMIT = "residence_permit"
    NONE = "none"


class PatentKind(Enum):
    """What kind of patent was granted."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    DECLASSIFIED_DEFENCE = "declassified_defence"
    SECRET = "secret"


class Dispute(Enum):
    """Legal disputes on the patent up to the closing day."""

    NONE = "none"
    PENDING = "pending"
    ENDED = "ended"


class EarlierAward(Enum):
    """Awards that the patent itself has had."""

    CHINA_PATENT_AWARD = "china_patent_award"
    INNOVATION_AWARD = "innovation_award"
    CITY_INVENTION_PATENT_AWARD = "city_invention_patent_award"


class Recommender(Enum):
    """Who recommends."""

    JOINT_MEETING_MEMBER = "joint_meeting_member"
    DISTRICT = "district"
    ACADEMICIANS = "academicians"


class Candidate(Enum):
    """Who or what is recommended."""

    UNIT = "unit"
    PATENT = "patent"


class Publisher(Enum):
    """Who published the candidate before it was recommended."""

    RECOMMENDER = "recommender"
    APPLICANT_DISTRICT = "applicant_district"
    NOBODY = "nobody"


class Screening(Enum):
    """What the search for grounds of invalidity found."""

    CLEAR = "clear"
    RISK_FOUND = "risk_found"


class Role(Enum):
    """Whose conduct is judged."""

    RECOMMENDER = "recommender"
    CANDIDATE = "candidate"
    EXPERT = "expert"
    WINNER = "winner"
