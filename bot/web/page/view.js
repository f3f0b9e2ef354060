// Messages as the person sees them. Everything is put in as text, never as HTML.

import { locale, word } from "./words.js";

const log = document.getElementById("log");
const status = document.getElementById("status");
const LINKS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|\b0\d{9}\b)/;
const DOUBLE_TAP = 700; // ms, for slow fingers too
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let onTap = () => {};

export function whenTapped(handle) {
  onTap = handle;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Addresses open, phone numbers call.
function bodyOf(text, mine) {
  const body = element("div", "body");
  if (mine) {
    body.append(text);
    return body;
  }
  for (const part of text.split(LINKS)) {
    if (!LINKS.test(part)) {
      body.append(part);
      continue;
    }
    const link = element("a", "", part);
    link.href = part.startsWith("0") ? `tel:${part}` : part;
    if (!part.startsWith("0")) opensElsewhere(link);
    body.append(link);
  }
  return body;
}

function opensElsewhere(link) {
  if (new URL(link.href, location.href).origin === location.origin) return;
  link.target = "_blank";
  link.rel = "noopener";
}

function pictureOf(address) {
  const picture = element("img", "picture");
  Object.assign(picture, { loading: "lazy", decoding: "async", width: 320, height: 240 });
  picture.alt = word("picture");
  picture.addEventListener("error", () => picture.remove());
  picture.addEventListener("load", () => shownWhole(picture));
  picture.src = address;
  return picture;
}

// A code to scan, a chart or a statement is tall: it is shown as large as it can be.
function shownWhole(picture) {
  const following = nearEnd();
  picture.classList.toggle("whole", picture.naturalHeight > picture.naturalWidth * 0.9);
  if (following && picture.classList.contains("whole")) scrollToEnd(false);
}

function clipOf(address) {
  if (/^https?:/.test(address)) {
    const link = element("a", "clip", `▶ ${word("watch")}`);
    link.href = address;
    opensElsewhere(link);
    return link;
  }
  const button = element("button", "clip", `▶ ${word("listen")}`);
  let sound = null;
  button.type = "button";
  button.addEventListener("click", () => {
    sound ??= playerOf(address, button);
    if (sound.paused) sound.play().catch(() => {});
    else sound.pause();
  });
  return button;
}

function playerOf(address, button) {
  const sound = new Audio(address);
  sound.addEventListener("play", () => (button.textContent = `❚❚ ${word("pause")}`));
  sound.addEventListener("pause", () => (button.textContent = `▶ ${word("listen")}`));
  return sound;
}

// ---- the message read aloud

let speaking = null;

export function hush() {
  speaking?.stop();
  speaking = null;
}

// One ▶ for all its clips, one after the other. Older iPhones play no Ogg: AAC stands beside it.
function aloudOf(addresses) {
  const button = element("button", "clip aloud", `▶ ${word("listen")}`);
  const ogg = new Audio().canPlayType('audio/ogg; codecs="opus"');
  let sound = null;
  const quiet = () => {
    sound?.pause();
    sound = null;
    button.textContent = `▶ ${word("listen")}`;
    button.classList.remove("playing");
  };
  const play = (n) => {
    if (n >= addresses.length) return quiet();
    sound = new Audio(ogg ? addresses[n] : `${addresses[n]}.aac`);
    sound.addEventListener("ended", () => play(n + 1));
    sound.addEventListener("error", quiet);
    sound.play().catch(quiet);
    button.textContent = `❚❚ ${word("pause")}`;
    button.classList.add("playing");
  };
  button.type = "button";
  button.start = () => {
    hush();
    speaking = { stop: quiet };
    play(0);
  };
  button.addEventListener("click", () => (sound ? quiet() : button.start()));
  return button;
}

// A browser lets a page speak only after a tap of the person; until then the ▶ waits.
export function speak(made) {
  if (navigator.userActivation?.hasBeenActive) made.querySelector(".aloud")?.start();
}

// What came while the line was cut, folded beneath the last of it.
function missedOf(texts) {
  const made = element("details", "missed");
  made.append(element("summary", "", word("missed").replace("{n}", texts.length)));
  texts.forEach((text) => made.append(bodyOf(text, false)));
  return made;
}

function choiceOf(choice) {
  const made = element(choice.url ? "a" : "button", "choice");
  if (choice.key) made.append(element("b", "key", choice.key), " ");
  made.append(element("span", "", choice.title));
  if (choice.url) {
    made.href = choice.url;
    opensElsewhere(made);
    return made;
  }
  made.type = "button";
  made.dataset.id = choice.id;
  made.addEventListener("click", () => tapped(made, choice));
  return made;
}

// aria-disabled and not disabled: a keyboard user keeps the place in the page.
// An answer may come between the two taps of a double tap: the button rests a moment longer.
function tapped(button, choice) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const rest = performance.now() + DOUBLE_TAP;
  const release = () => button.removeAttribute("aria-disabled");
  onTap(choice, () => setTimeout(release, rest - performance.now()));
}

function menuOf(choices) {
  const menu = element("ul", "menu");
  for (const choice of choices) {
    const line = element("li");
    line.append(choiceOf(choice));
    menu.append(line);
  }
  return menu;
}

// message: {n, id, text, choices, picture, clip, sound, missed, kind, lang} from the shop, or {mine, text, key}.
export function show(message) {
  const made = element("article", message.mine ? "mine" : `shop ${message.kind ?? "reply"}`);
  if (message.n) made.dataset.n = message.n;
  if (message.id) made.dataset.id = message.id;
  if (message.key) made.dataset.key = message.key;
  if (message.lang && message.lang !== locale) made.lang = message.lang.split("@")[0];
  const bubble = element("div", "bubble");
  bubble.append(element("span", "unseen", word(message.mine ? "you" : "shop")));
  if (message.picture) bubble.append(pictureOf(message.picture));
  if (message.text) bubble.append(bodyOf(message.text, message.mine));
  if (message.sound) bubble.append(aloudOf(message.sound));
  if (message.clip) bubble.append(clipOf(message.clip));
  if (message.missed) bubble.append(missedOf(message.missed));
  made.append(bubble);
  if (message.choices) made.append(menuOf(message.choices));
  place(made, message.n);
  quietOldMenus();
  return made;
}

// Numbered messages stand in the order of their numbers, whichever way they came.
function place(made, n) {
  document.getElementById("opening")?.remove();
  const later = n && [...log.querySelectorAll("[data-n]")].find((one) => one.dataset.n > n);
  if (later) later.before(made);
  else log.append(made);
}

function quietOldMenus() {
  const menus = [...log.querySelectorAll(".menu")];
  menus.forEach((menu, i) => menu.classList.toggle("now", i === menus.length - 1));
}

export function clear() {
  log.replaceChildren();
}

// While the kept talk is put back, a screen reader stays silent.
export function silently(act) {
  log.setAttribute("aria-live", "off");
  act();
  scrollToEnd(false);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
}

// The state of a message of mine: a word from the words, or nothing once it is sent.
export function mark(key, state) {
  const mine = log.querySelector(`[data-key="${key}"]`);
  if (!mine) return;
  mine.querySelector(".state")?.remove();
  mine.classList.toggle("pending", Boolean(state));
  if (state) mine.append(element("p", "state", word(state)));
}

export function tell(id) {
  status.textContent = id ? word(id) : "";
  status.hidden = !id;
}

// A long answer is read from its top, a short one from its end.
export function scrollTo(first) {
  if (first && log.lastElementChild.offsetTop + log.lastElementChild.offsetHeight
      - first.offsetTop > log.clientHeight) {
    move(first.offsetTop - 8);
  } else scrollToEnd(true);
}

// While the page itself is still scrolling down, where it goes counts and not where it is.
export function nearEnd() {
  const top = performance.now() < movingUntil ? Math.max(log.scrollTop, goal) : log.scrollTop;
  return log.scrollHeight - top - log.clientHeight < 160;
}

function scrollToEnd(gently) {
  move(log.scrollHeight, gently);
}

let goal = 0;
let movingUntil = 0;

function move(top, gently = true) {
  goal = Math.min(top, log.scrollHeight - log.clientHeight);
  movingUntil = performance.now() + 700;
  log.scrollTo({ top, behavior: gently && !calm.matches ? "smooth" : "instant" });
}
