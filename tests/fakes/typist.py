"""`Typist` that writes down what it was told to type, or says why it does not."""

from dataclasses import dataclass, field

from pharmacy_desk.core.sale.guarding import NotTyped, Typed


@dataclass
class PaperTypist:
    """`Typist`; `refuses` is said instead of typing."""

    texts: list[str] = field(default_factory=list)
    refuses: NotTyped | None = None

    def type(self, text: str) -> Typed | NotTyped:
        if self.refuses:
            return self.refuses
        self.texts.append(text)
        return Typed()

    def close(self) -> None:
        self.refuses = NotTyped.LOST
