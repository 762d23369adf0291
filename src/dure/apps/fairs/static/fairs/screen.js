// The hall screen: asks for the state every few seconds, counts down in between, and keeps the
// last state when the connection is lost.
const EVERY = 10_000;
const PATIENCE = 8_000;
const screenArea = document.getElementById("screen");
const lost = document.getElementById("lost");
const age = document.getElementById("lost-age");
let ahead = 0;
let heardAt = Date.now();
let isLost = false;

// The server's clock counts: screens are often wrong by minutes.
function setClock() {
  const said = screenArea.querySelector("[data-now]");
  if (said) ahead = Date.parse(said.dataset.now) - Date.now();
}

function clock(moment) {
  const two = (number) => String(number).padStart(2, "0");
  const seoul = new Date(moment + 9 * 3_600_000);
  return `${two(seoul.getUTCHours())}:${two(seoul.getUTCMinutes())}`;
}

function left(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
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
  if (isLost) age.textContent = String(Math.round((Date.now() - heardAt) / 1000));
}

async function ask() {
  try {
    const answer = await fetch(screenArea.dataset.state, {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    screenArea.innerHTML = await answer.text();
    heardAt = Date.now();
    isLost = false;
    setClock();
  } catch {
    isLost = true;
  }
  tick();
  setTimeout(ask, EVERY);
}

setClock();
tick();
setInterval(tick, 1000);
setTimeout(ask, EVERY);
window.addEventListener("offline", () => {
  isLost = true;
  tick();
});
