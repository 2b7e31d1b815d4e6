"""The checklist by which a region sees that the model works: what its monitoring asks an organisation to show."""

from enum import StrEnum


class Proof(StrEnum):
    """In the order of the region's list."""

    SITE = "site"
    INTRODUCTION = "introduction"
    REGULATION = "regulation"
    ROAD_MAP = "road_map"
    PROGRAMME = "programme"
    CURATOR = "curator"
    MENTEES = "mentees"
    MENTORS = "mentors"
    PAYMENT = "payment"
    PAIRS = "pairs"
    NUMBER = "number"
    PRACTICES = "practices"
