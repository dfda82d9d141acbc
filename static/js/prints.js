// A button that prints the page it stands on: [data-prints].
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) window.print();
});
