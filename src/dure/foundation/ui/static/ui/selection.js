// Row selection: one box ticks all, the bulk bar counts, Shift ticks a range.
let last = null;

const boxesOf = (form) => [...form.querySelectorAll("[data-select]")];

function count(form) {
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  form.querySelectorAll("[data-selected]").forEach((place) => (place.textContent = ticked));
  form.querySelectorAll("[data-selected-line]").forEach((line) => (line.hidden = false));
  form.querySelectorAll("[data-needs-selection]").forEach((button) => (button.disabled = ticked === 0));
  const all = form.querySelector("[data-select-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-select], [data-select-all]");
  if (!box?.form) return;
  const boxes = boxesOf(box.form);
  if (box.matches("[data-select-all]")) {
    boxes.forEach((each) => (each.checked = box.checked));
  } else {
    if (event.shiftKey && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((each) => (each.checked = box.checked));
    }
    last = box;
  }
  count(box.form);
});

const countAll = () =>
  new Set([...document.querySelectorAll("[data-select]")].map((box) => box.form)).forEach(
    (form) => form && count(form),
  );
countAll();
document.addEventListener("htmx:afterSettle", countAll);
window.addEventListener("pageshow", countAll);
