// The native file input covers the drop area; this only shows what is over it and what was chosen.
const areaOf = (event) => event.target.closest?.(".krds-file-upload");

["dragenter", "dragover"].forEach((name) =>
  document.addEventListener(name, (event) => areaOf(event)?.setAttribute("data-over", "")),
);
["dragleave", "drop"].forEach((name) =>
  document.addEventListener(name, (event) => areaOf(event)?.removeAttribute("data-over")),
);
document.addEventListener("change", (event) => {
  const name = areaOf(event)?.querySelector(".file-upload-name");
  if (name) name.textContent = [...event.target.files].map((file) => file.name).join(", ");
});
