// Computes the SHA-256 of chosen files in the browser, so that the files themselves are not sent.
// A file input names the field for the fingerprints (data-fingerprint), and for the name of the one
// file (data-fingerprint-name); without this script, or without a secure page, the form sends the files.
const MOST = 512 * 1024 * 1024;

const hex = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const digestOf = async (file) => hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));

const compute = async (input) => {
  const form = input.form;
  const target = document.getElementById(input.dataset.fingerprint);
  const name = document.getElementById(input.dataset.fingerprintName ?? "");
  const said = input.closest(".krds-file-upload").querySelector(".file-upload-name");
  const buttons = form.querySelectorAll("button[type=submit]");
  const files = [...input.files];
  if (files.some((file) => file.size > MOST)) {
    said.textContent = input.dataset.tooLarge;
    target.value = "";
    return;
  }
  buttons.forEach((button) => { button.disabled = true; });
  try {
    const lines = [];
    for (const file of files) lines.push([await digestOf(file), file.name]);
    target.value = input.multiple
      ? lines.map(([digest, called]) => `${digest}  ${called}`).join("\n")
      : (lines[0]?.[0] ?? "");
    if (name && lines[0]) name.value = lines[0][1];
    said.textContent = `${files.map((file) => file.name).join(", ")}: ${input.dataset.computed}`;
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
};

if (globalThis.crypto?.subtle) {
  document.querySelectorAll("input[type=file][data-fingerprint]").forEach((input) => {
    input.removeAttribute("name");
    input.addEventListener("change", () => compute(input));
  });
}
