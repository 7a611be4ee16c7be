"""What is told beside the conversation about requests and drafts, and its buttons."""

from dataclasses import dataclass
from datetime import datetime

from domain.profile.requests import Request, State
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, SignOut
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.profile.standing import reason_of, state_line
from handlers.profile.wording import name_of


@dataclass(frozen=True, slots=True)
class ReadRequest(Standing):
    """The member opens their request."""

    prefix = "rqn"
    request: int


@dataclass(frozen=True, slots=True)
class VerifyRequest(Standing):
    """A verifier opens a request."""

    prefix = "vfn"
    request: int


@dataclass(frozen=True, slots=True)
class UpdateData(Standing):
    """The member opens the form."""

    prefix = "pfu"
    again: int


async def pressed(given: Standing) -> Leave | SignOut | Phrase:
    """Where a note's button leads; who may go there is judged on the way in."""
    match given:
        case ReadRequest(request):
            return Leave("requests", {"request": request})
        case VerifyRequest(request):
            return Leave("verify", {"request": request})
        case UpdateData():
            return Leave("profile")
    return Phrase("kernel.stale")


def decided(request: Request) -> Screen:
    """To the member: each section with its state and, when refused, why."""
    lines: list[Phrase] = []
    for part in request.sections:
        lines.append(state_line(part))
        if part.state is State.REJECTED:
            lines.append(reason_of(part.reason))
    return Screen(
        "notes.decided", {"number": request.number, "lines": tuple(lines)}, _read(request)
    )


def asked(request: Request) -> Screen:
    """To the member: there is a question; once it is answered or closed, that too."""
    waits = request.unanswered is not None and bool(request.pending)
    key = "notes.question.waits" if waits else "notes.question.done"
    return Screen(key, {"number": request.number}, _read(request) if waits else ())


def _read(request: Request) -> Rows:
    return ((Button("notes.read", ReadRequest(request.id)),),)


def to_verify(request: Request, name: str, now: datetime, heading: str) -> Screen:
    """To a verifier: who (masked), which sections, since when; or who attended to it."""
    params: dict[str, object] = {"number": request.number, "name": name}
    if not request.pending:
        return Screen(f"notes.{_ending(request)}", params | _last(request))
    params["heading"] = Phrase(f"notes.heading.{heading}")
    params["sections"] = tuple(
        Phrase(
            "notes.risky" if part.change.risky else "notes.section",
            {"section": name_of(part.change.section)},
        )
        for part in request.pending
    )
    params["filed_at"] = request.filed_at
    claimer = request.claimer_at(now)
    params["claim"] = (
        Phrase("notes.claimed", {"name": claimer}) if claimer else Phrase("notes.free")
    )
    rows = ((Button("notes.open", VerifyRequest(request.id)),),)
    return Screen("notes.to_verify", params, rows)


def _ending(request: Request) -> str:
    decided_by = [part for part in request.sections if part.decided_by]
    return "attended" if decided_by else "withdrawn"


def _last(request: Request) -> dict[str, object]:
    """Who decided last, and when."""
    done = [part for part in request.sections if part.decided_by and part.decided_at]
    if not done:
        return {}
    last = max(done, key=lambda part: part.decided_at or request.filed_at)
    return {"by": last.decided_by, "at": last.decided_at}


def plain_note(key: str, button: str | None = None) -> Screen:
    """A note that is the same for everybody."""
    rows = ((Button(button, UpdateData(1)),),) if button else ()
    return Screen(key, rows=rows)
