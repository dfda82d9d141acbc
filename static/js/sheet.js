// A form of a document: words that belong to a choice, links that lead to a gap, options that are looked up while typing.
function show(group) {
  const form = group.closest("form");
  const value = form.elements[group.dataset.shows]?.value;
  for (const part of group.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(value);
}

const groups = () => document.querySelectorAll("[data-shows]");
document.addEventListener("change", (event) => { for (const group of groups()) if (event.target.name === group.dataset.shows) show(group); });
document.addEventListener("input", () => groups().forEach(show));
for (const group of groups()) show(group);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-goes]");
  const target = link && document.getElementById(link.dataset.goes);
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "center" });
  target.focus();
});

const waiting = new WeakMap();
async function look(field) {
  const answer = await fetch(`${field.dataset.find}?q=${encodeURIComponent(field.value)}`, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && field.list) field.list.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("option"));
}
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.find) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => look(field), 250));
});

// A chosen customer brings the terms agreed with them.
document.addEventListener("change", (event) => {
  const option = [...(event.target.list?.options ?? [])].find((one) => one.value === event.target.value);
  const terms = event.target.form?.elements.payment_terms;
  if (event.target.name === "customer" && option?.dataset.terms && terms) terms.value = option.dataset.terms;
});
