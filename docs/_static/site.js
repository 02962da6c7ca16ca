/* The switch of language keeps the place on the page. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".language-switch a");
  if (link) link.hash = location.hash;
});

/* What is wider than the screen can be scrolled with the arrow keys too. */
const reachable = () => {
  for (const box of document.querySelectorAll("article pre, article table")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
addEventListener("load", reachable);
addEventListener("resize", reachable);

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
