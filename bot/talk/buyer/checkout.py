"""Checking out: consent, phone, name, address, province, note, one summary, and yes.

The form asks only what is missing, in the order of `STEPS`; coming back finds it as it was.
"""

from __future__ import annotations

from bot.shop.cart import Parcel, parcels
from bot.shop.hours import today
from bot.shop.order import Order, Receiver
from bot.shop.order_code import new_code
from bot.shop.problems import CartChanged, EmptyCart, OutOfSeason, SoldOut
from bot.shop.says import Choice, Code, Field, Money, Months, Say
from bot.shop.season import closed_by_season
from bot.talk.buyer.cart import wanted
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import orders, people
from bot.usecases.letters import line_say

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
    if not turn.session.cart:
        raise EmptyCart()
    _check_season(turn)
    await _recall(turn)
    for step in STEPS:
        if not turn.session.form.get(step):
            return await _ask(turn, step)
    return await summary(turn)


def _check_season(turn: Turn) -> None:
    for line in turn.session.cart:
        product = wanted(turn, line.product)
        if closed_by_season(product, today(turn.now)) and product.season:
            months = Months(product.season.months, product.season.lunar)
            raise OutOfSeason(product=product.id, name=product.name["vi"], months=months)


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


def plan(turn: Turn) -> tuple[Parcel, ...]:
    """The cart as parcels at today's prices and fees."""
    catalogue = turn.shop.catalogue()
    return parcels(
        turn.session.cart,
        catalogue.products,
        turn.prices,
        catalogue.shipping_from,
        int(turn.session.form.get("province") or 0),
    )


async def summary(turn: Turn) -> list[Say]:
    """Everything once more in one message: goods, one fee per seller, total, who and where."""
    turn.session.checkout = turn.shop.ids.short()
    wishes = plan(turn)
    turn.session.form["total"] = str(sum(p.total_vnd for p in wishes))
    lines = [x for parcel in wishes for x in _parcel_says(turn, parcel)]
    form = turn.session.form
    lines += [
        Say(_total(wishes), {"money": Money(sum(p.total_vnd for p in wishes))}),
        Say("summary-receiver", {"name": form["name"], "phone": form["phone"]})
        if form["name"] != "call"
        else Say("summary-receiver-call", {"phone": form["phone"]}),
        Say("summary-address", {"address": form["address"], "place": form["place"]})
        if form["address"] not in ("call", "voice")
        else Say(f"summary-address-{form['address']}", {"place": form["place"]}),
    ]
    if form["note"] != "-":
        lines.append(Say("order-note", {"note": form["note"]}))
    choices = (
        Choice(f"co:{turn.session.checkout}:yes", "choice-place-order"),
        Choice("fix", "choice-fix"),
        Choice("m", "choice-more-goods"),
        BACK,
    )
    return [Say("summary", {"count": len(wishes)}, tuple(lines), choices)]


def _total(wishes: tuple[Parcel, ...]) -> str:
    return "summary-total" if all(p.quote for p in wishes) else "summary-total-open"


def _parcel_says(turn: Turn, parcel: Parcel) -> list[Say]:
    catalogue = turn.shop.catalogue()
    seller = catalogue.sellers[parcel.seller]
    says = [Say("summary-seller", {"seller": seller.name})]
    says += [line_say(x, catalogue.products[x.product]) for x in parcel.lines]
    if parcel.quote is None:
        return [*says, Say("summary-fee-open")]
    fields: dict[str, Field] = {
        "fee": Money(parcel.quote.fee_vnd),
        "least": parcel.quote.days[0],
        "most": parcel.quote.days[1],
        "sum": Money(parcel.total_vnd),
    }
    return [*says, Say(f"summary-fee-{parcel.quote.method}", fields)]


async def confirm(turn: Turn, checkout_id: str, _yes: str = "yes") -> list[Say]:
    """Yes: the orders exist, once.

    A later tap shows the same orders; an older summary is read again.
    """
    done = await turn.shop.records.orders_of_checkout(checkout_id)
    if done:
        return placed(turn, done)
    if checkout_id != turn.session.checkout:
        turn.notes.append(Say("problem-checkout-old"))
        return await checkout(turn)
    try:
        made = await _place(turn, checkout_id)
    except CartChanged:
        turn.notes.append(Say(CartChanged.id))
        return await summary(turn)
    except SoldOut as problem:
        return await sold_out(turn, problem)
    _close_form(turn)
    return placed(turn, list(made))


async def _place(turn: Turn, checkout_id: str) -> tuple[Order, ...]:
    wishes = plan(turn)
    if str(sum(p.total_vnd for p in wishes)) != turn.session.form.get("total"):
        raise CartChanged()
    form = turn.session.form
    wish = orders.Checkout(
        id=checkout_id,
        person=turn.person,
        parcels=wishes,
        receiver=receiver(form),
        needs_call=form["address"] in ("call", "voice") or form["name"] == "call",
        origin=turn.heard.origin,
    )
    shop, now = turn.shop, turn.now
    return await shop.ledger.put(
        lambda b: orders.place(b, wish, shop.rules, lambda: new_code(shop.ids.letters), now)
    )


def receiver(form: dict[str, str]) -> Receiver:
    spoken = form["address"] in ("call", "voice")
    return Receiver(
        name="" if form["name"] == "call" else form["name"],
        phone=form["phone"],
        address="" if spoken else form["address"],
        province=int(form["province"]),
        place=form["place"],
        voice=form.get("voice", ""),
        note="" if form["note"] == "-" else form["note"],
    )


def _close_form(turn: Turn) -> None:
    """The cart is empty now; the note belongs to this order only."""
    turn.session.cart = []
    turn.session.form = {}
    turn.session.trail = ["home"]


async def sold_out(turn: Turn, problem: SoldOut) -> list[Say]:
    """Someone was faster: nothing is ordered; take what is left, or be told when there is more."""
    product = str(problem.fields["product"])
    left = turn.level(product).free
    rest = Choice(f"rest:{product}:{turn.nonce()}", "choice-take-rest")
    choices = (
        *((rest,) if left else ()),
        Choice(f"ask:{product}", "choice-remind"),
        Choice(f"rm:{product}", "choice-remove"),
        Choice("cart", "choice-cart"),
        BACK,
    )
    return [Say("problem-sold-out", problem.fields, choices=choices)]


def placed(turn: Turn, made: list[Order]) -> list[Say]:
    """The success screen, the same however often it is asked for."""
    says = []
    for order in sorted(made, key=lambda o: o.code):
        seller = turn.shop.catalogue().sellers.get(order.seller)
        fields: dict[str, Field] = {
            "code": Code(order.code),
            "seller": seller.name if seller else order.seller,
            "total": Money(order.total_vnd),
        }
        says.append(Say("placed-order", fields))
    says += [Say("placed-needs-call")] if any(o.needs_call for o in made) else []
    says += [Say("placed-waits")] if any(not o.holding for o in made) else []
    says += [Say("placed-fee-open")] if any(o.quote == "wanted" for o in made) else []
    link = turn.shop.returns(turn.heard.channel)
    choices = (
        Choice("o", "choice-orders"),
        Choice("m", "choice-more-goods"),
        *((Choice("link", "choice-return-link"),) if link else ()),
        Choice("home", "choice-home"),
    )
    return [Say("placed", {"count": len(made)}, tuple(says), choices)]


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
    turn.session.form.pop(step, None)
    return await _ask(turn, step)


async def co(turn: Turn, *args: str) -> list[Say]:
    return await (confirm(turn, *args) if args else checkout(turn))


ROUTES: Routes = {
    "co": screen(co),
    "agree": act(agree),
    "f": screen(question),
    "pv": screen(province_page),
    "fix": screen(fix),
    "re": act(refill),
}
