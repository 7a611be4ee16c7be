"""What is wrong with the cooperative file, as sentences for the operator."""

from handlers.kit.texts import plain
from storage.cooperative.problems import CooperativeFileError, Problem


def sentences(error: CooperativeFileError) -> list[str]:
    """One sentence for each problem: file, line, key, and what to change."""
    return [_sentence(error.file, problem) for problem in error.problems]


def _sentence(file: str, problem: Problem) -> str:
    reason = plain(f"cooperative_file.fault.{problem.fault}", problem.details)
    params = {"file": file, "line": problem.line, "key": _key(problem), "reason": reason}
    if problem.line is not None:
        return plain("cooperative_file.at_line", params)
    return plain("cooperative_file.whole_key" if problem.path else "cooperative_file.whole", params)


def _key(problem: Problem) -> str:
    """The key's own name; the line says which one of its kind it is."""
    names = [part for part in problem.path if isinstance(part, str)]
    return names[-1] if names else ""
