/* The switch of language keeps the place on the page. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".language-switch a");
  if (link) link.hash = location.hash;
});

/* What the theme says to screen readers only, it says in English. */
if (document.documentElement.lang === "ja") {
  const japanese = {
    "Toggle site navigation sidebar": "サイトの目次を開閉",
    "Toggle table of contents sidebar": "このページの目次を開閉",
    "Toggle Light / Dark / Auto color theme": "配色を切り替え（明・暗・自動）",
  };
  for (const one of document.querySelectorAll("[aria-label]")) {
    const said = japanese[one.getAttribute("aria-label")];
    if (said) one.setAttribute("aria-label", said);
  }
}
