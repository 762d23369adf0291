// Keys beside those of the kit's queue: U undoes the last answer, 1 to 6 say why «not for us».
(() => {
  if (window.dureMatches) return;
  window.dureMatches = true;
  const typing = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";
  const undone = [];

  const rememberUndo = (element) => {
    const button = element.querySelector?.("[data-undo]");
    if (button) undone.push(button);
  };

  function undo() {
    let button = undone.pop();
    while (button && !button.isConnected) button = undone.pop();
    button?.click();
    return Boolean(button);
  }

  document.addEventListener("htmx:load", (event) => rememberUndo(event.detail.elt));
  document.querySelectorAll(".match-one .match-settled").forEach(rememberUndo);

  // The kit opens the reasons; the first of them takes the focus.
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.(".match-decline")) return;
      if (event.target.open) event.target.querySelector(".match-whys button")?.focus();
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
    const open = event.target.closest(".match-decline[open]");
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
      return;
    }
    if (!document.querySelector('[data-triage="on"]')) return;
    if (event.code === "KeyU" && undo()) {
      event.preventDefault();
    } else if (open && /^(Digit|Numpad)[1-9]$/.test(event.code)) {
      const button = open.querySelectorAll(".match-whys button")[Number(event.code.slice(-1)) - 1];
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });
})();
