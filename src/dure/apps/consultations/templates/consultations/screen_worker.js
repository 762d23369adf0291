// Stands between the hall screen and the network: whatever cannot be had is taken from what was
// kept, so that a screen without a line comes back even when its page is loaded anew.
const KEPT = "hall-screen";
const PATIENCE = 8_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // What is asked for by script is the state, whose loss the page itself must see.
  if (request.method === "GET" && request.destination !== "") event.respondWith(answer(request));
});

function patience() {
  return new Promise((_, refuse) => setTimeout(() => refuse(new Error("too slow")), PATIENCE));
}

async function answer(request) {
  const kept = await caches.open(KEPT);
  try {
    const said = await Promise.race([fetch(request), patience()]);
    if (said.status >= 500) throw new Error(String(said.status));
    if (said.ok) await kept.put(request, said.clone());
    return said;
  } catch {
    // The language of the page does not matter here, nor who asks: the screen shows both.
    return (await kept.match(request, { ignoreVary: true })) ?? Response.error();
  }
}
