// What a page does beyond standing there: find an entry, sort and filter a list, say how old it is.
// Everything here is a convenience: without it every page says the same.
"use strict";

(() => {
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const folded = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

  // ---- Search

  const LIMIT = 12;
  let entries = null;

  const load = (then) => {
    if (entries) return then();
    const script = make("script", { src: "search.js", onload: () => {
      entries = window.onwardEntries.map(([name, kind, id, href]) => ({ name, kind, id, href, at: folded(`${name} ${id}`) }));
      then();
    } });
    document.head.append(script);
  };

  // The fewer letters before the match, the better: a whole word first, then anywhere.
  const rank = (entry, words) => {
    let sum = 0;
    for (const word of words) {
      const at = entry.at.indexOf(word);
      if (at < 0) return -1;
      sum += at === 0 ? 0 : /[\s-]/.test(entry.at[at - 1]) ? 1 : 2;
    }
    return sum;
  };

  const find = (text) => {
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const ranked = entries.map((entry) => [rank(entry, words), entry]).filter(([score]) => score >= 0);
    ranked.sort(([a, one], [b, other]) => a - b || one.name.length - other.name.length || one.name.localeCompare(other.name, "en"));
    return ranked.slice(0, LIMIT).map(([, entry]) => entry);
  };

  const search = (box) => {
    const input = box.querySelector("input");
    const list = box.querySelector("ul");
    let chosen = -1;
    const options = () => [...list.children];
    const choose = (at) => {
      chosen = at;
      options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      const option = options()[at];
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    };
    const show = () => load(() => {
      const found = find(input.value);
      list.replaceChildren(...found.map((entry, at) => make(
        "li", { role: "option", id: `found-${at}`, "aria-selected": "false", "data-href": entry.href },
        make("bdi", {}, entry.name), " ", make("span", { class: "small" }, entry.kind),
      )));
      if (found.length === 0 && input.value.trim()) {
        list.append(make("li", { class: "small", role: "option", "aria-disabled": "true" }, "Nothing is called that. Try fewer letters, or A to Z."));
      }
      list.hidden = list.children.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
    });
    const go = (option) => { if (option?.dataset.href) location.href = option.dataset.href; };
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => go(event.target.closest("li")));
    input.addEventListener("input", show);
    input.addEventListener("focus", () => load(() => {}));
    input.addEventListener("keydown", (event) => {
      const links = options().filter((option) => option.dataset.href);
      if (event.key === "ArrowDown" && links.length) choose((chosen + 1) % links.length);
      else if (event.key === "ArrowUp" && links.length) choose((chosen + links.length - 1) % links.length);
      else if (event.key === "Enter" && links.length) go(links[chosen] ?? links[0]);
      else if (event.key === "Escape") { input.value = ""; close(); return; }
      else return;
      event.preventDefault();
    });
    box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
    box.hidden = false;
  };

  // ---- Lists

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const slug = (text) => folded(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const safe = (cell) => `"${(/^\s*[=+\-@'＝＋－＠]/.test(cell) ? "'" : "") + cell.replaceAll('"', '""')}"`;

  // The most rows that are shown at first: a browser lays out more of them slowly.
  const SHOWN = 300;

  // Where a list takes several pages, its rows come from a script.
  const list = (table, prefix, given) => {
    const heads = [...table.tHead.rows[0].cells];
    const columns = heads.map((head) => head.textContent.trim());
    const body = table.tBodies[0];
    if (given) {
      body.innerHTML = given;
      table.closest("section").querySelectorAll(".left").forEach((left) => left.remove());
    }
    const rows = [...body.rows].map((row) => {
      const cells = [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim());
      return { row, cells, text: folded(cells.join(" ")) };
    });
    // A cell with several links has several values: one for each.
    const valuesOf = (row, column) => {
      const links = [...row.row.cells[column].querySelectorAll("a bdi")].map((link) => link.textContent.trim());
      return links.length ? [...new Set(links)] : [row.cells[column]];
    };
    const facets = heads.flatMap((head, column) => {
      if (!head.hasAttribute("data-facet")) return [];
      const of = new Map(rows.map((row) => [row, valuesOf(row, column)]));
      const values = [...new Set([...of.values()].flat())].sort(collator.compare);
      return values.length < 2 || values.length > 1000 ? [] : [{ column, of, values, key: slug(columns[column]), wanted: new Set() }];
    });
    const state = { text: "", column: -1, down: false, order: rows, limit: SHOWN };

    const accepts = (row, but) => state.text.split(/\s+/).every((word) => row.text.includes(word)) &&
      facets.every((facet) => facet === but || facet.wanted.size === 0 || facet.of.get(row).some((value) => facet.wanted.has(value)));

    const keep = () => {
      const query = new URLSearchParams(location.search);
      const set = (key, values) => { query.delete(prefix + key); values.forEach((value) => query.append(prefix + key, value)); };
      set("find", state.text ? [state.text] : []);
      set("sort", state.column < 0 ? [] : [(state.down ? "-" : "") + slug(columns[state.column])]);
      facets.forEach((facet) => set(facet.key, [...facet.wanted]));
      const text = query.toString();
      // A page that may not keep its state still filters.
      try { history.replaceState(null, "", (text ? `?${text}` : location.pathname.split("/").pop()) + location.hash); } catch { }
    };

    const draw = () => {
      const shown = state.order.filter((row) => accepts(row));
      body.replaceChildren(...shown.slice(0, state.limit).map((row) => row.row));
      status.textContent = shown.length === rows.length ? `${rows.length} rows` : `${shown.length} of ${rows.length} rows`;
      const wanted = facets.filter((facet) => facet.wanted.size).map((facet) => `${columns[facet.column]}: ${[...facet.wanted].join(" or ")}`);
      chosen.textContent = [...(state.text ? [`with “${state.text}”`] : []), ...wanted].join("; ");
      more.hidden = shown.length <= state.limit;
      more.textContent = `Show the other ${shown.length - state.limit} rows`;
      facets.forEach((facet) => {
        const others = rows.filter((row) => accepts(row, facet));
        const counts = new Map();
        others.forEach((row) => facet.of.get(row).forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1)));
        facet.boxes.forEach(({ value, box, count, label }) => {
          const n = counts.get(value) ?? 0;
          box.checked = facet.wanted.has(value);
          count.textContent = ` ${n}`;
          label.hidden = n === 0 && !box.checked;
        });
        facet.title.textContent = columns[facet.column] + (facet.wanted.size ? ` (${facet.wanted.size})` : "");
      });
      reset.hidden = !state.text && state.column < 0 && facets.every((facet) => facet.wanted.size === 0);
      heads.forEach((head, at) => {
        if (at === state.column) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    const sort = () => {
      const at = state.column;
      state.order = at < 0 ? rows : [...rows].sort((a, b) => collator.compare(a.cells[at], b.cells[at]) * (state.down ? -1 : 1));
    };
    const changed = () => { draw(); keep(); };

    const download = () => {
      const all = state.order.filter((row) => accepts(row));
      const lines = [columns, ...all.map((row) => row.cells)].map((cells) => cells.map(safe).join(","));
      const day = document.querySelector(".as-of time").dateTime;
      const href = URL.createObjectURL(new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
      make("a", { href, download: `${slug(document.querySelector("h1").textContent)}-${day}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    };

    heads.forEach((head, at) => {
      if (!columns[at] || head.querySelector(".unseen")) return;
      head.replaceChildren(make("button", { type: "button", class: "sort", onclick: () => {
        // Up, down, and back to the order of the page.
        if (state.column !== at) Object.assign(state, { column: at, down: false });
        else if (!state.down) state.down = true;
        else Object.assign(state, { column: -1, down: false });
        sort();
        changed();
      } }, columns[at]));
    });

    const input = make("input", { type: "search", id: `${table.id}-find`, autocomplete: "off", oninput: () => { state.text = folded(input.value.trim()); changed(); } });
    const status = make("p", { role: "status", class: "small" });
    // On paper, what was chosen is all that is left of the choices.
    const chosen = make("p", { class: "chosen small" });
    const showAll = () => { state.limit = Infinity; draw(); };
    const more = make("button", { type: "button", hidden: true, onclick: showAll });
    addEventListener("beforeprint", showAll);
    const reset = make("button", { type: "button", hidden: true, onclick: () => {
      Object.assign(state, { text: "", column: -1, down: false });
      input.value = "";
      facets.forEach((facet) => facet.wanted.clear());
      sort();
      changed();
    } }, "Show all again");
    facets.forEach((facet) => {
      facet.title = make("summary", {}, columns[facet.column]);
      facet.boxes = facet.values.map((value) => {
        const count = make("span", { class: "small" });
        const box = make("input", { type: "checkbox", onchange: () => { box.checked ? facet.wanted.add(value) : facet.wanted.delete(value); changed(); } });
        return { value, box, count, label: make("label", {}, box, make("bdi", {}, value || "not recorded"), count) };
      });
    });
    const choices = facets.map((facet) => make("details", { class: "facet" }, facet.title,
      make("fieldset", {}, make("legend", { class: "unseen" }, columns[facet.column]), ...facet.boxes.map(({ label }) => label))));
    const tools = make("div", { class: "tools" },
      make("label", { for: input.id }, "Show rows with"), input, ...choices, reset,
      make("button", { type: "button", onclick: download }, "Download these rows (CSV)"), status, chosen);
    table.closest(".scroll").before(tools);
    table.closest(".scroll").after(more);

    const query = new URLSearchParams(location.search);
    input.value = query.get(`${prefix}find`) ?? "";
    state.text = folded(input.value.trim());
    facets.forEach((facet) => query.getAll(prefix + facet.key).filter((value) => facet.values.includes(value)).forEach((value) => facet.wanted.add(value)));
    const by = query.get(`${prefix}sort`) ?? "";
    state.column = columns.findIndex((column) => column && slug(column) === by.replace(/^-/, ""));
    state.down = state.column >= 0 && by.startsWith("-");
    sort();
    draw();
  };

  // ---- Can I send this?

  const send = (form) => {
    const box = document.getElementById("send-answer");
    const [from, to, data] = form.querySelectorAll("select");
    const intro = [...box.children];
    const link = (text, href) => make("a", { href }, make("bdi", {}, text));
    const say = (look, verdict, ...paragraphs) => {
      box.className = `answer ${look}`;
      box.replaceChildren(make("p", { class: "verdict" }, verdict), ...paragraphs.map((parts) => make("p", {}, ...parts)));
    };
    const ask = (...owners) => {
      const owner = owners.find(Boolean);
      return owner ? ["Ask ", make("bdi", {}, owner), "."] : ["Nobody is recorded to ask: whoever keeps this register knows."];
    };
    const answer = () => {
      if (!from.value || !to.value || !data.value) {
        box.className = "answer";
        box.replaceChildren(...intro);
        return;
      }
      const { legs, parties, owner } = window.onwardAnswers;
      const between = legs.filter((leg) => leg.from === from.value && leg.to === to.value);
      const found = between.filter((leg) => leg.data.includes(data.value));
      const recipient = parties[to.value];
      const told = (leg) => ["For ", make("bdi", {}, leg.purposes.join(", ")), ": ", make("bdi", {}, leg.verdict), " (", link("how", leg.page), ").",
        ...leg.denied.flatMap((rule) => [" Denied by ", link(rule, `rule-${rule}.html`), "."])];
      if (from.value === to.value) say("", "That is one and the same party.");
      else if (found.length === 0) {
        const other = between.length ? [link(recipient[0], recipient[1]), " gets other data from there; see its page."] : ["Nothing at all is recorded from there to ", link(recipient[0], recipient[1]), "."];
        say("bad", "No: no such transfer is recorded.", other, ask(recipient[2], parties[from.value][2], owner));
      } else if (found.every((leg) => leg.good)) say("good", "Yes, for what is recorded:", ...found.map(told));
      else if (found.some((leg) => leg.good)) say("", "For some purposes only:", ...found.map(told), ask(found[0].owner, recipient[2], owner));
      else say("bad", "No: it is recorded, and something is missing.", ...found.map(told), ask(found[0].owner, recipient[2], owner));
      const query = new URLSearchParams({ from: from.value, to: to.value, data: data.value });
      try { history.replaceState(null, "", `?${query}`); } catch { }
    };
    document.head.append(make("script", { src: "send.js", onload: () => {
      const query = new URLSearchParams(location.search);
      for (const [select, key] of [[from, "from"], [to, "to"], [data, "data"]]) {
        if ([...select.options].some((option) => option.value === query.get(key))) select.value = query.get(key);
        select.addEventListener("change", answer);
      }
      form.hidden = false;
      answer();
    } }));
  };

  // ---- Pictures that can be looked at closely

  const NEAR = 8;

  const zoom = (figure) => {
    const svg = figure.querySelector("svg");
    const whole = svg.viewBox.baseVal;
    const [x, y, width, height] = [whole.x, whole.y, whole.width, whole.height];
    const view = { x, y, scale: 1 };
    const show = () => {
      const [w, h] = [width / view.scale, height / view.scale];
      view.x = Math.min(Math.max(view.x, x), x + width - w);
      view.y = Math.min(Math.max(view.y, y), y + height - h);
      svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
      svg.classList.toggle("moved", view.scale > 1);
      buttons[0].disabled = view.scale >= NEAR;
      buttons.slice(1).forEach((button) => { button.disabled = view.scale <= 1; });
    };
    // The point under the hand, or the middle, stays where it is.
    const by = (factor, across = 0.5, down = 0.5) => {
      const scale = Math.min(Math.max(view.scale * factor, 1), NEAR);
      view.x += across * width * (1 / view.scale - 1 / scale);
      view.y += down * height * (1 / view.scale - 1 / scale);
      view.scale = scale;
      show();
    };
    const step = (across, down) => () => {
      view.x += across * width / view.scale / 4;
      view.y += down * height / view.scale / 4;
      show();
    };
    const button = (name, says, onclick) => make("button", { type: "button", "aria-label": says, title: says, onclick }, name);
    const buttons = [
      button("+", "Closer", () => by(1.5)), button("−", "Farther", () => by(1 / 1.5)), button("Whole", "The whole picture", () => by(0)),
      button("←", "To the left", step(-1, 0)), button("→", "To the right", step(1, 0)), button("↑", "Up", step(0, -1)), button("↓", "Down", step(0, 1)),
    ];
    figure.prepend(make("div", { class: "tools", role: "group", "aria-label": "Look closer" }, ...buttons));
    svg.addEventListener("wheel", (event) => {
      // Without a key the wheel belongs to the page.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      by(event.deltaY < 0 ? 1.25 : 0.8, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });
    let from = null;
    svg.addEventListener("pointerdown", (event) => { from = view.scale > 1 ? { x: event.clientX, y: event.clientY, left: view.x, top: view.y } : null; });
    svg.addEventListener("pointermove", (event) => {
      if (!from || !(event.buttons & 1)) return;
      const box = svg.getBoundingClientRect();
      Object.assign(view, { x: from.left - (event.clientX - from.x) * width / view.scale / box.width, y: from.top - (event.clientY - from.y) * height / view.scale / box.height });
      show();
    });
    // What begins as a drag on a box does not drag the link away.
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    show();
  };

  // ---- Age

  const age = (element) => {
    const days = Math.floor((Date.now() - Date.parse(element.querySelector("time").dateTime)) / 86_400_000);
    if (element.hasAttribute("data-clock") && days > 1) element.append(` (this copy is ${days} days old)`);
  };

  document.querySelectorAll(".search").forEach(search);
  const lists = [...document.querySelectorAll("table.list")].filter((table) => table.tBodies[0].rows.length > 1);
  const begin = () => lists.forEach((table, at) => list(table, at > 0 ? `${table.id}.` : "", window.onwardRows?.[table.id.replace(/-list$/, "")]));
  const script = lists[0]?.dataset.rows;
  if (script) {
    document.head.append(make("script", { src: script, onload: () => {
      document.querySelectorAll(".parts").forEach((parts) => parts.remove());
      begin();
    } }));
  } else begin();
  document.querySelectorAll("figure.zoom").forEach(zoom);
  document.querySelectorAll("form.send").forEach(send);
  document.querySelectorAll(".as-of").forEach(age);
})();
