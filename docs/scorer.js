/* The order of search results: entries first, then passages, then the manual. */
var Scorer = {
  score: ([page, , , , score]) => {
    if (page.startsWith("alliance/documents/")) return score + 1000;
    return page.startsWith("alliance/") ? score + 2000 : score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
