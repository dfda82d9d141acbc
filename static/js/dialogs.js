// Dialogs: [data-opens="id"] opens one, [data-closes] closes it; [data-confirm] asks before a form or link acts.
const asked = new WeakSet();

function agree(words) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("#confirm-words").textContent = words;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.querySelector("[data-agrees]").onclick = () => { dialog.returnValue = "yes"; dialog.close("yes"); };
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.returnValue = ""; }, { once: true });
  });
}

document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  if (opens) { event.preventDefault(); document.getElementById(opens.dataset.opens)?.showModal(); return; }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const words = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!words || asked.has(form)) { asked.delete(form); return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await agree(words)) { asked.add(form); form.requestSubmit(event.submitter); }
}, true);

document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await agree(event.detail.question)) event.detail.issueRequest(true);
});

// A form is sent once: its buttons rest until the answer is there.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.hasAttribute("hx-post") || event.target.method === "get") return;
  setTimeout(() => { for (const button of event.target.querySelectorAll("button[type=submit]")) button.disabled = true; });
});
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("form button[type=submit]:disabled")) button.disabled = false; });
