from .checking import (
    Finding as Finding,
)
from .checking import (
    Verdict as Verdict,
)
from .checking import (
    check as check,
)
from .checking import (
    read_requirements as read_requirements,
)
from .comparison import (
    Changes as Changes,
)
from .comparison import (
    ClassDifference as ClassDifference,
)
from .comparison import (
    Comparison as Comparison,
)
from .comparison import (
    Comparisons as Comparisons,
)
from .comparison import (
    compare as compare,
)
from .detailing import (
    Details as Details,
)
from .detailing import (
    details as details,
)
from .requirements import (
    MaxDrop as MaxDrop,
)
from .requirements import (
    Requirement as Requirement,
)
from .results import (
    Agreement as Agreement,
)
from .results import (
    AtThreshold as AtThreshold,
)
from .results import (
    Bin as Bin,
)
from .results import (
    ClassAtThreshold as ClassAtThreshold,
)
from .results import (
    ClassFigures as ClassFigures,
)
from .results import (
    Confusion as Confusion,
)
from .results import (
    Figure as Figure,
)
from .results import (
    Place as Place,
)
from .results import (
    Score as Score,
)
from .results import (
    Scores as Scores,
)
from .results import (
    Subset as Subset,
)
from .scores import score as score
from .verdicts import (
    best_label as best_label,
)
from .verdicts import (
    f1_scores as f1_scores,
)
from .verdicts import (
    is_wrong as is_wrong,
)
from .writing import (
    as_json as as_json,
)
from .writing import (
    as_junit as as_junit,
)
from .writing import (
    as_markdown as as_markdown,
)
