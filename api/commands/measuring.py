"""Measuring: ``answer-all`` over a file of questions, ``evaluate`` over a retrieval test set."""

from __future__ import annotations

import json
from pathlib import Path

import click

from api.commands.options import backend, common_options, json_option, write_output
from api.errors import unusable
from api.output import note, print_json, table

QUESTION_LINES = 'Mỗi dòng là một đối tượng JSON có "id" và "question", bảng mã UTF-8.'
EVALUATION_FILES = "Cần corpus.jsonl (_id, title, text), queries.jsonl (_id, text) và qrels.tsv trong thư mục."


@click.command("answer-all")
@click.argument("questions", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="CÂU_HỎI.jsonl")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Ghi câu trả lời vào tệp này.")
@common_options
def answer_all(questions: Path, out: Path, as_json: bool, data: Path | None) -> None:
    """Tìm và trả lời mọi câu hỏi trong một tệp, để chấm điểm.

    \b
    Ví dụ: cancu answer-all examples/questions.jsonl --out tra-loi.jsonl
    """
    from questions.answer_all import answer_all as answers_to
    from questions.answer_all import read_questions

    try:
        asked = read_questions(questions)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise unusable(f"Không dùng được {questions}: {reason}", QUESTION_LINES) from error
    with backend(data) as source:
        answers = list(answers_to(source.ask, asked))
    write_output(out, "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers).encode())
    abstained = sum(answer["abstained"] for answer in answers)
    if as_json:
        print_json({"out": str(out), "questions": len(answers), "abstained": abstained})
    else:
        note(f"Đã ghi {out}: {len(answers)} câu, {abstained} câu không đủ bằng chứng để trả lời.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="THƯ_MỤC")
@click.option(
    "--model", metavar="MÔ_HÌNH", help="Mô hình khác: thư mục hoặc tên trên hub. Mặc định: $CANCU_MODEL, hoặc mô hình đi kèm."
)
@json_option
def evaluate(folder: Path, model: str | None, as_json: bool) -> None:
    """Chấm tìm kiếm trên một bộ kiểm tra (corpus.jsonl, queries.jsonl, qrels.tsv).

    \b
    Ví dụ: cancu evaluate bo-kiem-tra/
    """
    from embeddings.evaluation import evaluate_folder
    from embeddings.model import UnusableModel, load_model

    try:
        chosen = load_model(model)
    except UnusableModel as error:
        raise unusable(str(error), "Nêu một thư mục mô hình của sentence-transformers, hoặc bỏ --model.") from error
    try:
        figures = evaluate_folder(folder, chosen)
    except (FileNotFoundError, ValueError) as error:
        raise unusable(f"Không dùng được bộ kiểm tra {folder}: {error}", EVALUATION_FILES) from error
    if as_json:
        print_json(figures)
        return
    names = ("ndcg@10", "recall@10", "recall@100", "mrr@10", "seconds")
    rows = [(way, *(f"{values[name]:.4f}" for name in names)) for way, values in figures.items() if isinstance(values, dict)]
    click.echo(table(("Cách tìm", *names), rows))
