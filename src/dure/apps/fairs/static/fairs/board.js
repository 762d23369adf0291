// The board: meetings are dragged with a pointer, or picked up and put down with the keyboard. The
// server says what a move would break or cost, makes it, and sends the board as it stands then.
(() => {
  const root = document.getElementById("board");
  const verdict = document.getElementById("board-verdict");
  if (!root) return;
  const canChange = root.hasAttribute("data-board");
  const HOLD = 300; // how long a finger rests on a tile before it is picked up
  const LOOK = 5000; // how often other people's changes are looked for
  let picked = null; // {meeting, revision} or {pair}, and the tile
  let target = null;
  let drag = null;
  let asking = 0;
  let busy = false;
  let focusAt = [0, 0];

  const grid = () => root.querySelector("[data-grid]");
  const state = () => root.querySelector("[data-revision]");
  const headers = () => [...grid().tHead.rows[0].cells];
  const rowsOf = () => [...grid().tBodies[0].rows];
  const placeOf = (cell) => ({
    slot: headers()[cell.cellIndex].dataset.slot,
    table: cell.parentElement.dataset.table,
  });

  function prepare() {
    root.setAttribute("data-board-ready", "");
    const gaps = headers().map((head) => head.classList.contains("gap"));
    rowsOf().forEach((row) =>
      [...row.cells].forEach((cell, at) => {
        if (cell.tagName === "TD") cell.tabIndex = -1;
        if (gaps[at]) cell.classList.add("gap");
      }),
    );
    root.querySelectorAll(".tile").forEach((tile) => (tile.tabIndex = tile.dataset.pair ? 0 : -1));
    const cell = cellAt(...focusAt) ?? cellAt(0, 0);
    if (cell) cell.tabIndex = 0;
    if (!canChange) return;
    grid().setAttribute("role", "grid");
  }

  function cellAt(row, column) {
    const line = rowsOf()[row];
    return line?.cells[column + 1] ?? null;
  }

  function focus(cell) {
    grid().querySelectorAll('td[tabindex="0"]').forEach((each) => (each.tabIndex = -1));
    focusAt = [rowsOf().indexOf(cell.parentElement), cell.cellIndex - 1];
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function say(html, isBad) {
    verdict.hidden = !html;
    verdict.innerHTML = html;
    target?.classList.toggle("no", Boolean(isBad));
  }

  function pick(tile) {
    drop();
    const { meeting, revision, pair } = tile.dataset;
    picked = pair ? { what: "place", pair } : { what: "move", meeting, revision };
    picked.tile = tile;
    tile.classList.add("picked");
    tile.setAttribute("aria-current", "true");
  }

  function drop() {
    picked?.tile.classList.remove("picked");
    picked?.tile.removeAttribute("aria-current");
    picked = null;
    aim(null);
    say("");
  }

  function aim(cell) {
    if (target === cell) return;
    target?.classList.remove("target", "no");
    target = cell;
    clearTimeout(asking);
    if (!cell || !picked) return;
    cell.classList.add("target");
    if (cell.contains(picked.tile)) return say("");
    asking = setTimeout(() => ask(cell), 120);
  }

  async function ask(cell) {
    const query = new URLSearchParams({ ...whatOf(picked), ...placeOf(cell) });
    try {
      const answer = await fetch(`${root.dataset.tryUrl}?${query}`);
      const html = await answer.text();
      if (cell === target && answer.ok) say(html, html.includes("verdict-no"));
    } catch {
      // The move itself will say that the server does not answer.
    }
  }

  const whatOf = ({ what, meeting, revision, pair }) =>
    pair ? { what, pair } : { what, meeting, revision };

  function put(cell) {
    const { slot, table } = placeOf(cell);
    const there = [...cell.querySelectorAll(".tile")].find((tile) => tile !== picked.tile);
    if (cell.contains(picked.tile)) return drop();
    const data = { ...whatOf(picked), slot, table };
    if (there && table) data.onto = there.dataset.meeting;
    return send(root.dataset.changeUrl, data);
  }

  async function send(url, data) {
    if (busy) return;
    busy = true;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ ...data, by: root.dataset.by });
    try {
      const answer = await fetch(url, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token, "X-Board": "1" },
      });
      if (answer.ok || answer.status === 409) show(await answer.text());
      else complain();
    } catch {
      complain();
    } finally {
      busy = false;
    }
  }

  function complain() {
    drop();
    const line = root.querySelector(".board-said");
    line.classList.add("refused");
    line.textContent = root.dataset.lost;
  }

  function show(html) {
    drop();
    const scroll = root.querySelector(".board-scroll");
    const [left, top] = [scroll.scrollLeft, scroll.scrollTop];
    const isOpen = root.querySelector(".board-shelf")?.open;
    const hadFocus = root.contains(document.activeElement);
    root.innerHTML = html;
    prepare();
    Object.assign(root.querySelector(".board-scroll"), { scrollLeft: left, scrollTop: top });
    const shelf = root.querySelector(".board-shelf");
    if (shelf && isOpen) shelf.open = true;
    if (hadFocus) cellAt(...focusAt)?.focus({ preventScroll: true });
    // A live region that arrives with its words is not read: say them again.
    const line = root.querySelector(".board-said");
    const words = line.innerHTML;
    line.innerHTML = "";
    requestAnimationFrame(() => (line.innerHTML = words));
  }

  // --- pointer: mouse drags at once, a finger after a moment's rest; a tap picks up and puts down.
  root.addEventListener("pointerdown", (event) => {
    const tile = event.target.closest(".tile");
    if (!canChange || !tile || event.button !== 0 || busy) return;
    drag = { tile, x: event.clientX, y: event.clientY, isOn: false, id: event.pointerId };
    if (event.pointerType !== "mouse") {
      drag.timer = setTimeout(() => begin(event), HOLD);
    }
  });

  function begin(event) {
    drag.isOn = true;
    pick(drag.tile);
    drag.ghost = drag.tile.cloneNode(true);
    drag.ghost.className = "tile tile-ghost";
    drag.ghost.setAttribute("aria-hidden", "true");
    document.body.append(drag.ghost);
    follow(event);
  }

  function follow(event) {
    drag.ghost.style.setProperty("left", `${event.clientX + 8}px`);
    drag.ghost.style.setProperty("top", `${event.clientY + 8}px`);
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("#board td");
    aim(cell ?? null);
    const scroll = root.querySelector(".board-scroll");
    const box = scroll.getBoundingClientRect();
    if (event.clientX > box.right - 40) scroll.scrollLeft += 16;
    if (event.clientX < box.left + 160) scroll.scrollLeft -= 16;
    if (event.clientY > box.bottom - 40) scroll.scrollTop += 12;
    if (event.clientY < box.top + 60) scroll.scrollTop -= 12;
  }

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const way = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (drag.isOn) follow(event);
    else if (event.pointerType === "mouse" && way > 6) begin(event);
    else if (way > 10) end();
  });

  function end() {
    clearTimeout(drag?.timer);
    drag?.ghost?.remove();
    drag = null;
  }

  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const wasOn = drag.isOn;
    end();
    if (!wasOn) return;
    suppressClick = true;
    setTimeout(() => (suppressClick = false), 50);
    if (target && picked) put(target);
    else drop();
  });
  document.addEventListener("pointercancel", () => {
    if (drag) {
      end();
      drop();
    }
  });
  document.addEventListener("touchmove", (event) => drag?.isOn && event.preventDefault(), {
    passive: false,
  });
  root.addEventListener("contextmenu", (event) => drag && event.preventDefault());
  root.addEventListener("dragstart", (event) => event.preventDefault());

  let suppressClick = false;
  root.addEventListener("click", (event) => {
    if (!canChange) return;
    const tile = event.target.closest(".tile");
    const cell = event.target.closest("td");
    if (tile && (event.ctrlKey || event.metaKey)) return;
    if (tile) event.preventDefault();
    if (suppressClick || busy) return;
    if (picked && cell) {
      focus(cell);
      if (picked.tile === tile) drop();
      else put(cell);
    } else if (tile) {
      pick(tile);
      if (cell) focus(cell);
    }
  });
  root.addEventListener("pointerover", (event) => {
    const cell = event.target.closest?.("td");
    if (picked && !drag && cell && event.pointerType === "mouse") aim(cell);
  });
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-undo-form]") || !canChange) return;
    event.preventDefault();
    send(root.dataset.undoUrl, {});
  });

  // --- keyboard
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const cell = event.target.closest("td");
    const shelved = event.target.closest("[data-pair]");
    if (steps[event.key] && cell) {
      event.preventDefault();
      const [down, right] = steps[event.key];
      const next = cellAt(focusAt[0] + down, focusAt[1] + right);
      if (next?.tagName === "TD") {
        focus(next);
        if (picked) aim(next);
      }
      return;
    }
    if (!canChange) return;
    if (event.key === "Enter" && shelved) {
      event.preventDefault();
      pick(shelved);
      focus(cellAt(...focusAt) ?? cellAt(0, 0));
    } else if (event.key === "Enter" && cell) {
      event.preventDefault();
      const tile = cell.querySelector(".tile");
      if (picked) put(cell);
      else if (tile) pick(tile);
    } else if (event.key === "Escape" && picked) {
      drop();
    } else if (event.code === "KeyU") {
      event.preventDefault();
      send(root.dataset.undoUrl, {});
    } else if (cell && (event.code === "KeyL" || event.key === "Delete")) {
      const tile = picked?.tile ?? cell.querySelector(".tile");
      if (!tile?.dataset.meeting) return;
      event.preventDefault();
      const what =
        event.key === "Delete" ? "out" : tile.classList.contains("locked") ? "unlock" : "lock";
      const { meeting, revision } = tile.dataset;
      send(root.dataset.changeUrl, { what, meeting, revision });
    }
  });
  root.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (cell) focusAt = [rowsOf().indexOf(cell.parentElement), cell.cellIndex - 1];
  });

  // --- other people
  async function look() {
    if (document.hidden || busy || picked || drag) return;
    const { revision, timetable, stage } = state().dataset;
    const query = new URLSearchParams({ revision, by: root.dataset.by });
    try {
      const answer = await fetch(`${root.dataset.sinceUrl}?${query}`);
      if (answer.status !== 200 || busy || picked || drag) return;
      const html = await answer.text();
      show(html);
      const now = state().dataset;
      // Another version has other addresses: open the page anew.
      if (now.timetable !== timetable || now.stage !== stage) location.reload();
    } catch {
      // The next look may find the server again.
    }
  }

  prepare();
  setInterval(look, LOOK);
})();
