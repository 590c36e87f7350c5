"use strict";
// Sorting and filtering of tables, and the ways round the calendar. The page is whole without it.
(() => {
  const said = document.body.dataset;
  const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const folded = (text) => text.toLocaleLowerCase(document.documentElement.lang);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const make = (name, attributes, ...within) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...within);
    return made;
  };
  // Whether a text has every word that was written.
  const finder = (written) => {
    const words = folded(written).split(/\s+/).filter(Boolean);
    return (text) => words.every((word) => text.includes(word));
  };

  // Tables: a box above each, and a button in each header.
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent.trim();
  };
  const sorted = (table, column, up) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [key(row, column), row]);
    // What is blank comes last either way.
    rows.sort(([a], [b]) => !a - !b || (up ? order.compare(a, b) : order.compare(b, a)));
    body.append(...rows.map(([, row]) => row));
    [...table.tHead.rows[0].cells].forEach((head, number) => {
      if (number === column) head.setAttribute("aria-sort", up ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  };
  for (const table of document.querySelectorAll("table.grid")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const name = head.textContent.trim();
      const button = make("button", { type: "button", title: told(said.sort, { column: name }) }, name);
      head.replaceChildren(button);
      button.addEventListener("click", () => sorted(table, column, head.getAttribute("aria-sort") !== "ascending"));
    });
    const texts = rows.map((row) => folded(row.textContent));
    const box = make("input", { type: "search" });
    const count = make("output", { "aria-live": "polite" });
    const filter = () => {
      const fits = finder(box.value);
      let shown = 0;
      rows.forEach((row, number) => {
        const out = !fits(texts[number]);
        row.classList.toggle("out", out);
        shown += !out;
      });
      count.textContent = told(said.shown, { shown, total: rows.length });
    };
    box.addEventListener("input", filter);
    table.showAll = () => { box.value = ""; filter(); };
    filter();
    table.parentElement.before(make("div", { class: "filter" }, make("label", {}, `${said.filter} `, box), count));
  }

  const calendar = document.getElementById("calendar");
  if (!calendar) return;
  const card = document.getElementById("card");
  const bars = [...calendar.querySelectorAll("a.bar")];
  const charts = [...calendar.querySelectorAll(".trust")];
  const texts = new Map();

  // What is told of a person stands in a card beside the bar, for mouse and keyboard alike.
  const show = (bar) => {
    card.textContent = bar.getAttribute("aria-label");
    card.hidden = false;
    const there = bar.getBoundingClientRect();
    const left = Math.max(8, Math.min(there.left, document.documentElement.clientWidth - card.offsetWidth - 8));
    const below = there.bottom + card.offsetHeight < window.innerHeight;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(below ? there.bottom : there.top - card.offsetHeight) + window.scrollY}px`;
  };
  const hide = () => { card.hidden = true; };
  for (const bar of bars) {
    const title = bar.querySelector("title");
    bar.setAttribute("aria-label", title.textContent);
    texts.set(bar, folded(title.textContent));
    title.remove();
    bar.setAttribute("tabindex", "-1");
    bar.addEventListener("mouseenter", () => show(bar));
    bar.addEventListener("mouseleave", (event) => { if (event.relatedTarget !== card) hide(); });
    bar.addEventListener("focus", () => { stop(bar); show(bar); });
    bar.addEventListener("blur", hide);
  }
  card.addEventListener("mouseleave", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  for (const pane of calendar.querySelectorAll(".pane")) {
    pane.addEventListener("scroll", () => {
      const bar = document.activeElement;
      if (!card.hidden && pane.contains(bar) && bar.matches("a.bar")) show(bar);
      else hide();
    });
  }

  // One stop for Tab in each chart; arrows go from person to person.
  const stop = (bar) => {
    for (const other of bar.closest(".trust").querySelectorAll('a.bar[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    bar.setAttribute("tabindex", "0");
  };
  const middle = (bar) => { const box = bar.getBoundingClientRect(); return box.left + box.width / 2; };
  const beside = (bar, own, step) => own[own.indexOf(bar) + step];
  const across = (bar, lanes, step) => {
    for (let n = lanes.indexOf(bar.closest("tr")) + step; lanes[n]; n += step) {
      const there = [...lanes[n].querySelectorAll("a.bar")];
      if (there.length) return there.reduce((a, b) => (Math.abs(middle(b) - middle(bar)) < Math.abs(middle(a) - middle(bar)) ? b : a));
    }
    return undefined;
  };
  for (const chart of charts) {
    const own = [...chart.querySelectorAll("a.bar")];
    const lanes = [...chart.querySelectorAll("tr.line")];
    if (own.length) stop(own[0]);
    chart.addEventListener("keydown", (event) => {
      const bar = event.target.closest("a.bar");
      if (!bar || event.altKey || event.ctrlKey || event.metaKey) return;
      const ways = {
        ArrowRight: () => beside(bar, own, 1), ArrowLeft: () => beside(bar, own, -1),
        ArrowDown: () => across(bar, lanes, 1), ArrowUp: () => across(bar, lanes, -1),
        Home: () => own[0], End: () => own[own.length - 1],
      };
      if (!(event.key in ways)) return;
      event.preventDefault();
      ways[event.key]()?.focus();
    });
  }

  // A link to a line shows it even where it was filtered out; one to a bar, its trust.
  const arrive = () => {
    const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!there) return;
    if (there.matches("tr.out")) there.closest("table").showAll();
    if (there.matches("a.bar") && there.closest(".trust.out")) choose("");
    if (there.matches("tr, a.bar")) { there.scrollIntoView({ block: "center" }); there.focus({ preventScroll: true }); }
  };
  window.addEventListener("hashchange", arrive);
  for (const link of document.querySelectorAll('a[href^="#b"], a[href^="#s"]')) {
    link.addEventListener("click", () => { if (location.hash === link.getAttribute("href")) arrive(); });
  }

  const buttons = [...calendar.querySelectorAll("button[data-trust]")];
  const choose = (trust) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.trust === trust));
    for (const chart of charts) chart.classList.toggle("out", trust !== "" && chart.dataset.trust !== trust);
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.trust));

  let zoom = 1;
  for (const button of calendar.querySelectorAll("button[data-zoom]")) {
    button.addEventListener("click", () => {
      zoom = Math.max(1, Math.min(4, zoom + Number(button.dataset.zoom)));
      for (const n of [2, 3, 4]) calendar.classList.toggle(`zoom${n}`, n === zoom);
    });
  }

  const find = calendar.querySelector(".find");
  const found = calendar.querySelector(".found");
  const search = () => {
    const fits = finder(find.value);
    const hits = bars.filter((bar) => fits(texts.get(bar)));
    const kept = new Set(hits);
    for (const bar of bars) bar.classList.toggle("out", !kept.has(bar));
    found.textContent = find.value.trim() ? told(calendar.dataset.found, { shown: hits.length, total: bars.length }) : "";
    return hits;
  };
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const [first] = search();
    if (!first) return;
    choose("");
    first.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
  });
  calendar.querySelector(".print").addEventListener("click", () => window.print());
  calendar.querySelector(".tools").hidden = false;
  arrive();
})();
