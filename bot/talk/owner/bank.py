"""The bank account the shop is paid to: the owner names it, says yes to it, everyone is told.

A change holds a day later, so that whoever did not expect it can stop it in time.
"""

from __future__ import annotations

from bot.shop.banks import BANKS, Bank, bank_name, bank_named, banks_near
from bot.shop.payment import BankAccount, account_in_use, account_to_come
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Say
from bot.talk.turn import BACK, Routes, Turn, act, for_owner, screen
from bot.understand.sellers.accounts import account_said
from bot.usecases import payments

A_PAGE = 7
LEAST_DIGITS, MOST_DIGITS = 6, 19
MOST_HOLDER = 60
DRAFT = "bank-new"
"""Where the session's form keeps what waits for the owner's yes."""


async def bank(turn: Turn) -> list[Say]:
    """What is used now, what is to come, and naming another; one sentence may tell all of it."""
    if turn.words:
        return await _told(turn)
    now = turn.now
    known = await turn.shop.records.read(lambda b: b.bank_accounts())
    used, waits = account_in_use(known, now), account_to_come(known, now)
    lines = (Say("bank-waits", _fields(waits)),) if waits else ()
    stop = (Choice(f"bks:{waits.id}", "choice-bank-stop"),) if waits else ()
    choices = (Choice("bkn:0", "choice-bank-new"), *stop, BACK)
    turn.ask("bank")
    if used is None:
        return [Say("bank-none", lines=lines, choices=choices)]
    return [Say("bank-now", _fields(used), lines, choices)]


def _fields(account: BankAccount) -> dict[str, Field]:
    return {
        "bank": bank_name(account.bin),
        "number": account.number,
        "holder": account.holder,
        "when": Moment(account.from_at),
    }


async def _told(turn: Turn) -> list[Say]:
    """ "Vietcombank 0123456789 Sùng Thị Mẫu": what is missing is asked, one thing at a time."""
    said = account_said(turn.words)
    turn.words = ""
    if said is None or not said.bins:
        return await banks(turn)
    if len(said.bins) > 1:
        return [_which([BANKS[b] for b in said.bins if b in BANKS])]
    if not said.number:
        return await number(turn, said.bins[0])
    if not said.holder:
        return await holder(turn, said.bins[0], said.number)
    return _sure(turn, said.bins[0], said.number, said.holder)


async def banks(turn: Turn, page: str = "0") -> list[Say]:
    """Banks by pages, the common ones first; a typed name is understood too."""
    turn.ask("bkn:0")
    if turn.words:
        return await _bank_in_words(turn)
    everyone, start = list(BANKS.values()), int(page) * A_PAGE
    choices = [_bank(b) for b in everyone[start : start + A_PAGE]]
    if start + A_PAGE < len(everyone):
        choices.append(Choice(f"bkn:{int(page) + 1}", "choice-more"))
    return [Say("bank-which", choices=(*choices, BACK))]


async def _bank_in_words(turn: Turn) -> list[Say]:
    found, text = bank_named(turn.words), turn.words
    turn.words = ""
    if found is not None:
        return await number(turn, found.bin)
    if any(c.isdigit() for c in text):
        turn.words = text
        return await _told(turn)
    return [_which(banks_near(text))]


def _which(near: list[Bank]) -> Say:
    id_ = "bank-which" if near else "bank-no-such"
    return Say(id_, choices=(*(_bank(b) for b in near), Choice("bkn:0", "choice-banks"), BACK))


def _bank(known: Bank) -> Choice:
    return Choice(f"bka:{known.bin}", "choice-bank", {"name": known.name})


async def number(turn: Turn, bin_: str) -> list[Say]:
    """The account's number, digits only; spaces and dots are put up with."""
    known = BANKS[bin_]
    digits = "".join(c for c in turn.words if c.isalnum())
    if turn.words and digits.isdigit() and LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
        turn.words = ""
        return await holder(turn, bin_, digits)
    turn.ask(f"bka:{bin_}")
    id_ = "bank-number-unclear-number" if turn.words else "bank-ask-number"
    return [Say(id_, {"bank": known.name}, choices=(BACK,))]


async def holder(turn: Turn, bin_: str, digits: str) -> list[Say]:
    """The name the bank shows for the account."""
    if turn.words:
        return _sure(turn, bin_, digits, " ".join(turn.words.split())[:MOST_HOLDER])
    turn.ask(f"bkh:{bin_}:{digits}")
    return [Say("bank-ask-holder", {"number": digits}, choices=(BACK,))]


def _sure(turn: Turn, bin_: str, digits: str, name: str) -> list[Say]:
    """Everything once more before it counts: money goes there."""
    mark = turn.change_id()
    turn.session.form[DRAFT] = "\n".join((mark, bin_, digits, name))
    fields: dict[str, Field] = {"bank": BANKS[bin_].name, "number": digits, "holder": name}
    choices = (
        Choice(f"bky:{mark}:yes", "choice-bank-yes"),
        Choice("bkn:0", "choice-bank-again"),
        BACK,
    )
    lines = () if BANKS[bin_].confirmed else (Say("bank-try-first"),)
    return [Say("bank-sure", fields, lines, choices)]


async def yes(turn: Turn, mark: str, sure: str) -> list[Say]:
    """The account is set, or will be in a day; a second tap shows the same. sure: "yes"."""
    kept, bin_, digits, name = turn.session.form.get(DRAFT, "\n\n\n").split("\n")
    if kept != mark or sure != "yes":
        raise KeyError(mark)
    who, now, known = await turn.who(), turn.now, BANKS[bin_]
    account = await turn.shop.ledger.put(
        lambda b: payments.set_account(b, bin_, digits, name, who, now, mark, known.name)
    )
    id_ = "bank-will-change" if account.from_at > now else "bank-is-set"
    return [Say(id_, _fields(account), choices=(Choice("bank", "choice-bank-account"), BACK))]


async def stop(turn: Turn, account: str) -> list[Say]:
    """The change that waits is not made; everyone is told."""
    who, now = await turn.who(), turn.now
    stopped = await turn.shop.ledger.put(lambda b: payments.stop_account(b, account, who, now))
    choices = (Choice("bank", "choice-bank-account"), BACK)
    return [Say("bank-is-stopped", _fields(stopped), choices=choices)]


ROUTES: Routes = {
    "bank": for_owner(screen(bank), Right.BANK),
    "bkn": for_owner(screen(banks, views=1), Right.BANK),
    "bka": for_owner(act(number), Right.BANK),
    "bkh": for_owner(act(holder), Right.BANK),
    "bky": for_owner(act(yes), Right.BANK),
    "bks": for_owner(act(stop), Right.BANK),
}
