"""Somebody at a phone, in front of the camera."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.kit import texts
from tests.journeys.member import CODE, PIN, MemberPhone
from tests.storyboard.frames import Frame

if TYPE_CHECKING:
    from tests.storyboard.studio import Studio


@dataclass(frozen=True, slots=True)
class Actor(MemberPhone):
    """Somebody at a phone, in front of the camera."""

    studio: "Studio"
    document: str
    email: str

    async def shot(self, title: str, step: str = "") -> None:
        """Keep what is on the screen, with what came before it."""
        shown = self.phone.message if step else await self.live()
        rows = shown.get("reply_markup", {}).get("inline_keyboard") or self.keys
        place = step or await self.studio.place(self.phone.id)
        before = self.studio.arrived(self)
        text = str(shown.get("text", shown.get("caption", "")))
        self.studio.frames.append(Frame(title, place, text, rows, before))

    async def live(self) -> dict[str, Any]:
        """The message with the chat's screen; notes may lie below it."""
        number = await self.studio.live_message(self.phone.id)
        known = {m["message_id"]: m for m in self.phone.messages}
        return known.get(number or 0, self.phone.message)

    @property
    def keys(self) -> list[list[dict[str, Any]]]:
        """The keys beside the one that shares a contact, and it."""
        rows = self.phone.reply_buttons
        return [[{"text": label, "callback_data": ""} for label in row] for row in rows]

    @property
    def run(self) -> str:
        """What the buttons on the screen begin with."""
        rows = self.phone.message["reply_markup"]["inline_keyboard"]
        return str(rows[-1][0]["callback_data"]).partition(":")[0]

    async def note(self, title: str, words: str) -> None:
        """Send what is due and keep the newest note that holds the words."""
        await self.world.deliver()
        shown = self.notes(words)[-1]
        rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
        self.studio.frames.append(Frame(title, "(nota en el chat)", shown["text"], rows))

    async def mail(self, title: str, about: str) -> None:
        """Send what is due and keep the newest e-mail whose subject holds the words.

        Letters leave several at once: without a subject the newest would be any of them.
        """
        await self.world.post()
        newest = [m for m in self.world.mails(self.email) if about in m.subject][-1]
        text = f"{newest.subject.strip()}\n\n{newest.text.strip()}"
        self.studio.frames.append(Frame(title, "(e-mail)", text))

    async def at_pin(self, document: str = "") -> None:
        await self.authorise()
        await self.give_document(document or self.document)

    async def at_robot(self, pin: str = PIN) -> None:
        await self.at_pin()
        await self.press(pin)

    async def at_code(self, pin: str = PIN) -> None:
        await self.at_robot(pin)
        await self.pass_robot()
        await self.world.post()

    async def proven(self, pin: str = PIN) -> None:
        """All the way, with the right code."""
        await self.at_code(pin)
        await self.say(self.right_code())

    async def miss_robot(self) -> None:
        """Touch a picture that is not the one asked for."""
        asked = "".join(self.screen.split("dibujo ")[1:]).rstrip(".")
        names = {texts.plain(key): key for key in texts.catalog() if key.endswith(".name")}
        right = texts.plain(names[asked].removesuffix("name") + "face")
        await self.phone.tap(next(label for label in self.labels[:9] if label != right))

    async def tap(self, start: str) -> None:
        """Tap the newest button whose label contains the words, in a screen or a note."""
        boards = [m.get("reply_markup", {}) for m in reversed(self.phone.messages)]
        rows = [row for board in boards for row in board.get("inline_keyboard", [])]
        labels = [button["text"] for row in rows for button in row]
        labels += [label for row in self.phone.reply_buttons for label in row]
        await self.phone.tap(next((label for label in labels if start in label), start))

    async def go(self, *labels: str) -> None:
        for label in labels:
            await self.tap(label)

    @property
    def member_id(self) -> int:
        return int(self.document) - 50_000_000

    def right_code(self) -> str:
        """The newest code among the e-mails, other letters apart."""
        written = [mail.text for mail in self.world.mails(self.email)]
        return [found[1] for found in map(CODE.search, written) if found][-1]
