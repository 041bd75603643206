from . import charts as charts
from .reports import (
    Report as Report,
)
from .reports import (
    report as report,
)
from .signals import (
    Signal as Signal,
)
