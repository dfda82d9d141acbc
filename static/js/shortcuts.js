// "/" finds, Ctrl+S saves the form that says so, Esc closes a pop-over or a menu.
const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey) {
    const box = document.getElementById("q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const form = document.querySelector("form[data-draft]");
    if (form) { event.preventDefault(); form.dispatchEvent(new CustomEvent("draft:save")); }
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    for (const pop of document.querySelectorAll(".pop.is-open")) closePop(pop);
  }
});

const opener = (pop) => document.querySelector(`[data-pop="${pop.id}"]`);
const closePop = (pop) => { pop.classList.remove("is-open"); opener(pop)?.setAttribute("aria-expanded", "false"); opener(pop)?.focus(); };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pop]");
  if (button) {
    event.preventDefault();
    const pop = document.getElementById(button.dataset.pop);
    const opens = !pop.classList.contains("is-open");
    for (const other of document.querySelectorAll(".pop.is-open")) closePop(other);
    if (opens) { pop.classList.add("is-open"); button.setAttribute("aria-expanded", "true"); pop.querySelector("a, button, input:not(:disabled)")?.focus(); }
    return;
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  for (const pop of document.querySelectorAll(".pop.is-open")) if (!pop.contains(event.target)) closePop(pop);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});
