// The hall screen: asks for the state every few seconds, counts down in between, and keeps the
// last state when the connection is lost; with its service worker also when the page is reloaded.
const EVERY = 10_000;
const TURNED_EVERY = 8_000;
const PATIENCE = 8_000;
const KEPT = "hall-screen";
const HEARD = "X-Heard-At";
const screenArea = document.getElementById("screen");
const lost = document.getElementById("lost");
let ahead = 0;
let heardAt = Date.now();
let isLost = false;

function lists() {
  return [...screenArea.querySelectorAll(".screen-rows")];
}

function isCut(row) {
  const rows = row.parentElement;
  return row.offsetTop + row.offsetHeight > rows.scrollTop + rows.clientHeight + 1;
}

function hideCutRows() {
  for (const rows of lists()) {
    for (const row of rows.children) row.classList.toggle("cut", isCut(row));
  }
}

// More tables than the screen is high: the lists turn like those of an airport.
function turn() {
  for (const rows of lists()) {
    rows.scrollTop = [...rows.children].find(isCut)?.offsetTop ?? 0;
  }
  hideCutRows();
}

function show(text) {
  const tops = lists().map((rows) => rows.scrollTop);
  screenArea.innerHTML = text;
  for (const [place, rows] of lists().entries()) rows.scrollTop = tops[place] ?? 0;
  hideCutRows();
}

function saidAt(part) {
  return Date.parse(part.querySelector("[data-now]")?.dataset.now);
}

// The server's clock counts: screens are often wrong by minutes.
function setClock() {
  ahead = (saidAt(screenArea) || heardAt) - heardAt;
}

function two(number) {
  return String(number).padStart(2, "0");
}

function clock(moment) {
  const seoul = new Date(moment + 9 * 3_600_000);
  return `${two(seoul.getUTCHours())}:${two(seoul.getUTCMinutes())}`;
}

function left(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

function tick() {
  const now = Date.now() + ahead;
  document.getElementById("clock").textContent = clock(now);
  for (const each of screenArea.querySelectorAll("[data-until]")) {
    const until = Date.parse(each.dataset.until) - now;
    each.textContent = left(until);
    each.classList.toggle("soon", until < 180_000);
  }
  lost.hidden = !isLost;
  document.getElementById("lost-at").textContent = clock(heardAt + ahead);
  document.getElementById("lost-age").textContent = left(Date.now() - heardAt);
}

// What stands on the screen, so that it can come back; a screen that cannot keep it works as well.
async function keep() {
  const kept = await globalThis.caches?.open(KEPT);
  const headers = { [HEARD]: String(heardAt), "Content-Type": "text/html; charset=utf-8" };
  await kept?.put(screenArea.dataset.state, new Response(screenArea.innerHTML, { headers }));
}

// A page that did not come from the network is no newer than what was kept: show that instead.
async function recall() {
  const kept = await globalThis.caches?.match(screenArea.dataset.state);
  if (!kept) return;
  const text = await kept.text();
  const known = new DOMParser().parseFromString(text, "text/html");
  if (!(saidAt(known) >= saidAt(screenArea))) return;
  show(text);
  heardAt = Number(kept.headers.get(HEARD));
  isLost = true;
}

async function ask() {
  try {
    const answer = await fetch(screenArea.dataset.state, {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text());
    heardAt = Date.now();
    isLost = false;
    setClock();
    await keep().catch(() => {});
  } catch {
    isLost = true;
  }
  tick();
  setTimeout(ask, EVERY);
}

// The first time the worker is there only after the page: what the page needed is kept here.
async function prepare() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(screenArea.dataset.worker);
  await navigator.serviceWorker.ready;
  const needed = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => new URL(name).pathname.startsWith(screenArea.dataset.static));
  const kept = await caches.open(KEPT);
  await kept.addAll([location.href, ...new Set(needed)]);
}

async function begin() {
  await recall().catch(() => {});
  setClock();
  tick();
  hideCutRows();
  setInterval(tick, 1000);
  setInterval(turn, TURNED_EVERY);
  if (!isLost) {
    await keep()
      .then(prepare)
      .catch(() => {});
  }
  await ask(); // so that what is kept of the state is younger than what is kept of the page
  document.documentElement.dataset.begun = "";
}

window.addEventListener("offline", () => {
  isLost = true;
  tick();
});
begin();
