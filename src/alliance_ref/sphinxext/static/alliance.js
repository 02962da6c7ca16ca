/* Cards on names, furigana on request, and the search for names. Needs no server and no library. */
(() => {
  "use strict";

  const japanese = () => document.documentElement.lang.toLowerCase().startsWith("ja");

  /* Cards: by mouse, by keyboard focus; Escape closes; the pointer may move onto the card. */
  let shown = null;
  let closing = 0;

  const anchorOf = (name) => name.closest("a") || name;

  const close = () => {
    if (!shown) return;
    shown.card.hidden = true;
    shown.anchor.removeAttribute("aria-describedby");
    shown = null;
  };

  const open = (name) => {
    const id = [...name.classList].find((one) => one.startsWith("entry--"));
    const card = id && document.getElementById("card--" + id.slice("entry--".length));
    if (!card) return;
    clearTimeout(closing);
    if (shown && shown.card === card && shown.name === name) return;
    close();
    const anchor = anchorOf(name);
    const place = name.getClientRects()[0];
    if (!place) return;
    document.body.append(card);
    card.hidden = false;
    const room = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.left = Math.max(8, Math.min(place.left, room)) + window.scrollX + "px";
    const below = place.bottom + 6;
    const fits = below + card.offsetHeight <= window.innerHeight || place.top < card.offsetHeight + 12;
    card.style.top = (fits ? below : place.top - card.offsetHeight - 6) + window.scrollY + "px";
    anchor.setAttribute("aria-describedby", card.id);
    shown = { card, name, anchor };
  };

  const later = () => {
    clearTimeout(closing);
    closing = setTimeout(close, 250);
  };

  const wireCards = () => {
    for (const name of document.querySelectorAll(".alliance-entry")) {
      const anchor = anchorOf(name);
      if (anchor === name) name.tabIndex = 0;
      anchor.addEventListener("mouseenter", () => open(name));
      anchor.addEventListener("mouseleave", later);
      anchor.addEventListener("focus", () => open(name));
      anchor.addEventListener("blur", later);
    }
    for (const card of document.querySelectorAll(".alliance-card")) {
      card.addEventListener("mouseenter", () => clearTimeout(closing));
      card.addEventListener("mouseleave", later);
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
  };

  /* Furigana: off until asked for; what was chosen stays chosen. */
  const remembered = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("alliance-furigana") === "on";
      localStorage.setItem("alliance-furigana", value ? "on" : "off");
    } catch {
      /* pages opened from a disk may have no storage */
    }
    return value;
  };

  const wireFurigana = () => {
    const first = [...document.querySelectorAll(".alliance-passage")].find((one) => one.querySelector("ruby"));
    if (!first) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "alliance-furigana-switch";
    button.textContent = japanese() ? "ふりがな" : "Furigana";
    const set = (on) => {
      document.documentElement.classList.toggle("alliance-furigana", on);
      button.setAttribute("aria-pressed", String(on));
    };
    button.addEventListener("click", () => {
      const on = !document.documentElement.classList.contains("alliance-furigana");
      set(on);
      remembered(on);
    });
    set(Boolean(remembered()));
    first.before(button);
  };

  /* Names: the index is in alliance-names.js, and the search in name-search.js. */
  const { fold, index, find } = window.allianceNameSearch || {};
  let indexed = null; // built at the first search
  const findNames = (text, limit) => {
    indexed ??= index(window.allianceNames, (row) => row.slice(6), (row) => row[1]);
    return find(indexed, text, limit);
  };

  /* Fill a list with links to the entries of rows. */
  const listNames = (list, rows) => {
    const top = document.documentElement.dataset.content_root || "./";
    const { kinds } = window.allianceLabels;
    list.replaceChildren();
    for (const [id, en, ja, reading, kind, address] of rows) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = top + address;
      const parts = [[en, "en"], [ja, "ja"]].filter(([text]) => text);
      if (japanese()) parts.reverse();
      parts.forEach(([text, lang], place) => {
        if (place) link.append(" — ");
        const span = document.createElement("span");
        span.lang = lang;
        span.textContent = text;
        link.append(span);
      });
      const note = document.createElement("span");
      note.className = "kind";
      if (reading) {
        const kana = document.createElement("span");
        kana.lang = "ja";
        kana.textContent = reading;
        note.append(" ", kana, " ·");
      }
      note.append(` ${kinds[kind]}`);
      item.dataset.entry = id;
      item.append(link, note);
      list.append(item);
    }
  };

  const wireNames = () => {
    const form = document.querySelector(".alliance-name-search");
    if (!form || !window.allianceNames) return;
    const input = form.querySelector("input");
    const list = form.querySelector("ul");
    const show = () => {
      const rows = findNames(input.value, 20);
      listNames(list, rows);
      if (!rows.length && fold(input.value)) {
        const item = document.createElement("li");
        item.textContent = window.allianceLabels.none;
        list.append(item);
      }
    };
    input.addEventListener("input", show);
    const asked = new URLSearchParams(location.search).get("name");
    if (asked) {
      input.value = asked;
      show();
    }
  };

  /* The search of the sidebar suggests names, and the search page lists them above the pages. */
  const namesBlock = (id) => {
    const block = document.createElement("div");
    block.className = "alliance-name-search";
    const list = document.createElement("ul");
    list.id = id;
    block.append(list);
    return [block, list];
  };
  const wireSuggestions = () => {
    const input = document.querySelector("input.sidebar-search");
    if (!input || !window.allianceNames) return;
    const [block, list] = namesBlock("alliance-suggested");
    block.classList.add("alliance-suggestions");
    input.form.after(block);
    input.addEventListener("input", () => listNames(list, findNames(input.value, 8)));
  };
  const wireNameResults = () => {
    const results = document.getElementById("search-results");
    const query = new URLSearchParams(location.search).get("q");
    if (!results || !query || !window.allianceNames) return;
    const rows = findNames(query, 10);
    if (!rows.length) return;
    const [block, list] = namesBlock("alliance-named");
    const heading = document.createElement("h2");
    heading.textContent = window.allianceLabels.heading;
    block.prepend(heading);
    results.before(block);
    listNames(list, rows);
  };

  /* "/" and Ctrl-K lead to the search field of the page. */
  const wireKeys = () => {
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      const asked = (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) ||
        (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
      const fields = document.querySelectorAll(".alliance-name-search input, [role=search] input[name=q]");
      const field = [...fields].find((one) => one.offsetParent && one.getBoundingClientRect().right > 0);
      if (!asked || !field) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  };

  /* A search for several words: Sphinx lets go of those of one or two letters, which in Japanese most words have. */
  const requireAllWords = () => {
    const plain = Search.performTermsSearch;
    Search.performTermsSearch = (wanted, excluded) => {
      const { terms, titleterms } = Search._index;
      const known = (word) => Object.hasOwn(terms, word) || Object.hasOwn(titleterms, word);
      const words = [...wanted].filter((word) => known(word) || word.length > 2 || letters.test(word));
      const found = plain(new Set(words), excluded);
      const pages = words.map((word) => new Set(plain(new Set([word]), excluded).map((result) => result[0])));
      return found.filter((result) => pages.every((having) => having.has(result[0])));
    };
  };

  /* What the Japanese catalogue of Sphinx leaves empty. */
  const untranslated = {
    "Search finished, found one page matching the search query.": ["${resultCount}件のページが見つかりました。"],
    ", in ": "、",
  };
  const translateSearch = () => {
    if (!japanese() || typeof Documentation === "undefined") return;
    for (const [english, said] of Object.entries(untranslated)) {
      const now = Documentation.TRANSLATIONS[english];
      if (!now || !now[0] || now === english) Documentation.TRANSLATIONS[english] = said;
    }
  };

  /* What the search shows is made in the browser: no readings in it, and its Japanese marked as Japanese. */
  const letters = /[\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u9fff\uff66-\uff9f][\u3001-\u30ff\u3400-\u9fff\uff01-\uff9f]*/;
  const mark = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const around = walker.currentNode.parentElement.closest("[lang]");
      if (letters.test(walker.currentNode.data) && !(around && around.getAttribute("lang").startsWith("ja"))) found.push(walker.currentNode);
    }
    for (let node of found) {
      for (let run = letters.exec(node.data); run; run = letters.exec(node.data)) {
        const middle = node.splitText(run.index);
        node = middle.splitText(run[0].length);
        const span = document.createElement("span");
        span.lang = "ja";
        middle.replaceWith(span);
        span.append(middle);
      }
    }
  };
  const wireSearch = () => {
    const results = document.getElementById("search-results");
    if (!results || typeof Search === "undefined") return;
    requireAllWords();
    translateSearch();
    if (Search.htmlToText) {
      const plain = Search.htmlToText;
      Search.htmlToText = (html, ...rest) => plain(html.replace(/<rp>.*?<\/rp>|<rt>.*?<\/rt>/g, ""), ...rest);
    }
    new MutationObserver(() => mark(results)).observe(results, { childList: true, subtree: true });
  };

  const start = () => {
    wireCards();
    wireSearch();
    wireFurigana();
    wireNames();
    wireSuggestions();
    wireNameResults();
    wireKeys();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
