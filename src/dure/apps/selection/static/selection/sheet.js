// A score sheet: the keys 1 to 5 set the grade of the criterion in which the focus is, 1 the best.
// Saving is htmx, and without script there are the buttons.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(TEXTAREA)$/.test(event.target.tagName)) return;
    const criterion = event.target.closest?.("[data-grades]");
    const radio = criterion?.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
