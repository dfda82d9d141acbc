// What is still empty, while typing: form[data-check] is shown to the server half a second after each change; nothing is saved.
// Its answer's parts ([data-part]) replace those with the same id; the panel's data-musts says which fields are starred.
const form = document.querySelector("form[data-check]");
const PAUSE = 500;
let timer = 0, asking = null;

function star() {
  const names = (document.getElementById("missing")?.dataset.musts ?? "").split(" ");
  for (const mark of form.querySelectorAll("[data-must]")) mark.hidden = !names.includes(mark.dataset.must);
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll("[data-part]")) {
    const place = document.getElementById(part.id);
    if (place && !place.contains(document.activeElement) && place.outerHTML !== part.outerHTML) place.replaceWith(document.importNode(part, true));
  }
  star();
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const words = new FormData(form);
  for (const field of form.querySelectorAll("input[type=file]")) words.delete(field.name);
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: words, signal: asking.signal, credentials: "same-origin", redirect: "error" });
    if (answer.ok) show(await answer.text());
  } catch { /* the saving says when the network is gone */ }
}

const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };

if (form) {
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("draft:saved", () => { form.dataset.check = `${form.getAttribute("action")}check/`; star(); });
}
