/* The search for names, shared by the site and the offline lookup page. Needs no server and no library. */
(() => {
  "use strict";

  /* Keys are normalized as alliance_ref.preparation.name_index.fold does it, and so is the query. */
  const between = /[\s\-‐‑–—'’ʼ・･.,、。()（）「」『』"“”/]+/g;
  const fold = (text) => {
    const wide = text.normalize("NFKC").toLowerCase();
    let folded = "";
    for (const c of wide) {
      if (c < "\u0250" || ("\u1e00" <= c && c <= "\u1eff")) {
        folded += c.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
      } else if ("ァ" <= c && c <= "ヶ") {
        folded += String.fromCodePoint(c.codePointAt(0) - 0x60);
      } else {
        folded += c;
      }
    }
    return folded.replace(/[\u0300-\u036f]/g, "").replace(between, "");
  };
  const short = (key) => key.replaceAll("ou", "o").replaceAll("oo", "o").replaceAll("uu", "u").replaceAll("oh", "o");

  /* Whether two keys differ by one character: changed, missing, added, or swapped with its neighbor. */
  const oneApart = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const rest = (text, skip) => text.slice(at + skip);
    if (a.length > b.length) return rest(a, 1) === rest(b, 0);
    if (a.length < b.length) return rest(a, 0) === rest(b, 1);
    return rest(a, 1) === rest(b, 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, 2) === rest(b, 2));
  };

  /* The rank of the best key for a query, and the length of that key; null if no key matches. */
  const rank = ({ keys, joined }, query, loose) => {
    if (!joined.includes(query) && !joined.includes(loose)) return null;
    let best = null;
    for (const key of keys) {
      let place = 9;
      if (key === query) place = 0;
      else if (key === loose) place = 1;
      else if (key.startsWith(query)) place = 2;
      else if (key.startsWith(loose)) place = 3;
      else if (key.includes(query)) place = 4;
      if (place < 9 && (!best || place < best[0] || (place === best[0] && key.length < best[1]))) best = [place, key.length];
    }
    return best;
  };
  const SHORTEST_TYPO = 4; // characters; shorter queries are never read as typing errors
  const rankTypo = ({ keys }, query, loose) => {
    const near = keys.filter((key) => key.length >= SHORTEST_TYPO && (oneApart(key, query) || oneApart(key, loose)));
    return near.length ? [5, Math.min(...near.map((key) => key.length))] : null;
  };

  /* Rows prepared for `find`: `keysOf` returns the keys of a row, `titleOf` its English name. */
  const index = (rows, keysOf, titleOf) =>
    rows.map((row) => {
      const keys = keysOf(row);
      return { row, keys, joined: keys.join("\n"), title: titleOf(row) };
    });

  /* The rows that match a query, best first. Typing errors are tried if nothing else matches. */
  const find = (indexed, text, limit) => {
    const query = fold(text);
    if (!query) return [];
    const loose = /^[\x00-\x7f]*$/.test(query) ? short(query) : query;
    const ranked = (ranking) =>
      indexed
        .map((one) => [ranking(one, query, loose), one])
        .filter(([best]) => best)
        .sort(([a, one], [b, other]) => a[0] - b[0] || a[1] - b[1] || one.title.length - other.title.length || (one.title < other.title ? -1 : 1))
        .slice(0, limit)
        .map(([, one]) => one.row);
    const found = ranked(rank);
    return found.length || query.length < SHORTEST_TYPO ? found : ranked(rankTypo);
  };

  window.allianceNameSearch = { fold, index, find };
})();
