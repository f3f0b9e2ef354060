// What is shown: figures, codes, claims, questions. Each thing has one element, made anew when it changes.

import { clock, reason, word } from "./words.js";

const ICONS = {
  held: "⏳", asked: "◐", offered: "🔔", queued: "👥", confirmed: "✅", ordered: "📦",
  cancelled: "✖", expired: "⌛", passed: "↷",
};
const LIVE_ICONS = { planned: "🕗", on_air: "🔴", over: "🏁", cancelled: "✖" };
const CAN_END = new Set(["held", "asked", "offered", "queued", "confirmed"]);

export const helps = document.body.dataset.role === "help";
const items = new Map();

export function byId(id) {
  return document.getElementById(id);
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(label, act, icon) {
  const made = make("button", act.do, icon ? `${icon} ${label}` : label);
  made.type = "button";
  made.act = act;
  return made;
}

// ---- one thing each

function codeItem(code) {
  const item = make("li", code.off ? "code off" : "code");
  const [number, ...unit] = code.shown.split(" ");
  const line = make("p", "left");
  const digits = make("b", "digits", number);
  digits.dataset.code = code.code;
  digits.dataset.left = code.left;
  line.append(digits, make("span", "unit", unit.join(" ")));
  const head = make("p", "head");
  head.append(make("b", "mark", code.code), make("span", "price", code.price));
  item.append(head, line, make("p", "name", code.name));
  const notes = [];
  if (code.off) notes.push(`⏸ ${word("is-off")}`);
  if (!code.left) notes.push(`○ ${word("none-left")}`);
  if (code.queue) notes.push(`👥 ${word("waits", { n: code.queue })}`);
  item.append(make("p", "notes", notes.join(" · ")));
  if (helps) {
    const label = `${word(code.off ? "code-on" : "code-off")} ${code.code}`;
    item.append(button(label, { do: "code", code: code.code, off: !code.off }, code.off ? "▶" : "⏸"));
  }
  return item;
}

function claimItem(claim) {
  const item = make("li", `claim ${claim.state}`);
  item.dataset.number = claim.number;
  const head = make("p", "head");
  head.append(
    make("span", "number", `#${String(claim.number).padStart(3, "0")}`),
    make("b", "mark", claim.code),
    make("span", "amount", claim.amount),
    make("span", "name", claim.name || (claim.chat ? word("in-chat") : word("nameless"))),
  );
  const until = claim.until ? ` ${word("until", { at: clock(claim.until) })}` : "";
  const state = make("p", "state", `${ICONS[claim.state]} ${word(`state-${claim.state}`)}${until}`);
  item.append(head, state, make("span", "money", claim.money));
  if (helps && CAN_END.has(claim.state)) item.append(claimButtons(claim));
  return item;
}

function claimButtons(claim) {
  const row = make("p", "row");
  if (claim.waits) row.append(button(word("yes"), { do: "yes", claim: claim.id }, "✔"));
  row.append(button(word("no"), { do: "no", claim: claim.id }, "✕"));
  return row;
}

function askItem(ask) {
  const item = make("li", `ask ${ask.kind}`);
  item.dataset.at = ask.at;
  const icon = ask.kind === "question" ? "❓" : "🤔";
  const why = ask.why ? `: ${reason(ask.why)}` : "";
  item.append(make("p", "why", `${icon} ${word(ask.kind)}${why} · ${clock(ask.at)}`));
  const said = make("p", "said");
  said.append(make("b", "", word("asked-by", { name: ask.name || word("nameless") })), ` ${ask.text}`);
  item.append(said);
  if (helps) item.append(ask.kind === "doubt" ? insteadForm(ask) : doneRow(ask));
  return item;
}

function doneRow(ask) {
  const row = make("p", "row");
  row.append(button(word("done"), { do: "done", comment: ask.id }, "✔"));
  return row;
}

function insteadForm(ask) {
  const form = make("form", "instead row");
  form.autocomplete = "off";
  const field = make("input");
  field.maxLength = 1000;
  field.required = true;
  field.value = ask.text;
  field.setAttribute("aria-label", word("instead"));
  form.append(field);
  if (!ask.name) {
    const who = make("input", "who");
    who.placeholder = word("author");
    who.setAttribute("aria-label", word("author"));
    form.append(who);
  }
  const send = make("button", "", word("send"));
  form.append(send, button(word("done"), { do: "done", comment: ask.id }, "✔"));
  form.addEventListener("submit", () => {
    send.act = { do: "instead", comment: ask.id, text: field.value, author: form.querySelector(".who")?.value ?? "" };
  });
  return form;
}

// ---- all of it

const MAKERS = { codes: codeItem, claims: claimItem, asks: askItem };
const KEYS = { codes: (x) => x.code, claims: (x) => -x.number, asks: (x) => x.at };

function put(list, thing) {
  const id = thing.id ?? `code ${thing.code}`;
  const made = MAKERS[list](thing);
  made.key = KEYS[list](thing);
  const old = items.get(id);
  items.set(id, made);
  if (old) return old.replaceWith(made);
  const parent = byId(list);
  const next = [...parent.children].find((other) => other.key > made.key);
  parent.insertBefore(made, next ?? null);
}

function drop(id) {
  items.get(id)?.remove();
  items.delete(id);
}

function showHead(head) {
  for (const name of ["total", "minute", "queue"]) byId(name).textContent = head[name];
  byId("asking").textContent = head.asking ? `(${head.asking})` : "";
  byId("state").textContent = `${LIVE_ICONS[head.state]} ${word(`live-${head.state}`)}`;
  byId("title").textContent = head.title || word("title");
  const hidden = head.asking - byId("asks").children.length;
  byId("more-asks").textContent = word("more-asks", { n: hidden });
  byId("more-asks").hidden = hidden <= 0;
}

export function show(told) {
  if (told.full) [...items.keys()].forEach(drop);
  (told.gone ?? []).forEach(drop);
  for (const list of ["codes", "claims", "asks"]) {
    (told[list] ?? []).forEach((thing) => put(list, thing));
    byId(`no-${list}`).hidden = byId(list).children.length > 0;
  }
  if (told.head) showHead(told.head);
  byId("opening").hidden = true;
  byId("board").hidden = false;
}

export function tell(id, text) {
  byId(id).textContent = text;
  byId(id).hidden = !text;
}
