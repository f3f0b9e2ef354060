// Shows what the shop says while the page is closed, and opens the page when it is tapped.

addEventListener("install", () => self.skipWaiting());

addEventListener("push", (event) => {
  const { title, ...rest } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, rest));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data));
});

const isSellers = (path) => /^\/(ban|s)(\/|$)/.test(path);

async function openPage(path) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const chats = pages.filter(({ url }) => /^\/(ban|[spr]\/.*)?$/.test(new URL(url).pathname));
  const known = chats.find(({ url }) => isSellers(new URL(url).pathname) === isSellers(path));
  return known ? known.focus() : self.clients.openWindow(path);
}
