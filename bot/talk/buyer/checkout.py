"""Checking out: consent, phone, name, address, province, note.

The form asks only what is missing, in the order of `STEPS`; coming back finds it as it was.
"""

from __future__ import annotations

from bot.shop.claim import claim_of_offer
from bot.shop.hours import today
from bot.shop.problems import DealLate, EmptyCart, OutOfSeason
from bot.shop.says import Choice, Months, Say
from bot.shop.season import closed_by_season
from bot.talk.buyer.cart import wanted
from bot.talk.buyer.form_words import GOING
from bot.talk.buyer.my_claims import claims_in, open_claims, say_what_waits, several
from bot.talk.buyer.summary import summary
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import people

CONSENT_VERSION = "2026-11"
"""Change it when the wording of `consent` changes; people are then asked again."""

QUESTIONS: dict[str, tuple[Choice, ...]] = {
    "phone": (),
    "name": (Choice("set:name:call", "choice-seller-asks-name"),),
    "address": (Choice("set:address:call", "choice-seller-calls"),),
    "note": (Choice("set:note:-", "choice-no-note"),),
}
"""Ways to answer a question without typing."""

STEPS = ("consent", "phone", "name", "address", "province", "note")


async def checkout(turn: Turn, *_: str) -> list[Say]:
    """The first step that is missing, or the summary."""
    await claims_in(turn)
    if not turn.session.cart and (claimed := await open_claims(turn)):
        return [several(turn, "claims-mine", claimed)]
    await say_what_waits(turn)
    if not turn.session.cart:
        raise EmptyCart()
    _check_season(turn)
    _check_deals(turn)
    await _recall(turn)
    turn.session.form[GOING] = "1"
    for step in STEPS:
        if not turn.session.form.get(step):
            return await _ask(turn, step)
    return await summary(turn)


def _check_season(turn: Turn) -> None:
    for line in turn.session.cart:
        product = wanted(turn, line.product)
        if claim_of_offer(line.offer):
            continue  # what is held for her can be sent
        if closed_by_season(product, today(turn.now)) and product.season:
            months = Months(product.season.months, product.season.lunar)
            raise OutOfSeason(product=product.id, name=product.name["vi"], months=months)


def _check_deals(turn: Turn) -> None:
    """Told before the form is filled; the ledger looks again when the order is placed."""
    for line in turn.session.cart:
        if line.terms and turn.now > line.terms.until:
            raise DealLate(product=line.product)


async def _recall(turn: Turn) -> None:
    """What this person agreed to and used last time is not asked again."""
    form = turn.session.form
    if "known" in form:
        return
    person = await turn.who()
    form["known"] = "1"
    if any(c.kind == "order" and c.version == CONSENT_VERSION for c in person.consents):
        form.setdefault("consent", CONSENT_VERSION)
    if person.receiver and form.get("consent"):
        for name in ("phone", "name", "address", "place"):
            form.setdefault(name, getattr(person.receiver, name))
        form.setdefault("province", str(person.receiver.province or ""))


async def _ask(turn: Turn, step: str) -> list[Say]:
    """Show a step's question; words that come next answer it."""
    if step == "consent":
        return await consent(turn)
    if step == "province":
        return await province_page(turn)
    turn.session.trail.append(f"f:{step}")
    return await question(turn, step)


async def question(turn: Turn, step: str) -> list[Say]:
    if step == "province":
        return await province_page(turn)
    turn.ask(f"a:{step}")
    return [Say(f"ask-{step}", choices=(*QUESTIONS[step], BACK))]


async def consent(turn: Turn) -> list[Say]:
    """Why, by whom, how to erase.

    Order data and reminders are two separate buttons, nothing ticked.
    """
    sellers = turn.shop.catalogue().sellers
    names = {wanted(turn, x.product).seller for x in turn.session.cart}
    who = ", ".join(sorted(sellers[s].name for s in names if s in sellers))
    remind = not turn.session.form.get("remind")
    choices = (
        Choice("agree:order", "choice-agree-order"),
        *((Choice("agree:remind", "choice-agree-remind"),) if remind else ()),
        Choice("agree:no", "choice-agree-no"),
        BACK,
    )
    return [Say("consent", {"sellers": who}, choices=choices)]


async def agree(turn: Turn, kind: str) -> list[Say]:
    if kind not in ("order", "remind", "no"):
        raise KeyError(kind)
    if kind == "no":
        return [Say("consent-declined", choices=(Choice("co", "choice-agree-again"), BACK))]
    person, lang, now = turn.person, turn.session.lang, turn.now
    await turn.shop.ledger.put(
        lambda b: people.consent(b, person, kind, CONSENT_VERSION, lang, now)
    )
    turn.session.form["consent" if kind == "order" else "remind"] = CONSENT_VERSION
    if kind == "remind":
        turn.notes.append(Say("consent-remind-noted"))
    return await checkout(turn)


async def province_page(turn: Turn, page: str = "0") -> list[Say]:
    """Provinces by pages of seven, so that digits are enough; a typed name is understood too."""
    turn.ask("a:province")
    everyone = sorted(turn.shop.catalogue().provinces.values(), key=lambda p: p.code)
    start = int(page) * 7
    choices = [
        Choice(f"prov:{p.code}", "choice-province", {"name": p.name})
        for p in everyone[start : start + 7]
    ]
    if start + 7 < len(everyone):
        choices.append(Choice(f"pv:{int(page) + 1}", "choice-more"))
    return [Say("ask-province", choices=(*choices, BACK))]


async def fix(turn: Turn) -> list[Say]:
    """Change one thing of the summary."""
    choices = (
        Choice("ed", "choice-edit-cart"),
        Choice("re:phone", "choice-fix-phone"),
        Choice("re:name", "choice-fix-name"),
        Choice("re:address", "choice-fix-address"),
        Choice("re:province", "choice-fix-province"),
        Choice("re:note", "choice-fix-note"),
        BACK,
    )
    return [Say("fix", choices=choices)]


async def refill(turn: Turn, step: str) -> list[Say]:
    """Ask again; what was there stays until the new answer is."""
    if step not in STEPS:
        raise KeyError(step)
    return await _ask(turn, step)


ROUTES: Routes = {
    "agree": act(agree),
    "f": screen(question, views=1),
    "pv": screen(province_page, views=1),
    "fix": screen(fix),
    "re": act(refill),
}
