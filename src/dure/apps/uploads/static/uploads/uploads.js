// Large files go piece by piece, before the form, and go on after a lost connection (tus 1.0.0): a group
// names where they begin (data-uploads) and which input chooses them (data-beside). What is small stays in the form.
const RESUMABLE = { "Tus-Resumable": "1.0.0" };
const LONGEST_PAUSE = 15000;

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const encoded = (text) => base64(new TextEncoder().encode(text));
const megabytes = (bytes) => (bytes / 1024 ** 2).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

// Over before its time: the connection comes back.
const pause = (milliseconds) =>
  new Promise((go) => {
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
  });

const setUp = (group) => {
  const input = document.getElementById(group.dataset.beside);
  const form = input.form;
  const piece = Number(group.dataset.piece);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const said = group.querySelector("[data-said]");
  const coming = group.querySelector("[data-coming]");
  const active = new Set();
  let isSent = null;

  const ask = async (url, options = {}) => {
    const headers = { ...RESUMABLE, "X-CSRFToken": token, ...options.headers };
    const answer = await fetch(url, { ...options, headers, redirect: "manual" });
    if (answer.type === "opaqueredirect") throw new Error(group.dataset.signIn);
    if (answer.status >= 500 && answer.status !== 507) throw new TypeError(answer.status);
    return answer;
  };

  // The place of an upload that was begun with this very file, or of a new one.
  const placeOf = async (file, mark) => {
    const line = [...coming.children].find(
      ({ dataset }) => dataset.name === file.name && dataset.size === String(file.size) && dataset.mark === mark,
    );
    if (line) {
      line.remove();
      return line.dataset.url;
    }
    const headers = {
      "Upload-Length": String(file.size),
      "Upload-Metadata": `filename ${encoded(file.name)},mark ${encoded(mark)}`,
    };
    const answer = await ask(group.dataset.uploads, { method: "POST", headers });
    if (answer.status !== 201) throw new RangeError((await answer.text()) || group.dataset.failed);
    return answer.headers.get("Location");
  };

  const sendPiece = async (url, file, offset) => {
    const content = await file.slice(offset, offset + piece).arrayBuffer();
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    if (globalThis.crypto?.subtle) headers["Upload-Checksum"] = `sha256 ${base64(await crypto.subtle.digest("SHA-256", content))}`;
    const answer = await ask(url, { method: "PATCH", headers, body: content });
    if (answer.status === 204) return Number(answer.headers.get("Upload-Offset"));
    if (answer.status === 409 || answer.status === 460) throw new TypeError(answer.status);
    throw new RangeError((await answer.text()) || group.dataset.failed);
  };

  // A long file is hashed and scanned once all of it is there; the server says when that is done.
  const checked = async (url, row) => {
    while (!row.isCancelled) {
      const answer = await ask(url, { method: "HEAD" });
      const refusal = answer.headers.get("Upload-Refusal");
      if (answer.status !== 200 || refusal) throw new RangeError(refusal ? decodeURIComponent(refusal) : group.dataset.failed);
      if (answer.headers.get("Upload-Stage") !== "CHECKING") return;
      row.say(group.dataset.checking);
      await pause(1500);
    }
  };

  // Until all of it is there: what fails on the way is tried again from where the server stands.
  const carry = async (file, row) => {
    const mark = String(file.lastModified);
    let url = null, pauseFor = 500;
    for (;;) {
      try {
        url ??= await placeOf(file, mark);
        row.url = url;
        const answer = await ask(url, { method: "HEAD" });
        if (answer.status !== 200) throw new RangeError(group.dataset.failed);
        let offset = Number(answer.headers.get("Upload-Offset"));
        row.show(offset);
        while (offset < file.size) {
          if (row.isCancelled) return null;
          offset = await sendPiece(url, file, offset);
          row.show(offset);
          pauseFor = 500;
        }
        await checked(url, row);
        return row.isCancelled ? null : url;
      } catch (error) {
        if (row.isCancelled) return null;
        if (error instanceof RangeError || error.name === "NotReadableError") throw error;
        row.say(error instanceof TypeError ? group.dataset.lost : error.message);
        await pause(pauseFor);
        pauseFor = Math.min(pauseFor * 2, LONGEST_PAUSE);
      }
    }
  };

  const rowOf = (file) => {
    const element = group.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    const [figures, bar, note] = [".progress-figures", "progress", "output"].map((selector) => element.querySelector(selector));
    element.querySelector(".progress-label").textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    group.querySelector("[data-arrived]").after(element);
    const row = {
      element,
      isCancelled: false,
      say: (text) => { note.textContent = text; },
      show: (offset) => {
        bar.value = offset / file.size;
        figures.textContent = `${megabytes(offset)} / ${megabytes(file.size)} MB`;
        note.textContent = "";
      },
    };
    element.querySelector("button").addEventListener("click", () => {
      row.isCancelled = true;
      element.remove();
      if (row.url) ask(row.url, { method: "DELETE" }).catch(() => {});
    });
    return row;
  };

  const choose = (file, url) => {
    const choice = group.querySelector("template[data-choice]").content.firstElementChild.cloneNode(true);
    choice.querySelector("input").value = url.match(/([0-9a-f-]{36})\/$/)[1];
    choice.querySelector("span").textContent = `${file.name} (${megabytes(file.size)} MB)`;
    group.querySelector("[data-arrived]").append(choice);
  };

  const take = async (file) => {
    const row = rowOf(file);
    active.add(row);
    try {
      const url = await carry(file, row);
      if (url) choose(file, url);
      row.element.remove();
    } catch (error) {
      row.element.classList.replace("running", "failed");
      row.say(error.message);
      isSent = null;
      said.textContent = "";
    } finally {
      active.delete(row);
    }
    if (isSent && !active.size) form.requestSubmit(isSent.submitter);
  };

  [...coming.children].forEach((line) => {
    const button = line.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      ask(line.dataset.url, { method: "DELETE" }).then(() => line.remove()).catch(() => { said.textContent = group.dataset.failed; });
    });
  });

  input.addEventListener("change", () => {
    const files = [...input.files];
    const large = files.filter((file) => file.size > piece);
    if (!large.length) return;
    const small = new DataTransfer();
    files.filter((file) => file.size <= piece).forEach((file) => small.items.add(file));
    input.files = small.files;
    group.hidden = false;
    large.forEach(take);
  });

  form.addEventListener("submit", (event) => {
    if (!active.size) return;
    event.preventDefault();
    isSent = { submitter: event.submitter };
    said.textContent = group.dataset.waiting;
  });
};

document.querySelectorAll("[data-uploads]").forEach(setUp);
