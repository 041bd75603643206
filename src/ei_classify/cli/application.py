"""The commands and their options. Other modules run the commands, and are imported when they are needed."""

from __future__ import annotations

import contextlib
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from . import completion
from .filters import options_of, with_filters
from .picking import ALL_RESULTS, COMPARE, SCORE, pick

if TYPE_CHECKING:
    from collections.abc import Iterator

EPILOG = (
    "The API key is read from EI_API_KEY. Exit codes: 0 success, 1 a failed call or export, 2 wrong usage or "
    "a missing extra, 3 nothing found, 4 a requirement is not met, 130 interrupted."
)


@contextlib.contextmanager
def _visible_complaints() -> Iterator[None]:
    """Escape the messages of typer, which repeat the arguments of the command line."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "format_message") and hasattr(error, "message"):  # an error of typer
            from ei_classify_api.errors import visible

            error.message = visible(error.message)
        raise


class _Commands(TyperGroup):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args:  # the message is the help, whose lines stay lines
            return super().parse_args(ctx, args)
        with _visible_complaints():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with _visible_complaints():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Commands,
    name="ei-classify",
    help="Read the model-testing results of an Edge Impulse project.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from ei_classify.version import __version__

        from .terminal import Terminal

        Terminal().say(f"ei-classify {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version, and exit."
        ),
    ] = False,
) -> None:
    pass


class ExportFormat(StrEnum):
    """The formats of `export`."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


Project = Annotated[
    int | None,
    typer.Option(
        "--project", "-p", envvar="EI_PROJECT_ID", min=0, help="The project's id.", show_default=False
    ),
]
Endpoint = Annotated[
    str | None,
    typer.Option(
        envvar="EI_API_ENDPOINT", help="The base URL of the API.", show_default="Edge Impulse Studio"
    ),
]
Demo = Annotated[
    bool,
    typer.Option("--demo", help="Use built-in projects (1 to 4, 6 to 9). Needs no key and no server."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Log each call, and show the traceback of an error.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only results and errors.")]
Concurrency = Annotated[int, typer.Option(min=1, help="The maximum number of calls in progress at a time.")]
Impulse = Annotated[
    int | None,
    typer.Option("--impulse", help="The impulse's id.", show_default="the project's default impulse"),
]
Variants = Annotated[
    list[str] | None,
    typer.Option(
        "--variant",
        metavar="NAME",
        help="A model variant, such as int8. Can be repeated.",
        autocompletion=completion.variants,
    ),
]


Columns = Annotated[
    str | None,
    typer.Option(
        metavar="NAME,…",
        help="Print these columns of the table, in this order.",
        show_default="the usual ones",
        autocompletion=completion.columns,
    ),
]
Folders = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FOLDER]...",
        help="Exports. Without any, the project is read.",
        show_default=False,
    ),
]
Require = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        metavar="REQUIREMENT",
        help="Such as 'accuracy >= 0.85' or 'f1[standing].low >= 0.8'. Can be repeated.",
    ),
]
MaxDrop = Annotated[
    list[str] | None,
    typer.Option(
        "--max-drop",
        metavar="FIGURE=DROP",
        help="Such as accuracy=0.01: how much worse than --against. Can be repeated.",
    ),
]
Against = Annotated[
    str | None, typer.Option(metavar="<path>", help="The export to compare with.", show_default=False)
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="<address>",
        help="Work on a Dask cluster: the address of its scheduler, or local or local:2.",
        show_default=False,
    ),
]
Replicates = Annotated[
    int, typer.Option(min=0, help="How often samples are drawn for the intervals; 0 for no intervals.")
]
Seed = Annotated[int, typer.Option(min=0, help="Chooses what is drawn for the intervals.")]


@app.command(epilog="Example: ei-classify results --demo --variant int8 --wrong-only")
@with_filters
def results(
    project: Project = None,
    variant: Variants = None,
    wrong_only: Annotated[
        bool, typer.Option("--wrong-only", help="Only samples with a wrong prediction.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Stop after so many samples of each variant.", show_default="all"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print whole answers as one JSON list.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Print whole answers, one JSON object per line.")
    ] = False,
    columns: Columns = None,
    filters: Any = None,
    api_endpoint: Endpoint = None,
    concurrency: Concurrency = 4,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """List the samples of the last model testing and their predictions."""
    if json and jsonl:
        raise typer.BadParameter("use either --json or --jsonl, not both", param_hint="--jsonl")
    picked = pick(columns, ALL_RESULTS, table=not (json or jsonl))
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .listing import list_results

        list_results(
            session,
            form="json" if json else "jsonl" if jsonl else "table",
            variants=variant or [None],
            wrong_only=wrong_only,
            limit=limit,
            concurrency=concurrency,
            filters=filters,
            columns=picked,
        )


@app.command(epilog="Example: ei-classify sample 1021 --demo --variant int8 --variant float32")
def sample(
    sample_id: Annotated[
        int, typer.Argument(min=0, metavar="SAMPLE_ID", help="The sample's id.", show_default=False)
    ],
    variant: Variants = None,
    project: Project = None,
    impulse: Impulse = None,
    json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    job_id: Annotated[
        int | None,
        typer.Option(min=0, help="Continue following this job, which the same command has started earlier."),
    ] = None,
    job_timeout: Annotated[
        float, typer.Option(min=0, help="The longest time to follow a job, in seconds.")
    ] = 600.0,
    api_endpoint: Endpoint = None,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Classify one sample with several model variants, and compare their results window by window.

    The default variants are int8 and float32. If the server starts a job, the command waits for its result.
    """
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .comparison import compare_variants

        compare_variants(
            session,
            sample_id,
            variants=variant or ["int8", "float32"],
            impulse_id=impulse,
            as_json=json,
            job_id=job_id,
            job_timeout_s=job_timeout,
        )


@app.command(epilog="Example: ei-classify export --demo --variant int8 --out results/")
@with_filters
def export(
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="<path>", help="The folder or URL to write to.", show_default=False
        ),
    ],
    project: Project = None,
    variant: Variants = None,
    format: Annotated[  # the name of the option  # noqa: A002
        ExportFormat,
        typer.Option(
            help="parquet: all tables; csv: predictions and scores; jsonl: the answers of the server."
        ),
    ] = ExportFormat.parquet,
    restart: Annotated[
        bool, typer.Option("--restart", help="Read the variants again and replace their files.")
    ] = False,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Compare the checksums of the files that are in the folder."),
    ] = False,
    raw_csv: Annotated[
        bool,
        typer.Option("--raw-csv", help="csv: write text that looks like a formula as it is."),
    ] = False,
    page_size: Annotated[int, typer.Option(min=1, help="The number of samples to request per page.")] = 100,
    filters: Any = None,
    cluster: Cluster = None,
    projects: Annotated[
        str | None,
        typer.Option(
            metavar="<csv>",
            help="With --cluster: the projects, a file with the columns project_id, impulse_id and variant.",
            show_default=False,
        ),
    ] = None,
    max_calls: Annotated[
        int, typer.Option(min=1, help="With --cluster: the calls in progress over all workers.")
    ] = 16,
    key_provider: Annotated[
        str | None,
        typer.Option(
            metavar="<module:function>",
            help="With --cluster: what workers get a project's key from.",
            show_default="EI_API_KEY_<project> or EI_API_KEY of the worker",
        ),
    ] = None,
    api_endpoint: Endpoint = None,
    concurrency: Concurrency = 4,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write all results to a folder. If it is interrupted, run the same command again to continue."""
    if cluster is None and (projects or key_provider):
        raise typer.BadParameter(
            "needs --cluster, such as --cluster local",
            param_hint="--projects" if projects else "--key-provider",
        )
    if cluster is not None and demo:
        raise typer.BadParameter("workers do not reach the server of --demo", param_hint="--cluster")
    if cluster is not None and projects is None and project is None:
        raise typer.BadParameter("needs --projects or --project", param_hint="--cluster")
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        if cluster is not None:
            from .clusters import export_on_cluster

            export_on_cluster(
                session,
                out,
                cluster=cluster,
                projects=projects,
                variants=list(variant) if variant else [None],
                format=format.value,
                restart=restart,
                verify=verify,
                raw_csv=raw_csv,
                page_size=page_size,
                concurrency=concurrency,
                max_calls=max_calls,
                key_provider=key_provider,
                filters=filters,
            )
            return
        from .exporting import export_results

        export_results(
            session,
            out,
            variants=list(variant) if variant else [None],
            format=format.value,
            restart=restart,
            verify=verify,
            raw_csv=raw_csv,
            page_size=page_size,
            concurrency=concurrency,
            filters=filters,
        )


@app.command(epilog="Example: ei-classify score --demo --by metadata.part")
@with_filters
def score(
    folders: Folders = None,
    project: Project = None,
    variant: Variants = None,
    filters: Any = None,
    by: Annotated[
        str | None,
        typer.Option(help="Score subsets too: a column of samples, or metadata.KEY.", show_default=False),
    ] = None,
    target: Annotated[
        str, typer.Option(help="What the best threshold makes largest: accuracy, f1, precision or recall.")
    ] = "f1",
    json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    columns: Columns = None,
    replicates: Replicates = 1000,
    seed: Seed = 0,
    cluster: Cluster = None,
    api_endpoint: Endpoint = None,
    concurrency: Concurrency = 4,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Say how good models are, with intervals: of exports, or of the last model testing of a project."""
    if cluster is not None and not folders:
        raise typer.BadParameter("scores exports: name a folder or a URL", param_hint="--cluster")
    picked = pick(columns, SCORE, table=not json)
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .scores import print_scores
        from .sources import ask_accuracy, read_sources

        read: dict[str, Any] = {
            "variants": variant or [None],
            "filters": filters,
        }
        sources = read_sources(session, folders or [], **read, concurrency=concurrency)
        print_scores(
            session,
            sources,
            server_accuracy={} if folders else ask_accuracy(session, **read),
            variants=variant,
            by=by,
            target=target,
            replicates=replicates,
            seed=seed,
            cluster=cluster,
            as_json_text=json,
            columns=picked,
        )


@app.command(epilog="Example: ei-classify compare --demo --variant float32 --variant int8")
@with_filters
def compare(
    folders: Folders = None,
    project: Project = None,
    variant: Variants = None,
    filters: Any = None,
    json: Annotated[bool, typer.Option("--json", help="Print all differences as JSON.")] = False,
    columns: Columns = None,
    replicates: Replicates = 1000,
    seed: Seed = 0,
    api_endpoint: Endpoint = None,
    concurrency: Concurrency = 4,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare two variants, or two exports, on the windows that both have.

    With one folder or a project, pass --variant twice. Two folders are compared with each other; pass
    --variant once if they have several, or twice for one of each. The default variants of a project are
    float32 and int8.
    """
    picked = pick(columns, COMPARE, table=not json)
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .scores import print_comparisons
        from .sources import read_sources

        named = pair_of(variant, folders or [])
        sources = read_sources(
            session,
            folders or [],
            variants=named or ("float32", "int8"),
            filters=filters,
            concurrency=concurrency,
        )
        print_comparisons(
            session,
            sources,
            variants=named,
            replicates=replicates,
            seed=seed,
            as_json_text=json,
            columns=picked,
        )


def pair_of(variants: list[str] | None, folders: list[str]) -> tuple[str, str] | None:
    """Return the variants of the first and the second run, or None if none was named.

    Raises:
        typer.BadParameter: There are too many variants or folders, or too few variants.
    """
    if len(folders) > 2:
        raise typer.BadParameter(f"compare takes one or two folders, not {len(folders)}", param_hint="FOLDER")
    if not variants:
        return None
    if len(variants) == 1 and len(folders) == 2:
        return variants[0], variants[0]
    if len(variants) != 2:
        raise typer.BadParameter("pass it twice, for the two variants to compare", param_hint="--variant")
    return variants[0], variants[1]


@app.command(epilog="Example: ei-classify check --demo --require 'accuracy >= 0.85'")
@with_filters
def check(
    folders: Folders = None,
    require: Require = None,
    max_drop: MaxDrop = None,
    against: Against = None,
    project: Project = None,
    variant: Variants = None,
    filters: Any = None,
    json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the verdict as Markdown.")] = False,
    junit: Annotated[
        str | None,
        typer.Option(
            metavar="<path>",
            help="Write the verdict to this JUnit file, too.",
            show_default=False,
        ),
    ] = None,
    replicates: Replicates = 1000,
    seed: Seed = 0,
    api_endpoint: Endpoint = None,
    concurrency: Concurrency = 4,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check requirements. Without any, those of ei-classify.toml or pyproject.toml count.

    Exit codes: 0 all are met, 4 one is not met, 1 one could not be judged.
    """
    if json and markdown:
        raise typer.BadParameter("use either --json or --markdown, not both", param_hint="--markdown")
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .checking import check_requirements, find_requirements
        from .sources import read_sources

        wanted = find_requirements(require, max_drop, against)
        sources = read_sources(
            session,
            folders or [],
            variants=variant or [None],
            filters=filters,
            concurrency=concurrency,
        )
        check_requirements(
            session,
            sources,
            wanted=wanted,
            variants=variant,
            replicates=replicates,
            seed=seed,
            form="json" if json else "markdown" if markdown else "table",
            junit=junit,
        )


@app.command(epilog="Example: ei-classify report --demo --project 1 --out report.html")
@with_filters
def report(
    folders: Folders = None,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="<path>", help="The HTML file to write.")
    ] = "report.html",
    project: Project = None,
    variant: Variants = None,
    filters: Any = None,
    by: Annotated[
        str | None,
        typer.Option(help="Show subsets too: a column of samples, or metadata.KEY.", show_default=False),
    ] = None,
    target: Annotated[
        str, typer.Option(help="What the best threshold makes largest: accuracy, f1, precision or recall.")
    ] = "f1",
    against: Annotated[
        str | None,
        typer.Option(metavar="<path>", help="The export to compare with.", show_default="float32"),
    ] = None,
    require: Require = None,
    max_drop: MaxDrop = None,
    signals: Annotated[
        int, typer.Option(min=0, help="Draw the raw signals of so many of the worst samples.")
    ] = 0,
    replicates: Replicates = 1000,
    seed: Seed = 0,
    api_endpoint: Endpoint = None,
    concurrency: Concurrency = 4,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write one HTML page that says how good models are, where they fail, and how they differ.

    The default variants of a project are float32 and int8.
    """
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .checking import Requirements
        from .reporting import write_report
        from .sources import read_sources

        sources = read_sources(
            session,
            folders or [],
            variants=variant or ("float32", "int8"),
            filters=filters,
            concurrency=concurrency,
        )
        write_report(
            session,
            sources,
            out,
            variants=variant,
            by=by,
            target=target,
            against=against,
            wanted=Requirements(require or (), max_drop or (), against) if require or max_drop else None,
            signals=signals,
            replicates=replicates,
            seed=seed,
        )


@app.command(epilog="Example: ei-classify run --demo --variant int8 --out results/")
@with_filters
def run(
    variant: Variants = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="<path>",
            help="The folder to export the results to.",
            show_default="no export",
        ),
    ] = None,
    project: Project = None,
    filters: Any = None,
    skip_feature_generation: Annotated[
        bool, typer.Option("--skip-feature-generation", help="Keep the features of the last run.")
    ] = False,
    attach: Annotated[
        bool, typer.Option("--attach", help="Follow the job that is running already, if there is one.")
    ] = False,
    job_id: Annotated[
        int | None, typer.Option(min=0, help="Follow this job instead of starting one.", show_default=False)
    ] = None,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Start the job, print its id, and do not follow it.")
    ] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Cancel the job on Ctrl-C.")] = False,
    job_timeout: Annotated[
        float, typer.Option(min=0, help="The longest time to follow the job, in seconds.")
    ] = 3600.0,
    format: Annotated[  # the name of the option  # noqa: A002
        ExportFormat, typer.Option(help="The format of the export, as for `export`.")
    ] = ExportFormat.parquet,
    judge: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Check the results against the requirements of ei-classify.toml or pyproject.toml.",
        ),
    ] = False,
    require: Require = None,
    max_drop: MaxDrop = None,
    against: Against = None,
    replicates: Replicates = 1000,
    seed: Seed = 0,
    report: Annotated[
        str | None,
        typer.Option(metavar="<path>", help="Write an HTML page about the export, too.", show_default=False),
    ] = None,
    api_endpoint: Endpoint = None,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Run model testing, follow its job, and export its results. The job is started at most once.

    If the command is interrupted, the job goes on. Run the same command with --out again to continue.
    With --require, --max-drop or --check, the results are checked like those of `check`, with its exit codes.
    Options that choose samples, other than --impulse and --category, choose what is exported and checked.
    """
    judge = judge or bool(require or max_drop)
    if no_wait and (judge or out is not None):
        raise typer.BadParameter(
            "use either --no-wait, or --out and checks, not both", param_hint="--no-wait"
        )
    if against is not None and not judge:
        raise typer.BadParameter("needs --max-drop, --require or --check", param_hint="--against")
    if report is not None and (out is None or format is not ExportFormat.parquet):
        raise typer.BadParameter("needs --out, and the format parquet", param_hint="--report")
    chosen = {name: value for name, value in filters.items() if name not in ("impulse_id", "category")}
    if chosen and out is None and not judge:
        raise typer.BadParameter(
            "model testing takes all samples: needs --out or a check", param_hint=options_of(chosen)
        )
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .testing import run_model_testing

        wanted = None
        if judge:  # before the job, which may take long
            from .checking import check_requirements, find_requirements
            from .sources import read_sources

            wanted = find_requirements(require, max_drop, against)
        run_model_testing(
            session,
            out,
            start={
                "variants": list(variant or ()),
                "impulse_id": filters.get("impulse_id"),
                "category": filters.get("category"),
                "skip_feature_generation": skip_feature_generation or None,
                "attach": attach,
                "job_id": job_id,
            },
            wait=not no_wait,
            cancel=cancel,
            job_timeout_s=job_timeout,
            format=format.value,
            filters=chosen,
        )
        if report is not None and out is not None:
            from .reporting import write_report

            write_report(session, [out], report, wanted=wanted, replicates=replicates, seed=seed)
        if wanted is not None:
            sources = (
                [out]
                if out is not None and format is ExportFormat.parquet
                else read_sources(
                    session,
                    [],
                    variants=variant or [None],
                    filters=filters,
                    concurrency=4,
                )
            )
            check_requirements(
                session, sources, wanted=wanted, variants=variant, replicates=replicates, seed=seed
            )


@app.command(epilog="Example: ei-classify jobs --demo")
def jobs(
    project: Project = None,
    api_endpoint: Endpoint = None,
    demo: Demo = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """List the jobs of a project that are waiting or running."""
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .testing import list_jobs

        list_jobs(session)


@app.command(epilog="Example: ei-classify projects --demo")
def projects(
    api_endpoint: Endpoint = None, demo: Demo = False, quiet: Quiet = False, debug: Debug = False
) -> None:
    """List the projects that the key opens."""
    from .session import Session

    with Session(None, api_endpoint, demo=demo, quiet=quiet, debug=debug) as session:
        from .testing import list_projects

        list_projects(session)


@app.command(epilog="Example: ei-classify doctor --demo")
@with_filters
def doctor(
    project: Project = None,
    variant: Annotated[
        str | None, typer.Option(help="The model variant, such as int8.", autocompletion=completion.variants)
    ] = None,
    filters: Any = None,
    api_endpoint: Endpoint = None,
    demo: Demo = False,
    debug: Debug = False,
) -> None:
    """Say what is in order, and where a page of results differs from the contract.

    What is printed has no key, name, label, id or address: it can be pasted into a public report.
    """
    from .session import Session

    with Session(project, api_endpoint, demo=demo, quiet=True, debug=debug) as session:
        from .doctor import examine

        examine(session, {"variant": variant, **filters})


@app.command(epilog="Example: ei-classify mock --port 4010")
def mock(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 for a free port.")
    ] = 4010,
) -> None:
    """Run Prism, which replays the documented answers. This needs Node.js and an installed Prism."""
    _run_double("mock", ["--prism", "--port", str(port)])


@app.command(
    cls=completion.StudioCommand,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    options_metavar="[OPTIONS]",
    epilog="Example: ei-classify studio --port 4020 --fault latency=0.5",
)
def studio(context: typer.Context) -> None:
    """Run the Studio double, a local Edge Impulse with real data. --help lists its options."""
    _run_double("studio", context.args)


def _run_double(command: str, arguments: list[str]) -> None:
    from ei_classify_mocks.__main__ import main

    raise typer.Exit(main(arguments, program=f"ei-classify {command}"))
