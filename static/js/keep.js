// What is typed on a phone stays on it until the server has it: form[data-keep="<name>"], forgotten by [data-forgets-kept].
const HOURS = 12;
const key = (name) => `kept:${name}`;
const form = document.querySelector("form[data-keep]");

for (const node of document.querySelectorAll("[data-forgets-kept]")) localStorage.removeItem(key(node.dataset.forgetsKept));

function put(copy) {
  for (const [name, value] of copy.fields) {
    const field = form.elements[name];
    if (!field || field.type === "hidden") continue;
    if (field instanceof RadioNodeList) field.value = value;
    else if (field.type !== "file") field.value = value;
  }
  for (const chip of form.querySelectorAll("[data-phrase]")) {
    const note = document.getElementById(chip.closest("[data-phrases]").dataset.phrases);
    chip.setAttribute("aria-pressed", String(note.value.split("，").includes(chip.dataset.phrase)));
  }
}

function keep() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  try { localStorage.setItem(key(form.dataset.keep), JSON.stringify({ at: Date.now(), fields })); } catch { return; }
  const words = form.querySelector("[data-kept]");
  if (words) words.textContent = words.dataset.words;
}

if (form) {
  try {
    const copy = JSON.parse(localStorage.getItem(key(form.dataset.keep)) ?? "null");
    if (copy && Date.now() - copy.at < HOURS * 3600000 && !form.querySelector(".is-invalid")) put(copy);
  } catch { localStorage.removeItem(key(form.dataset.keep)); }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}
