"""What the page of proofs for the region says."""

from mentoring.evidence_words import ADVICE as ADVICE
from mentoring.evidence_words import WHAT as WHAT
from mentoring.use_cases.evidence import Evidence

INTRO = (
    "Этот список спрашивают муниципалитет и регион, когда проверяют, что модель наставничества работает. "
    "Он собирается из подписанных документов; адрес раздела на сайте, акт об оплате и практики впишите сами."
)
ALL_THERE = "Есть всё, что спрашивает регион."


def count(found: Evidence) -> str:
    return f"Есть {len(found.there)} из {len(found.shown)}. Пар и групп по приказам: {found.ordered_pairs}."
