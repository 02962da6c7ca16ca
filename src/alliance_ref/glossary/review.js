"use strict";
(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words);
  const key = `alliance-ref review ${body.dataset.key}`;
  const rows = [...document.querySelectorAll(".pair")];
  const pairs = new Map(rows.map((row) => [row, JSON.parse(row.dataset.pair)]));
  const find = (selector, within = document) => within.querySelector(selector);
  const idOf = (row) => `${pairs.get(row).en}\t${pairs.get(row).ja}`;
  let decisions = {};

  function load() {
    try {
      decisions = JSON.parse(localStorage.getItem(key) ?? "{}");
    } catch {
      decisions = {};
      find("#not-kept").hidden = false;
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(decisions));
    } catch {
      find("#not-kept").hidden = false;
    }
  }

  function show(row) {
    const pair = pairs.get(row);
    const made = decisions[idOf(row)];
    row.dataset.decision = made?.decision ?? "";
    find(".state", row).textContent = made ? words[made.decision] : pair.status;
    for (const lang of ["en", "ja"]) {
      const text = made?.[lang] ?? pair[lang];
      const changed = text !== pair[lang];
      find(`.${lang} .now`, row).textContent = text;
      find(`.${lang} .was`, row).textContent = changed ? pair[lang] : "";
    }
    find(".reading", row).textContent = made?.reading ?? pair.reading;
    find("button.undo", row).hidden = !made;
  }

  function count() {
    const counts = { accept: 0, correct: 0, reject: 0 };
    for (const row of rows) if (row.dataset.decision) counts[row.dataset.decision] += 1;
    const undecided = rows.length - counts.accept - counts.correct - counts.reject;
    find("#counts").textContent = Object.entries({ ...counts, undecided })
      .map(([name, number]) => `${words[name]}: ${number}`)
      .join(" · ");
    find("button.save").disabled = undecided === rows.length;
  }

  function filter() {
    const wanted = find("#filter").value;
    const text = find("#search").value.normalize("NFKC").toLowerCase();
    for (const row of rows) {
      const pair = pairs.get(row);
      const made = decisions[idOf(row)];
      const texts = [pair.en, pair.ja, made?.en ?? "", made?.ja ?? "", pair.reading].join("\n");
      const found = texts.normalize("NFKC").toLowerCase().includes(text);
      const state = row.dataset.decision || "undecided";
      row.hidden = !found || (wanted !== "all" && wanted !== state);
    }
  }

  function current() {
    return document.activeElement?.closest(".pair") ?? null;
  }

  function move(step, from = current()) {
    const shown = rows.filter((row) => !row.hidden || row === from);
    const at = from ? shown.indexOf(from) : -1;
    const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function decide(row, made, advance = true) {
    if (made) decisions[idOf(row)] = made;
    else delete decisions[idOf(row)];
    keep();
    show(row);
    count();
    if (made && advance) move(1, row);
    else row.focus();
    filter();
  }

  function correct(row) {
    if (find("form", row)) return;
    const pair = pairs.get(row);
    const made = decisions[idOf(row)];
    const form = find("#correction").content.firstElementChild.cloneNode(true);
    for (const name of ["en", "ja", "reading"]) form.elements[name].value = made?.[name] ?? pair[name];
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = {};
      for (const name of ["en", "ja", "reading"]) given[name] = form.elements[name].value.normalize("NFC").trim();
      if (!given.en || !given.ja) return;
      form.remove();
      const same = ["en", "ja", "reading"].every((name) => given[name] === pair[name]);
      decide(row, same ? { decision: "accept" } : { decision: "correct", ...given });
    });
    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape" || event.isComposing) return;
      form.remove();
      row.focus();
    });
    find("button.cancel", form).addEventListener("click", () => {
      form.remove();
      row.focus();
    });
    row.append(form);
    form.elements.ja.focus();
  }

  // The same protection against formulas as in the tables that the library writes.
  const sign = "[=+\\-@＝＋－＠]";
  const formula = new RegExp(`^(?='*(?:${sign}|[\\t\\r\\n]))|(?<=[;\\t\\r\\n])(?='*${sign})`, "gu");
  const cell = (text) => `"${text.replace(formula, "'").replaceAll('"', '""')}"`;

  function table() {
    const lines = [["decision", "en", "ja", "reading", "proposed en", "proposed ja", "id"]];
    for (const row of rows) {
      const made = decisions[idOf(row)];
      if (!made) continue;
      const pair = pairs.get(row);
      const decision = made.decision === "reject" ? "reject" : "accept";
      const { en, ja, reading } = { ...pair, ...made };
      lines.push([decision, en, ja, reading, pair.en, pair.ja, pair.id]);
    }
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv" }));
    link.download = "decisions.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    find("#saved").textContent = words.saved;
  }

  const actions = {
    a: (row) => decide(row, { decision: "accept" }),
    r: (row) => decide(row, { decision: "reject" }),
    c: correct,
    u: (row) => decide(row, null),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea")) return;
    const name = event.key.toLowerCase();
    const row = current();
    if (name === "s") save();
    else if (name === "j" || name === "arrowdown") move(1);
    else if (name === "k" || name === "arrowup") move(-1);
    else if (name in actions && row) actions[name](row);
    else return;
    event.preventDefault();
  });
  for (const row of rows) {
    for (const [name, action] of [["accept", "a"], ["reject", "r"], ["correct", "c"], ["undo", "u"]]) {
      find(`button.${name}`, row).addEventListener("click", () => actions[action](row));
    }
  }
  find("button.save").addEventListener("click", save);
  find("#filter").addEventListener("change", filter);
  find("#search").addEventListener("input", filter);

  load();
  rows.forEach(show);
  count();
  filter();
})();
