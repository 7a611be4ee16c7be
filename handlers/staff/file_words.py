"""A member's file in words."""

from collections.abc import Iterable, Mapping

from domain.access.journal import Action, Result
from domain.access.masking import mask_email
from domain.cooperative import Policies
from domain.members import Member
from domain.staff.files import AccessState, MemberFile, PastAct, PastEntry, PastTicket
from handlers.kit.screen import Phrase
from handlers.staff.wording import masked_mobile, person

Lines = tuple[Phrase, ...]
_NOTHING: Lines = (Phrase("staff_file.nothing"),)
_TRIES: Mapping[Action, str] = {
    Action.PIN: "pin",
    Action.LOCK: "lock",
    Action.CODE: "code",
    Action.APP: "code",
    Action.RESET: "reset",
    Action.VOUCH: "reset",
    Action.BLOCK: "block",
}


def told(
    found: MemberFile, whole: bool, policies: Policies, number: str | None
) -> dict[str, object]:
    """The parameters of the file's text; `whole`: with the whole document.

    `number`: what to tell the member whose reset is open.
    """
    who, document = found.member, found.member.document
    return {
        "name": person(who.surnames, who.first_names),
        "kind": document.kind.value,
        "document": document.number if whole else document.masked,
        "number": who.number,
        "status": Phrase(f"staff_members.state.{who.status}"),
        "access": (*_access(found.access, policies), *_reset(found.access, number)),
        "contact": _contact(who),
        "entries": _lines(_entry(each) for each in found.entries),
        "tickets": _lines(_ticket(each) for each in found.tickets),
        "acts": _lines(_act(each) for each in found.acts),
    }


def _lines(written: Iterable[Phrase]) -> Lines:
    return tuple(written) or _NOTHING


def _contact(who: Member) -> Lines:
    known = {"email": mask_email(who.email) if who.email else None}
    known["mobile"] = masked_mobile(who.mobile)
    return tuple(
        Phrase(f"staff_file.{field}.{'known' if value else 'none'}", {"value": value or ""})
        for field, value in known.items()
    )


def _access(state: AccessState, policies: Policies) -> Lines:
    """One line for each thing that matters when somebody cannot enter."""
    pin = Phrase(f"staff_file.pin.{state.pin}")
    failures = (*_failures(state, policies.pin_tries), *_app_failures(state, policies.app_tries))
    return (*_locked(state), pin, *failures, *_account(state))


def _locked(state: AccessState) -> Lines:
    if state.locked_at is None:
        return ()
    return (Phrase(f"staff_file.locked.{state.lock_reason}", {"at": state.locked_at}),)


def _reset(state: AccessState, number: str | None) -> Lines:
    if number is None:
        return ()
    return (Phrase("staff_file.reset_open", {"until": state.vouched_until, "number": number}),)


def _failures(state: AccessState, tries: int) -> Lines:
    counts = {"own": state.failures_bound, "others": state.failures_unbound}
    return tuple(
        Phrase(
            f"staff_file.failures.{where}.{'out' if failures >= tries else 'some'}",
            {"failures": failures, "tries": tries},
        )
        for where, failures in counts.items()
        if failures
    )


def _app_failures(state: AccessState, tries: int) -> Lines:
    """Wrong codes of the app, once none is judged any more."""
    counts = {"own": state.app_failures_own, "others": state.app_failures_others}
    spent = (where for where, failures in counts.items() if failures >= tries)
    return tuple(Phrase(f"staff_file.app_spent.{where}", {"tries": tries}) for where in spent)


def _account(state: AccessState) -> Lines:
    app = (Phrase("staff_file.authenticator"),) if state.has_authenticator else ()
    if state.bound_at is None:
        return (Phrase("staff_file.unbound"), *app)
    return (Phrase("staff_file.bound", {"since": state.bound_at}), *app)


def _entry(entry: PastEntry) -> Phrase:
    kind = _TRIES.get(entry.action)
    if kind is None:
        kind = "entered" if entry.result is Result.DONE else "not_admitted"
    return Phrase(f"staff_file.entry.{kind}", {"at": entry.at})


def _ticket(ticket: PastTicket) -> Phrase:
    state = Phrase(f"staff_tickets.state.{ticket.state}")
    return Phrase("staff_file.ticket", {"number": ticket.number, "state": state})


def _act(act: PastAct) -> Phrase:
    done = Phrase(f"staff_file.did.{act.action}")
    params = {"at": act.at, "by": act.by, "done": done, "reason": act.reason}
    return Phrase("staff_file.act.why" if act.reason else "staff_file.act.bare", params)
