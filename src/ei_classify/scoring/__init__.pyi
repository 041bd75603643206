from .checking import (
    Finding as Finding,
    Verdict as Verdict,
    check as check,
)
from .comparison import (
    Changes as Changes,
    ClassDifference as ClassDifference,
    Comparison as Comparison,
    Comparisons as Comparisons,
    compare as compare,
)
from .requirements import (
    MaxDrop as MaxDrop,
    Requirement as Requirement,
)
from .results import (
    Agreement as Agreement,
    AtThreshold as AtThreshold,
    Bin as Bin,
    ClassAtThreshold as ClassAtThreshold,
    ClassFigures as ClassFigures,
    Confusion as Confusion,
    Figure as Figure,
    Place as Place,
    Score as Score,
    Scores as Scores,
    Subset as Subset,
)
from .scoring import score as score
from .verdicts import (
    best_label as best_label,
    f1_scores as f1_scores,
    is_wrong as is_wrong,
)
from .writing import (
    as_json as as_json,
    as_junit as as_junit,
    as_markdown as as_markdown,
)
