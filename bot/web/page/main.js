// Puts the page together: what is typed, tapped, chosen or said goes to the line; what comes is shown.

import { makeLine } from "./line.js";
import { canRecord, dataUrlOf, photoFrom, record } from "./media.js";
import { askForPush, forgetPush, renewPush } from "./push.js";
import { forgetTalk, profile, saveTalk, talk } from "./store.js";
import {
  clear, hush, mark, nearEnd, scrollTo, show, silently, speak, tell, whenTapped,
} from "./view.js";
import { rememberLanguage, word } from "./words.js";

const form = document.getElementById("form");
const text = document.getElementById("text");
const photo = document.getElementById("photo");
const voice = document.getElementById("voice");
const file = document.getElementById("file");
const waitingTaps = new Map();
const MOST_VIDEO = 20_000_000; // bytes; the shop takes no more
const ERASED = "erased"; // the shop forgot this person; so does this device

function keepAndShow(message) {
  const later = message.n ? talk.findIndex((one) => one.n > message.n) : -1;
  talk.splice(later < 0 ? talk.length : later, 0, message);
  saveTalk();
  return show(message);
}

// What comes together is scrolled to once, by its first message; who reads further up is left in peace.
let firstNew = null;
let asked = false; // the answer to one's own message is always followed, even in the middle of a scroll

function received(message) {
  const follow = asked || nearEnd();
  if (message.id === ERASED) forgetHere();
  rememberLanguage(message.lang);
  const made = keepAndShow(message);
  if (message.sound) speak(made);
  if (firstNew || !follow) return;
  firstNew = made;
  requestAnimationFrame(() => {
    scrollTo(firstNew);
    firstNew = null;
  });
}

function forgetHere() {
  forgetTalk();
  forgetPush();
}

function sendMine(item, shown) {
  hush();
  const sent = line.send(item);
  keepAndShow({ mine: true, text: shown, key: sent.id });
  mark(sent.id, "sending");
  scrollTo(null);
  asked = true;
  return sent;
}

const line = makeLine({
  onMessage: received,
  onState: (item, state) => mark(item.id, state),
  onOnline: (online) => tell(online ? "" : "offline"),
  onAnew: () => {
    forgetTalk();
    clear();
  },
  onAnswered: (item) => {
    asked = line.queue.length > 0;
    waitingTaps.get(item.id)?.();
    waitingTaps.delete(item.id);
  },
});

// ---- typing

function fit() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
  form.classList.toggle("typing", Boolean(text.value));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const said = text.value.trim();
  if (!said) return text.focus();
  text.value = "";
  fit();
  sendMine({ text: said }, said);
  text.focus();
});

text.addEventListener("input", fit);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

// A digit or letter typed anywhere goes into the line of text: digits alone are enough for everything.
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.altKey || event.metaKey;
  if (event.key.length === 1 && event.key !== " " && !command) text.focus();
});

// ---- tapping

// The browser must be asked in the tap itself; the shop hears what came of it.
whenTapped(async (choice, release) => {
  const tap = choice.id === "push" ? `push:${await askForPush()}` : choice.id;
  const sent = sendMine({ tap }, choice.title);
  waitingTaps.set(sent.id, release);
});

// ---- pictures and voice

photo.addEventListener("click", () => file.click());
file.addEventListener("change", async () => {
  const [chosen] = file.files;
  file.value = "";
  if (!chosen) return;
  if (chosen.type.startsWith("video/")) return sendVideo(chosen);
  const data = await photoFrom(chosen).catch(() => "");
  if (!data) return tell("photo-refused");
  sendMine({ media: "photo", data }, `📷 ${word("my-photo")}`);
});

async function sendVideo(chosen) {
  if (chosen.size > MOST_VIDEO) return tell("video-too-large");
  const data = await dataUrlOf(chosen).catch(() => "");
  if (!data) return tell("photo-refused");
  sendMine({ media: "video", data }, `🎬 ${word("my-video")}`);
}

let stop = null;

function recording(on) {
  voice.setAttribute("aria-label", word(on ? "voice-stop" : "voice"));
  voice.classList.toggle("recording", on);
  tell(on ? "recording" : "");
}

voice.hidden = !canRecord();
voice.addEventListener("click", async () => {
  if (stop) return stop();
  const done = (data) => {
    stop = null;
    recording(false);
    sendMine({ media: "voice", data }, `🎤 ${word("my-voice")}`);
  };
  stop = await record(done).catch(() => null);
  if (stop) recording(true);
  else tell("voice-refused");
});

// ---- opening

// Only the script spends a link, and only as a message that the shop answers with a button:
// whoever merely looks at the address (a preview) spends nothing.
function greeting() {
  const [, kind, code] = location.pathname.match(/^\/([spr])\/([\w-]+)$/) ?? [];
  if (kind) return `/start ${kind}-${code}`;
  return talk.length || line.queue.length ? "" : "/start";
}

function open() {
  document.body.dataset.profile = profile;
  if (profile === "ban") {
    document.getElementById("who").textContent = word("seller");
    file.accept += ",video/*";
  }
  if (talk.length) silently(() => talk.forEach(show));
  const hello = greeting();
  if (hello) line.send({ text: hello });
  if (hello.includes("-")) history.replaceState(null, "", profile === "ban" ? "/ban" : "/");
  line.queue.forEach((item) => mark(item.id, "sending"));
  line.begin(talk);
  renewPush();
}

open();
