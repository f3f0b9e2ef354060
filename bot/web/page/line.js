// The line to the shop: messages go out one after another until they are answered, and what the shop
// says first comes in as a numbered stream. Nothing is lost and nothing is shown twice.

import { isCalled } from "./push.js";
import { dropUnsent, profile, saveUnsent, unsent, uuid } from "./store.js";

const page = uuid();
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;
const SILENCE = 65000; // the shop gives a sign of life every 25 s
const GAP_PATIENCE = 1500;
const MOST_TRIES_AT_A_FAULT = 6;

export function makeLine({ onMessage, onState, onOnline, onAnew, onAnswered }) {
  const queue = unsent();
  const seen = new Set();
  let top = 0; // everything up to here has come, or never will
  let busy = false;
  let timer = 0;
  let wait = FIRST_WAIT;
  let source = null;
  let sourceWait = FIRST_WAIT;
  let sourceTimer = 0;
  let silence = 0;
  let gapTimer = 0;
  let held = []; // an answer that waits for the talk before it

  // ---- numbers

  function take(message) {
    const { n } = message;
    if (n && (seen.has(n) || n <= top)) return;
    if (n) counted(n);
    onMessage(message);
  }

  function counted(n) {
    seen.add(n);
    while (seen.has(top + 1)) top += 1;
    if (Math.max(...seen) > top) lookForGap();
  }

  // What is missing may be the answer that is still on its way; only then ask the stream again.
  function lookForGap() {
    clearTimeout(gapTimer);
    gapTimer = setTimeout(() => {
      if (busy) return lookForGap();
      if (Math.max(0, ...seen) > top) listen();
    }, GAP_PATIENCE);
  }

  function anew() {
    seen.clear();
    top = 0;
    onAnew();
  }

  // ---- out

  function send(item) {
    const full = { at: Date.now() + queue.length / 1000, id: uuid(), ...item };
    queue.push(full);
    saveUnsent(full);
    run();
    return full;
  }

  async function run() {
    clearTimeout(timer);
    if (busy || !queue.length) return;
    busy = true;
    const item = queue[0];
    onState(item, "sending");
    const outcome = await post(item).catch(() => null);
    busy = false;
    if (outcome?.ok) done(item, outcome.answer);
    else if (outcome?.final) fail(item);
    else later(outcome?.wait);
  }

  function done(item, answer) {
    finish(item, "");
    wait = FIRST_WAIT;
    onOnline(true);
    if (answer.moved) moved(answer);
    else if (answer.repeat) listen();
    else shown(item, answer.messages);
    onAnswered(item);
    if (!source) listen();
    run();
  }

  function shown(item, messages) {
    const first = messages[0]?.n ?? 0;
    if (first && first <= top && !seen.has(first)) anew();
    messages.forEach((one) => take(one));
  }

  // A return link made this browser another person: her talk first, then the answer.
  function moved(answer) {
    anew();
    held = answer.messages;
    listen();
  }

  function fail(item) {
    finish(item, "failed");
    onAnswered(item);
    run();
  }

  function finish(item, state) {
    queue.splice(queue.indexOf(item), 1);
    dropUnsent(item);
    onState(item, state);
  }

  function later(atLeast = 0) {
    queue.forEach((item) => onState(item, "waiting"));
    onOnline(false);
    timer = setTimeout(run, Math.max(wait, atLeast));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function post(item) {
    const { url, options } = requestFor(item);
    const patience = AbortSignal.timeout?.(item.data ? 120000 : 30000);
    const response = await fetch(url, { method: "POST", signal: patience, ...options });
    if (response.ok) return { ok: true, answer: await response.json() };
    const seconds = Number(response.headers.get("Retry-After")) || 0;
    if (response.status === 503 || response.status === 429) return { wait: seconds * 1000 };
    item.tries = (item.tries ?? 0) + 1;
    return { final: response.status < 500 || item.tries >= MOST_TRIES_AT_A_FAULT };
  }

  function requestFor(item) {
    if (item.data) {
      const query = new URLSearchParams({ as: profile, id: item.id, page, kind: item.media });
      if (poorLine()) query.set("light", "1");
      const body = bytesOf(item.data);
      return { url: `/chat/media?${query}`, options: { headers: { "X-Talk": profile }, body } };
    }
    const light = poorLine() || undefined;
    const body = JSON.stringify({ id: item.id, page, text: item.text, tap: item.tap, light });
    const headers = { "Content-Type": "application/json" };
    return { url: `/chat/say?as=${profile}`, options: { headers, body } };
  }

  // ---- in

  // A page nobody looks at hangs up where the shop can call instead: a sound is better than a line
  // in a hidden tab.
  function listen() {
    hangUp();
    if (document.hidden && isCalled()) return;
    const query = new URLSearchParams({ as: profile, after: top, page });
    if (poorLine()) query.set("light", "1");
    source = new EventSource(`/chat/stream?${query}`);
    source.onmessage = (event) => {
      alive();
      take(JSON.parse(event.data));
    };
    source.addEventListener("ping", alive);
    source.addEventListener("reset", anew);
    source.addEventListener("ready", ready);
    source.onerror = lost;
    alive();
  }

  // After a replay nothing older will come: what is still missing is not kept any more.
  function ready() {
    sourceWait = FIRST_WAIT;
    top = Math.max(top, ...seen);
    held.splice(0).forEach(take);
    alive();
    onOnline(true);
    run();
  }

  function alive() {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE);
  }

  function lost() {
    hangUp();
    onOnline(false);
    sourceTimer = setTimeout(listen, sourceWait);
    sourceWait = Math.min(sourceWait * 2, LONGEST_WAIT);
  }

  function hangUp() {
    clearTimeout(silence);
    clearTimeout(sourceTimer);
    source?.close();
    source = null;
  }

  function again() {
    wait = FIRST_WAIT;
    sourceWait = FIRST_WAIT;
    run();
    if (!source) listen();
  }

  addEventListener("online", again);
  addEventListener("offline", lost);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) again();
    else if (isCalled()) hangUp();
  });

  function begin(kept) {
    kept.forEach((message) => message.n && seen.add(message.n));
    top = Math.max(0, ...seen);
    if (queue.length) run();
    else listen();
  }

  return { begin, send, queue };
}

// Browsers that say nothing of their line are taken at their word.
function poorLine() {
  const { saveData, effectiveType } = navigator.connection ?? {};
  return Boolean(saveData) || /2g$/.test(effectiveType ?? "");
}

// Not fetch(): the page's own rules let it talk to the shop only.
function bytesOf(dataUrl) {
  const letters = atob(dataUrl.slice(dataUrl.indexOf(",") + 1));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
