"""What is wrong with the settings, as sentences for the operator."""

from handlers.kit.texts import plain


def sentences(error: ValueError) -> list[str]:
    """One sentence for each setting at fault; never its value."""
    details = getattr(error, "errors", None)
    return [_sentence(row) for row in details()] if callable(details) else [str(error)]


def _sentence(problem: dict[str, object]) -> str:
    where = problem["loc"]
    name = "_".join(map(str, where)).upper() if isinstance(where, tuple) and where else ""
    if problem["type"] == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    kind = "missing" if problem["type"] == "missing" else "wrong"
    return plain(f"settings_problem.{kind}", {"name": f"COOPBOT_{name}"})
