from .driving import (
    ClusterProgress as ClusterProgress,
)
from .exporting import (
    DEFAULT_CALLS as DEFAULT_CALLS,
)
from .exporting import (
    ClusterExported as ClusterExported,
)
from .exporting import (
    export as export,
)
from .frames import (
    tables as tables,
)
from .projects import (
    ProjectRun as ProjectRun,
)
from .projects import (
    read_projects as read_projects,
)
from .scheduler import (
    connected as connected,
)
from .scoring import (
    score as score,
)
