"""`[documents]` of the cooperative file: what papers carry, and what its author is told."""

import pytest

from domain.cooperative import Signatory
from storage.cooperative.problems import Fault
from storage.cooperative_file import read_cooperative
from tests.cooperative.test_file import changed, line_of, problems

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
POLICIES = "[policies]"
SIGNED = '[documents]\nsignatory = "Rosa Tiza"\npost = "Gerente"\n\n'


def with_documents(folder, table):
    return changed(folder, POLICIES, f"{table}{POLICIES}")


def test_without_it_papers_have_neither_logo_nor_signatory(tmp_path):
    found = read_cooperative(with_documents(tmp_path, ""))
    assert (found.logo, found.signatory) == (None, None)


def test_logo_and_signatory(tmp_path):
    (tmp_path / "logo.png").write_bytes(PNG)
    table = SIGNED.replace("\n\n", '\nlogo = "logo.png"\n\n')
    found = read_cooperative(with_documents(tmp_path, table))
    assert (found.logo, found.signatory) == (PNG, Signatory("Rosa Tiza", "Gerente"))


@pytest.mark.parametrize("given", ["signatory", "post"])
def test_who_certifies_is_named_whole(tmp_path, given):
    missing = {"signatory": "post", "post": "signatory"}[given]
    table = f'[documents]\n{given} = "x y"\n\n'
    (problem,) = problems(with_documents(tmp_path, table)).problems
    assert (problem.fault, problem.path) == (Fault.MISSING, ("documents", missing))


@pytest.mark.parametrize(
    "content", [None, b"GIF89a" + bytes(20), PNG + bytes(200_000)], ids=["none", "gif", "large"]
)
def test_a_logo_that_is_none(tmp_path, content):
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    path = with_documents(tmp_path, '[documents]\nlogo = "logo.png"\n\n')
    (problem,) = problems(path).problems
    assert problem.fault is Fault.PICTURE
    assert problem.line == line_of(POLICIES) + 1
