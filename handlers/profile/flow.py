"""The flow of updating one's own data, put together from its parts."""

from dataclasses import dataclass

from domain.access.step_up import Purpose, StepUp
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.profile.filing import Filing
from domain.profile.papers import MOST_BYTES
from domain.profile.places import Places
from handlers.kit.flow import Access, Flow, Go, Step
from handlers.profile.declarations import Declarations, DeclarationStep, Filed
from handlers.profile.entries import EntryList, EntryStep
from handlers.profile.form import Form
from handlers.profile.overview import Overview
from handlers.profile.papers import PaperStep
from handlers.profile.proving import Proving
from handlers.profile.question import Question
from handlers.profile.review import Review
from handlers.profile.section import SectionStep
from handlers.step_up import StepUpStep


@dataclass(frozen=True, slots=True)
class ProfileFlow:
    visit: Visit
    filing: Filing
    step_up: StepUp
    places: Places
    cooperative: Cooperative

    def flow(self) -> Flow:
        form = Form(self.visit, self.filing, self.places)
        proving = Proving(form, self.step_up, self.cooperative.policies)
        return Flow(
            "profile",
            version=1,
            first="overview",
            steps=self._form(form, proving) | self._filing(form, proving),
            access=Access.MEMBER,
        )

    def _form(self, form: Form, proving: Proving) -> dict[str, Step]:
        """What is on file and each question about it; typed answers do not stay in the chat."""
        overview, section = Overview(form), SectionStep(form)
        entries, entry = EntryList(form), EntryStep(form)
        question = Question(form, proving)
        return {
            "overview": Step(overview.show, overview.answer),
            "section": Step(section.show, section.answer),
            "entries": Step(entries.show, entries.answer),
            "entry": Step(entry.show, entry.answer),
            "question": Step(question.show, question.answer, discreet=True),
            "address": Step(proving.show_address, proving.answer_address, discreet=True),
            "mobile": Step(proving.show_mobile, proving.answer_mobile, discreet=True, contact=True),
        }

    def _filing(self, form: Form, proving: Proving) -> dict[str, Step]:
        """From the review to the filing number."""
        review, papers = Review(form, proving), PaperStep(form, self.filing.papers)
        declarations, filed = Declarations(form), Filed()
        proof = StepUpStep(
            self.visit,
            self.step_up,
            Purpose.PROFILE,
            self.cooperative,
            here="proof",
            back=lambda data: Go("declarations", data),
            onward=declarations.file,
        )
        declaring = DeclarationStep(declarations, proof)
        return {
            "review": Step(review.show, review.answer),
            "papers": Step(papers.show, papers.answer, discreet=True, upload=MOST_BYTES),
            "declarations": Step(declarations.show, declaring.answer),
            "proof": Step(proof.show, proof.answer, discreet=True),
            "filed": Step(filed.show, filed.answer),
        }
