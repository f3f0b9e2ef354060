// Being told while the page is closed: asked for by a tap, never before, and renewed once a day.

import { profile, recall, remember } from "./store.js";

const WHEN = "push";
const DAY = 86_400_000;

function able() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

// True while a hidden page is better called than talked to: the browser shows it then.
export function isCalled() {
  return Boolean(recall(WHEN)) && able() && Notification.permission === "granted";
}

// Resolves to what the shop is told: "on", "no" (the person or the browser refused), "none" (this
// browser cannot). The browser wants to be asked right in the tap.
export async function askForPush() {
  if (!able()) return "none";
  if ((await Notification.requestPermission()) !== "granted") return "no";
  return (await handOver().catch(() => false)) ? "on" : "no";
}

export function renewPush() {
  if (isCalled() && Date.now() - recall(WHEN) > DAY) handOver().catch(() => {});
}

export function forgetPush() {
  remember(WHEN, 0);
}

async function handOver() {
  const url = `/chat/push?as=${profile}`;
  const { key } = await (await fetch(url)).json();
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const body = JSON.stringify(await subscribed(pushManager, key));
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body });
  if (response.ok) remember(WHEN, Date.now());
  return response.ok;
}

// A subscription made with another key of the shop is of no use any more.
async function subscribed(manager, key) {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    const old = await manager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return manager.subscribe(options);
  }
}
