"""Whether a person may bid: the six conditions of article 7, and the waiting times that run."""

from collections.abc import Sequence
from datetime import date

from regulations.car_quota_auction.bidders import Car, Person, Residence
from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.offences import looked_back_from, offence_days, offence_reasons
from regulations.car_quota_auction.payments import payment_days, payment_deadlines, payment_reason
from regulations.car_quota_auction.standing import standing_reasons
from regulations.car_quota_auction.terms import Terms
from regulations.car_quota_auction.waiting import Ban, ban_days, ban_deadlines, ban_readings, ban_reasons, bans_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, all_of, first_change, ruling
from tariffs.judging.parts import Part
from tariffs.vocabulary.errors import Words

MAY_BID = Words("能否申请参加个人客车额度拍卖", "may the person bid for a quota?")


def person_part(person: Person, on: date, terms: Terms, options: Options) -> Part:
    """Whether the person may bid, for an application on the day named or else on the day judged."""
    bans = [] if person.waits is None else bans_of(person.waits, terms, options)
    applied_on = person.applied_on
    if applied_on is None:
        day, changes_on = on, _changes_on(person, bans, on, terms)
    else:
        day, changes_on = applied_on, standing_reasons(terms).ends_before
    found = ruling("person", MAY_BID, _reasons(person, bans, day, terms), changes_on=changes_on)
    deadlines = article_deadlines(person, day, terms)
    if not bans:
        return Part(ruling=found, deadlines=deadlines)
    return Part(
        ruling=found,
        deadlines=(*deadlines, *ban_deadlines(bans)),
        readings=ban_readings(bans, terms, options),
    )


def article_deadlines(person: Person, day: date, terms: Terms) -> tuple[Deadline, ...]:
    """The days that follow from article 7: when a full year is paid, and the first day looked back on."""
    found: list[Deadline] = []
    if person.residence is Residence.RESIDENCE_PROOF:
        found += payment_deadlines(person, terms)
    if person.offences:
        found.append(looked_back_from(day, terms))
    return tuple(found)


def article_reasons(person: Person, day: date, terms: Terms) -> list[Judged]:
    """The conditions of article 7 for an application on a day."""
    kept = standing_reasons(terms)
    reasons = [kept.residence[person.residence]]
    if person.residence is Residence.RESIDENCE_PROOF:
        reasons.append(payment_reason(person, day, terms))
    reasons.append(kept.no_certificate[person.holds_certificate])
    reasons.append(kept.no_quota_car[Car.WITH_QUOTA in person.cars])
    if Car.FREE_SPECIAL_PLATE in person.cars:
        reasons.append(kept.free_plate)
    reasons.append(kept.licence[person.licence_valid])
    reasons += offence_reasons(person, day, terms)
    reasons.append(kept.other_conditions[person.other_conditions_met])
    return reasons


def _reasons(person: Person, bans: Sequence[Ban], day: date, terms: Terms) -> list[Judged]:
    reasons = article_reasons(person, day, terms)
    reasons += ban_reasons(bans, day)
    return reasons


def _changes_on(person: Person, bans: Sequence[Ban], on: date, terms: Terms) -> date | None:
    end = standing_reasons(terms).ends_before
    if _barred_for_good(person):
        return end
    later = [day for day in (*article_days(person, terms), *ban_days(bans)) if day > on]
    if not later:
        return end

    def verdict_on(day: date) -> Verdict:
        return all_of(reason.verdict for reason in _reasons(person, bans, day, terms))

    return first_change(verdict_on, on, later, terms.term)


def _barred_for_good(person: Person) -> bool:
    """Whether a condition fails that time alone does not mend."""
    return (
        person.residence is Residence.NEITHER
        or person.holds_certificate
        or Car.WITH_QUOTA in person.cars
        or not person.licence_valid
        or person.other_conditions_met is False
    )


def article_days(person: Person, terms: Terms) -> list[date]:
    """The days on which a condition of article 7 may come out otherwise."""
    days: list[date] = []
    if person.residence is Residence.RESIDENCE_PROOF:
        days += payment_days(person, terms)
    if person.offences:
        days += offence_days(person, terms)
    return days
