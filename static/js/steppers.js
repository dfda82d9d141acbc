// Numbers on a phone: .qty holds −, the field and ＋; data-step says by how much (default 1). Commas are for reading only.
const number = (text) => BigInt((text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,，\s]/g, "").match(/^\d{1,12}/) ?? ["0"])[0]);
const shown = (value) => value.toString().replace(/\B(?=(\d{3})+$)/g, ",");

document.addEventListener("click", (event) => {
  const button = event.target.closest(".qty button");
  if (!button) return;
  const field = button.closest(".qty").querySelector("input");
  const step = BigInt(field.dataset.step || 1) * (button.nextElementSibling ? -1n : 1n);
  const value = number(field.value) + step;
  field.value = shown(value < 0n ? 0n : value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("focusin", (event) => { if (event.target.matches(".qty input")) event.target.select(); });

// The server takes plain digits: commas put there for reading are taken out again on the way.
const strip = (form) => { for (const field of form.querySelectorAll(".qty input")) field.value = field.value.replace(/,/g, ""); };
document.addEventListener("submit", (event) => strip(event.target), true);

// Ready phrases: a chip fills the note.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-phrase]");
  if (!chip) return;
  event.preventDefault();
  const note = document.getElementById(chip.closest("[data-phrases]").dataset.phrases);
  const on = chip.getAttribute("aria-pressed") !== "true";
  chip.setAttribute("aria-pressed", String(on));
  const parts = note.value.split("，").filter((part) => part && part !== chip.dataset.phrase);
  note.value = (on ? [...parts, chip.dataset.phrase] : parts).join("，");
  note.dispatchEvent(new Event("input", { bubbles: true }));
});
