// Parts of an application: characters counted while one types, cells pasted from Excel into rows,
// and a word when the connection is lost. Saving itself is htmx; without script there is the button.
(() => {
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const state = () => document.getElementById("saved");
  let isDirty = false;

  const counter = document.querySelector("[data-counter-for]");
  const count = () => {
    const length = [...document.getElementById(counter.dataset.counterFor).value.replace(/\r\n/g, "\n")].length;
    counter.querySelector("[data-count]").textContent = length.toLocaleString();
    counter.classList.toggle("is-over-limit", length > Number(counter.dataset.limit));
  };
  if (counter) {
    form.addEventListener("input", count);
    count();
  }

  form.addEventListener("input", () => { isDirty = true; });
  form.addEventListener("submit", () => { isDirty = false; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && event.detail.successful) isDirty = Boolean(state().querySelector(".form-hint-invalid"));
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => state().classList.add("is-over-limit"));
  }
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });

  // Cells from Excel go into the fields of the rows from the one pasted into, right and down.
  form.addEventListener("paste", (event) => {
    const rows = form.querySelector("[data-rows]");
    const text = event.clipboardData.getData("text/plain");
    if (!rows || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const fields = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")];
    const all = [...rows.querySelectorAll(".row-form")];
    const start = all.indexOf(event.target.closest(".row-form"));
    const from = fields(all[start]).indexOf(event.target);
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
      const row = all[start + down];
      if (!row) return;
      line.split("\t").forEach((value, right) => fill(fields(row)[from + right], value.trim()));
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const fill = (field, value) => {
    if (!field) return;
    if (field.tagName !== "SELECT") { field.value = value; return; }
    const option = [...field.options].find((each) => each.text === value || each.value === value);
    if (option) field.value = option.value;
  };
})();
