// The line to the shop, the sound of a new claim, and what a helper does.

import { byId, helps, show, tell } from "./view.js";
import { word } from "./words.js";

const base = location.pathname.replace(/\/$/, "");
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 8000;
const SILENCE = 25000; // the shop gives a sign of life every 10 s
const SAID_FOR = 6000;
const SURE_FOR = 4000;

// ---- sound: a browser allows it after a tap only

let audio = null;
let total = -1;
let beeped = 0;

function beep() {
  if (!audio || Date.now() - beeped < 300) return;
  beeped = Date.now();
  const tone = audio.createOscillator();
  const loud = audio.createGain();
  loud.gain.setValueAtTime(0.2, audio.currentTime);
  loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.frequency.value = 880;
  tone.connect(loud).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}

byId("sound").addEventListener("click", () => {
  if (audio) audio.close();
  audio = audio ? null : new AudioContext();
  const on = Boolean(audio);
  byId("sound").setAttribute("aria-pressed", String(on));
  byId("sound").textContent = on ? `🔔 ${word("sound-on")}` : `🔇 ${word("sound-off")}`;
  beep();
});

// ---- in

let source = null;
let wait = FIRST_WAIT;
let timer = 0;
let silence = 0;

function listen() {
  hangUp();
  source = new EventSource(`${base}/stream`);
  source.onmessage = (event) => {
    alive();
    const told = JSON.parse(event.data);
    show(told);
    if (!told.head) return;
    if (!told.full && told.head.total > total) beep();
    total = told.head.total;
  };
  source.addEventListener("ping", alive);
  source.addEventListener("gone", over);
  source.onerror = lost;
  quiet();
}

function quiet() {
  clearTimeout(silence);
  silence = setTimeout(lost, SILENCE);
}

function alive() {
  wait = FIRST_WAIT;
  tell("lost", "");
  quiet();
}

function lost() {
  hangUp();
  tell("lost", `⚠ ${word("lost")}`);
  timer = setTimeout(listen, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function hangUp() {
  clearTimeout(timer);
  clearTimeout(silence);
  source?.close();
  source = null;
}

function again() {
  wait = FIRST_WAIT;
  if (!source && document.body.dataset.role !== "gone") listen();
}

function over() {
  hangUp();
  document.body.dataset.role = "gone";
  byId("board").hidden = true;
  tell("lost", "");
  tell("opening", word("gone"));
}

addEventListener("online", again);
addEventListener("offline", lost);
document.addEventListener("visibilitychange", () => document.hidden || again());

// ---- out: the same act keeps its key, however often it is sent

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
}

let saidTimer = 0;

function say(text) {
  clearTimeout(saidTimer);
  tell("said", text);
  saidTimer = setTimeout(() => tell("said", ""), SAID_FOR);
}

async function send(act) {
  const body = JSON.stringify({ key: newKey(), ...act });
  const headers = { "Content-Type": "application/json" };
  for (let pause = FIRST_WAIT; ; pause = Math.min(pause * 2, LONGEST_WAIT)) {
    const response = await fetch(`${base}/do`, { method: "POST", headers, body }).catch(() => null);
    if (response?.ok) return response.json();
    if (response?.status === 404) over();
    if (response && response.status < 500) return response.json().catch(() => ({}));
    say(word("waiting"));
    await new Promise((done) => setTimeout(done, pause));
  }
}

function wrote(answer) {
  if (answer.ok === true && "claim" in answer) return word(answer.again ? "wrote-again" : "wrote", answer);
  return answer.say ?? word("failed");
}

async function act(what, pressed) {
  if (pressed.disabled) return null;
  pressed.disabled = true;
  say(word("sending"));
  const answer = await send(what);
  pressed.disabled = false;
  const listed = ["say", "instead", "paste"].includes(what.do);
  say(answer.ok && !listed ? "" : wrote(answer));
  return answer;
}

// A claim that is taken back gives its goods to the next one at once: it is asked first.
function sure(pressed) {
  if (pressed.act.do !== "no" || pressed.dataset.sure) return true;
  pressed.dataset.sure = "1";
  const label = pressed.textContent;
  pressed.textContent = `✕ ${word("no-sure")}`;
  setTimeout(() => {
    delete pressed.dataset.sure;
    pressed.textContent = label;
  }, SURE_FOR);
  return false;
}

byId("board").addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (pressed?.type === "button" && pressed.act && sure(pressed)) act(pressed.act, pressed);
});

byId("asks").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pressed = event.target.querySelector("button:not([type])");
  const answer = await act(pressed.act, pressed);
  if (answer?.doubt) say(word("wrote-doubt"));
  else if (answer?.ok && !answer.claim && !answer.again) say(word("wrote-nothing"));
});

byId("type").addEventListener("submit", async (event) => {
  event.preventDefault();
  const what = { do: "say", author: byId("author").value, text: byId("text").value };
  const answer = await act(what, event.target.querySelector("button"));
  if (!answer?.ok) return;
  byId("text").value = "";
  byId("text").focus();
});

byId("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await act({ do: "paste", text: byId("block").value }, event.target.querySelector("button"));
  if (answer?.ok) byId("block").value = "";
});

// ---- opening

if (document.body.dataset.role === "gone") over();
else {
  byId("role").textContent = helps ? `✍️ ${word("role-help")}` : `👀 ${word("role-view")}`;
  if (helps) byId("write").hidden = false;
  else byId("write").remove();
  listen();
}
