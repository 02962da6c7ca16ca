/* The switch of language keeps the place on the page. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".language-switch a");
  if (link) link.hash = location.hash;
});
