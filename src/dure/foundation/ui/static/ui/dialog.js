// Opens a native dialog from a link to it; the link alone shows the dialog in place.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener) {
    const dialog = document.querySelector(opener.getAttribute("href"));
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  const dialog = closer?.closest("dialog") ?? (event.target.matches("dialog[open]") && event.target);
  if (dialog?.open) {
    event.preventDefault();
    dialog.close();
  }
});
