// What survives a reload: the last messages and everything that is not sent yet, apart for each talk.

// `khach` is the customer's talk, `ban` the seller's; one browser may have both.
export const profile = /^\/(ban|s)(\/|$)/.test(location.pathname) ? "ban" : "khach";

const MOST_KEPT = 60;
const MOST_IN_QUEUE_ITEM = 2_000_000; // letters; browsers give a site about five million
const TALK = `${profile}:talk`;
const QUEUE = `${profile}:send:`;

// A browser may refuse storage (private mode, full): the page then works until it is reloaded.
function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    return false;
  }
  return true;
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    return false;
  }
  return true;
}

// The talk as last shown: [{n, mine, text, choices, picture, clip, kind, lang, key}].
export const talk = Array.isArray(kept(TALK)) ? kept(TALK) : [];

export function saveTalk() {
  talk.splice(0, Math.max(0, talk.length - MOST_KEPT));
  keep(TALK, talk);
}

export function forgetTalk() {
  talk.length = 0;
  drop(TALK);
}

// A small thing to know again at the next visit; nothing (null) where the browser keeps nothing.
export function remember(name, value) {
  keep(`${profile}:${name}`, value);
}

export function recall(name) {
  return kept(`${profile}:${name}`);
}

// Each unsent message has its own key, so that two open pages do not overwrite each other's.
export function saveUnsent(item) {
  const letters = item.data ? item.data.length : 0;
  return letters < MOST_IN_QUEUE_ITEM && keep(QUEUE + item.id, item);
}

export function dropUnsent(item) {
  drop(QUEUE + item.id);
}

export function unsent() {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(QUEUE));
  } catch {
    return [];
  }
  return keys.map(kept).filter(Boolean).sort((a, b) => a.at - b.at);
}

// Not crypto.randomUUID: a phone on the shop's own network opens the page without https.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
