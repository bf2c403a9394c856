"""The command line: ``cancu COMMAND ...`` or ``python -m api COMMAND ...``.

Exit status: 0 done; 1 some input failed or was refused (or ``check`` found an error); 2 unusable arguments or missing data.
"""

from __future__ import annotations

from typing import Any

import click

from api.commands import corpus, exchange, finding, measuring, planning, reading, serving
from api.errors import EXIT_UNUSABLE
from api.explain import explain
from api.usage import usage_text


class Doors(click.Group):
    """The group of commands: keeps their order in the help and says what went wrong in Vietnamese."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order in which they were added."""
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command and exits with its status; unusable arguments are explained in Vietnamese."""
        try:
            status = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.UsageError as error:
            click.echo(usage_text(error), err=True)
            status = EXIT_UNUSABLE
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except click.Abort:
            click.echo("Đã dừng.", err=True)
            status = 130
        raise SystemExit(status or 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; bad input is explained and ends with its exit status, a defect of ours keeps its traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            problem = explain(error)
            if problem is None:
                raise
            click.echo(problem.as_text(), err=True)
            ctx.exit(problem.exit_status)


@click.group(
    cls=Doors, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="cancu", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Căn cứ: đọc kế hoạch và văn bản chỉ đạo, nối mỗi nhiệm vụ với văn bản mà nó thực hiện, trả lời kèm câu chứng minh."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    corpus.ingest,
    finding.search,
    finding.ask,
    finding.suggest,
    finding.trace,
    corpus.documents,
    corpus.remove,
    planning.align,
    planning.coverage,
    planning.compare,
    planning.due,
    planning.check,
    exchange.export,
    exchange.sparql,
    reading.extract,
    reading.restore,
    corpus.rebuild,
    measuring.answer_all,
    measuring.evaluate,
    serving.serve,
):
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="cancu")
