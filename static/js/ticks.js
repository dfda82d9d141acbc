// Ticking rows of a list: [data-ticks] is the list's form, [data-tick] a row's box (data-amount), [data-tick-all] the head's.
// The batch bar ([data-batch]) comes with the first tick; its [data-count] and [data-sum] say what is chosen.
const cents = (text) => BigInt(Math.round(Number(text || 0) * 100));
const words = (sum) => { const text = (sum < 0n ? -sum : sum).toString().padStart(3, "0"); const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ","); return `${sum < 0n ? "−" : ""}${whole}.${text.slice(-2)}`; };

function tell(list) {
  const boxes = [...list.querySelectorAll("[data-tick]:not(:disabled)")];
  const chosen = boxes.filter((box) => box.checked);
  const bar = list.querySelector("[data-batch]");
  const all = list.querySelector("[data-tick-all]");
  for (const box of boxes) box.closest("tr, article")?.classList.toggle("picked", box.checked);
  if (all) { all.checked = chosen.length > 0 && chosen.length === boxes.length; all.indeterminate = chosen.length > 0 && !all.checked; }
  if (!bar) return;
  bar.hidden = chosen.length === 0 && bar.dataset.batch !== "stays";
  for (const node of bar.querySelectorAll("[data-count]")) node.textContent = chosen.length;
  for (const node of bar.querySelectorAll("[data-sum]")) node.textContent = words(chosen.reduce((sum, box) => sum + cents(box.dataset.amount), 0n));
  for (const button of bar.querySelectorAll("[data-needs]")) {
    const fit = chosen.filter((box) => box.dataset.may?.split(" ").includes(button.dataset.needs));
    button.hidden = fit.length === 0 || fit.length !== chosen.length;
  }
}

document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-ticks]");
  if (!list) return;
  if (event.target.matches("[data-tick-all]")) for (const box of list.querySelectorAll("[data-tick]:not(:disabled)")) box.checked = event.target.checked;
  tell(list);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-untick], [data-tick-rest]");
  if (!button) return;
  event.preventDefault();
  const list = button.closest("[data-ticks]");
  for (const box of list.querySelectorAll("[data-tick]:not(:disabled)")) box.checked = button.hasAttribute("data-tick-rest");
  tell(list);
});

const start = () => { for (const list of document.querySelectorAll("[data-ticks]")) tell(list); };
start();
addEventListener("pageshow", start);
document.addEventListener("htmx:afterSettle", start);
