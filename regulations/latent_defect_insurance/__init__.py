"""Insurance of latent defects of dwellings: the insurer, the contract, deadlines, tests, claims and repairs.

Source  沪建规范联〔2025〕2号 上海市住宅工程质量潜在缺陷保险实施细则
Check   tests/cases/regulations/latent_defect_insurance
"""

from collections.abc import Iterable

from regulations.latent_defect_insurance.claims import claim, dispute, payment, refusal, repair_warranty
from regulations.latent_defect_insurance.inputs import Inputs, Options
from regulations.latent_defect_insurance.liability import liability
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.testing import test_results, tests
from regulations.latent_defect_insurance.underwriting import contract, insurer, premium, quotation, staff
from regulations.latent_defect_insurance.works import acceptance, design_files, notices_ahead, uploads
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether insurer, contract, works, tests and claims are as the text asks, with last days, least numbers and late days.

    Source  沪建规范联〔2025〕2号 第三条 to 第十六条
    Check   tests/cases/regulations/latent_defect_insurance
    """
    options = inputs.options or Options()
    parts = (*_insured(inputs, terms), *_built(inputs, options, terms), *_claimed(inputs, options, terms))
    return assembled("latent_defect_insurance", inputs.on, terms.term, parts)


def _insured(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.staff is not None:
        yield staff(inputs.staff, terms)
    if inputs.insurer is not None:
        yield insurer(inputs.insurer, terms)
    if inputs.quotation is not None:
        yield quotation(inputs.quotation, terms)
    if inputs.premium is not None:
        yield premium(inputs.premium, terms)
    if inputs.contract is not None:
        yield contract(inputs.contract, inputs.on, terms)


def _built(inputs: Inputs, options: Options, terms: Terms) -> Iterable[Part]:
    if inputs.uploads is not None:
        yield uploads(inputs.uploads, inputs.on, terms)
    if inputs.design_files is not None:
        yield design_files(inputs.design_files, inputs.on, terms)
    if inputs.notices_ahead is not None:
        yield notices_ahead(inputs.notices_ahead, inputs.on, terms)
    if inputs.acceptance is not None:
        yield acceptance(inputs.acceptance, terms)
    if inputs.tests is not None:
        yield tests(inputs.tests, options, inputs.on, terms)
    if inputs.test_results is not None:
        yield test_results(inputs.test_results, inputs.on, terms)


def _claimed(inputs: Inputs, options: Options, terms: Terms) -> Iterable[Part]:
    if inputs.liability is not None:
        yield liability(inputs.liability, options, inputs.on, terms)
    if inputs.claim is not None:
        yield claim(inputs.claim, terms)
    if inputs.payment is not None:
        yield payment(inputs.payment, options, inputs.on, terms)
    if inputs.refusal is not None:
        yield refusal(inputs.refusal, options, inputs.on, terms)
    if inputs.repair_warranty is not None:
        yield repair_warranty(inputs.repair_warranty, inputs.on, terms)
    if inputs.dispute is not None:
        yield dispute(inputs.dispute, terms)
