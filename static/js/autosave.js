// A draft saves itself: form[data-draft="<where to>"] is sent a moment after typing and on Ctrl+S.
// The answer's parts replace those with the same id ([data-part]); headers say when, which revision, under which address.
// What was typed is kept in this tab until the server has it; a lost network or a refusal loses nothing.
const QUIET = 4000;
const form = document.querySelector("form[data-draft]");

function kept() {
  try { return JSON.parse(sessionStorage.getItem(key()) ?? "null"); } catch { return null; }
}
const key = () => `draft:${form.dataset.key}`;
const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
// Files go with the saving that somebody asks for, not with every few words.
function words() {
  const data = new FormData(form);
  for (const field of form.querySelectorAll("input[type=file]")) data.delete(field.name);
  return data;
}
const keep = () => { try { sessionStorage.setItem(key(), JSON.stringify({ revision: form.elements.revision?.value ?? "", fields: fields() })); } catch { /* no room: the server has the last copy */ } };
const forget = () => sessionStorage.removeItem(key());
const say = (words, tone = "dim") => { const place = document.querySelector("[data-saved]"); if (place) { place.textContent = words; place.className = `${tone} xs`; } };

function putBack(copy) {
  const rows = Math.max(0, ...copy.fields.map(([name, value]) => (name.endsWith("-TOTAL_FORMS") ? Number(value) : 0)));
  const add = document.querySelector("[data-line=add]");
  const total = form.querySelector("[name$='-TOTAL_FORMS']");
  for (let guard = 0; total && Number(total.value) < rows && guard < 300; guard += 1) addRow(add, total);
  for (const [name, value] of copy.fields) {
    if (/-(TOTAL|INITIAL)_FORMS$|^revision$/.test(name)) continue;
    const field = form.elements[name];
    if (!field) continue;
    if (field instanceof RadioNodeList) field.value = value;
    else if (field.type === "checkbox") field.checked = true;
    else if (field.type !== "file") field.value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function addRow(button, total) {
  const blank = document.querySelector("[data-grid] template").innerHTML.replaceAll("__prefix__", total.value);
  const holder = document.createElement("tbody");
  holder.innerHTML = blank;
  document.querySelector("[data-grid] tbody").append(holder.querySelector("tr"));
  total.value = Number(total.value) + 1;
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll("[data-part]")) document.getElementById(part.id)?.replaceWith(document.importNode(part, true));
}

let timer = 0, sending = null, again = false, changed = false;

async function save() {
  clearTimeout(timer);
  if (sending) { again = true; return; }
  keep();
  say(form.dataset.saving);
  changed = false;
  sending = fetch(form.dataset.draft, { method: "POST", body: words(), headers: { "X-Requested-With": "draft" }, credentials: "same-origin", redirect: "error" });
  try {
    const answer = await sending;
    const body = await answer.text();
    if (answer.ok) saved(answer, body);
    else if (answer.status >= 500) { say(form.dataset.failed, "t-risk"); schedule(30000); }
    else if (answer.status === 409) { say(form.dataset.stale, "t-late"); show(body); }
    else { show(body); say(answer.headers.get("X-Draft-Words") ? decodeURIComponent(answer.headers.get("X-Draft-Words")) : form.dataset.unsaved, "t-risk"); }
  } catch {
    say(form.dataset.local, "t-risk");
    document.dispatchEvent(new Event("draft:lost"));
    schedule(15000);
  } finally {
    sending = null;
    if (again) { again = false; schedule(QUIET); }
  }
}

function saved(answer, body) {
  const revision = answer.headers.get("X-Draft-Revision");
  if (revision && form.elements.revision) form.elements.revision.value = revision;
  const address = answer.headers.get("X-Draft-Url");
  if (address) { forget(); history.replaceState(null, "", address); form.action = address; form.dataset.draft = `${address}draft/`; form.dataset.key = address; }
  for (const [name, value] of JSON.parse(answer.headers.get("X-Draft-Lines") ?? "[]")) if (form.elements[name]) form.elements[name].value = value;
  show(body);
  if (!changed) forget();
  say(`${answer.headers.get("X-Draft-Saved")} ${form.dataset.savedWords}`);
  document.dispatchEvent(new Event("draft:saved"));
}

function schedule(wait) { clearTimeout(timer); timer = setTimeout(save, wait); }

if (form) {
  const copy = kept();
  if (copy && copy.revision === (form.elements.revision?.value ?? "")) { putBack(copy); say(form.dataset.restored, "t-risk"); schedule(QUIET); }
  form.addEventListener("input", () => { changed = true; keep(); schedule(QUIET); });
  form.addEventListener("draft:save", save);
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); });
  addEventListener("online", () => { if (kept()) save(); });
  addEventListener("beforeunload", (event) => { if (changed && sending) event.preventDefault(); });
}
