from .results import (
    AtThreshold as AtThreshold,
    ClassFigures as ClassFigures,
    Confusion as Confusion,
    Figure as Figure,
    Place as Place,
    Score as Score,
    Scores as Scores,
)
from .scoring import score as score
from .verdicts import (
    best_label as best_label,
    f1_scores as f1_scores,
    is_wrong as is_wrong,
)
