// Answering a queue from the keyboard: J next, K back, and the letter shown on each button.
// Works on every list marked data-triage; items carry data-triage-item, buttons data-key="y".
// The keys can be switched off (WCAG 2.1.4); the choice is kept in this browser.
const STORE = "dure-triage-keys";
const typing = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";
let stored = null;
try {
  stored = localStorage.getItem(STORE);
} catch {
  // Storage is closed to us; the keys start switched on.
}

const lists = () => [...document.querySelectorAll("[data-triage]")];
const itemsOf = (list) => [...list.querySelectorAll("[data-triage-item]")];

function set(list, on) {
  list.dataset.triage = on ? "on" : "off";
  list.querySelectorAll("[data-triage-toggle]").forEach((box) => (box.checked = on));
}

function go(list, item) {
  itemsOf(list).forEach((each) => each.toggleAttribute("data-current", each === item));
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

// A settled card leaves the queue: the next one takes its place.
function follow(list) {
  let at = -1;
  list.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-triage-item]");
    if (!item) return;
    at = itemsOf(list).indexOf(item);
    itemsOf(list).forEach((each) => each.toggleAttribute("data-current", each === item));
  });
  new MutationObserver(() => {
    const items = itemsOf(list);
    if (at < 0 || items.some((item) => item.hasAttribute("data-current"))) return;
    if (document.activeElement === document.body) go(list, items[Math.min(at, items.length - 1)]);
  }).observe(list, { childList: true, subtree: true });
}

function prepare() {
  lists().forEach((list) => {
    if (list.hasAttribute("data-triage-ready")) return;
    list.setAttribute("data-triage-ready", "");
    set(list, stored !== "off");
    follow(list);
  });
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-triage-toggle]")) return;
  stored = event.target.checked ? "on" : "off";
  lists().forEach((list) => set(list, event.target.checked));
  try {
    localStorage.setItem(STORE, stored);
  } catch {
    // Kept for this page only.
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
  const list = event.target.closest("[data-triage]") ?? lists()[0];
  if (!list || list.dataset.triage !== "on") return;

  const items = itemsOf(list);
  const at = items.findIndex((item) => item.hasAttribute("data-current"));
  // event.code keeps the letters where they are while a Korean keyboard is active.
  const key = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  if (key === "j" || key === "k") {
    event.preventDefault();
    const to = at < 0 ? 0 : Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), items.length - 1);
    go(list, items[to]);
  } else if (at >= 0 && key) {
    const button = items[at].querySelector(`[data-key="${key}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  }
});

prepare();
document.addEventListener("htmx:afterSettle", prepare);
