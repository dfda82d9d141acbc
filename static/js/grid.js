// The line grid: Enter to the next cell, paste from Excel, copy and add lines, running amounts.
// table[data-grid="prefix"] holds tr[data-row]; <template> inside it is the blank line; names are <prefix>-<n>-<column>.
import { capital, cents, decimal, shown } from "./money.js";

const CELLS = "input:not([type=hidden]), textarea, select";
const rows = (grid) => [...grid.querySelectorAll("tr[data-row]")].filter((row) => !row.hidden);
const cells = (row) => [...row.querySelectorAll(CELLS)];
const cell = (row, column) => row.querySelector(`[data-column="${column}"]`);
const empty = (row) => cells(row).every((field) => field.dataset.preset !== undefined || field.value.trim() === "");
const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

function fresh(grid) {
  const total = grid.closest("form").elements[`${grid.dataset.grid}-TOTAL_FORMS`];
  const number = Number(total.value);
  if (number >= Number(grid.dataset.most || 300)) return null;
  total.value = number + 1;
  const holder = document.createElement("tbody");
  holder.innerHTML = grid.querySelector("template").innerHTML.replaceAll("__prefix__", String(number));
  const row = holder.querySelector("tr");
  grid.querySelector("tbody").append(row);
  renumber(grid);
  return row;
}

function renumber(grid) {
  rows(grid).forEach((row, index) => { row.querySelector("[data-number]").textContent = index + 1; });
}

function reckon(grid) {
  let sum = 0n;
  for (const row of rows(grid)) {
    const quantity = decimal(cell(row, "quantity")?.value), price = decimal(cell(row, "unit_price")?.value);
    const amount = quantity && price ? cents(quantity, price) : null;
    if (amount !== null) sum += amount;
    const place = row.querySelector("[data-amount]");
    if (place) place.textContent = amount === null ? "" : shown(amount);
  }
  const total = grid.querySelector("[data-total]"), words = grid.querySelector("[data-capital]");
  if (total) total.textContent = shown(sum);
  if (words) words.textContent = sum ? capital(sum) : "";
  const count = document.querySelector("[data-line-count]");
  if (count) count.textContent = rows(grid).filter((row) => !empty(row)).length;
}

function spare(grid) {
  const last = rows(grid).at(-1);
  if (!last || !empty(last)) fresh(grid);
}

function remove(row) {
  const grid = row.closest("[data-grid]");
  const flag = row.querySelector("[name$='-DELETE']");
  if (flag) flag.value = "on";
  row.hidden = true;
  for (const field of cells(row)) field.required = false;
  spare(grid);
  renumber(grid);
  told(grid.closest("form"));
}

// What Excel puts on the clipboard: tabs between cells, quotes around cells that hold a break.
export function table(text) {
  const found = [[""]];
  let quoted = false;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let i = 0; i < body.length; i += 1) {
    const c = body[i], line = found.at(-1);
    if (quoted) {
      if (c === '"' && body[i + 1] === '"') { line[line.length - 1] += '"'; i += 1; }
      else if (c === '"') quoted = false;
      else line[line.length - 1] += c === "\n" ? " " : c;
    } else if (c === '"' && line.at(-1) === "") quoted = true;
    else if (c === "\t") line.push("");
    else if (c === "\n") found.push([""]);
    else line[line.length - 1] += c;
  }
  return found;
}

const dated = (text) => text.replace(/^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?$/, (_, y, m, d) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`);

function fill(field, text) {
  let value = text.trim();
  if (field.hasAttribute("data-figure")) value = value.replace(/[,，\s¥￥]/g, "");
  field.value = field.dataset.column?.endsWith("date") ? dated(value) : value;
}

function paste(grid, start, text) {
  const lines = table(text);
  const heads = cells(start.closest("tr")).map((field) => field.dataset.head);
  if (lines.length > 1 && lines[0].filter((word) => heads.includes(word.trim())).length > 1) lines.shift();
  const offset = cells(start.closest("tr")).indexOf(start);
  let row = start.closest("tr");
  for (const line of lines) {
    if (!row) break;
    const fields = cells(row);
    line.forEach((text, index) => { if (fields[offset + index]) fill(fields[offset + index], text); });
    const named = fields.find((field) => field.list && field.value);
    if (named) choose(named);
    row = rows(grid)[rows(grid).indexOf(row) + 1] ?? fresh(grid);
  }
  spare(grid);
  told(start);
}

function copyDown(grid) {
  const all = rows(grid);
  const here = document.activeElement?.closest("tr[data-row]");
  const filled = all.filter((row) => !empty(row));
  const source = here && !empty(here) ? here : filled.at(-1);
  if (!source) return;
  let target = all.find((row) => empty(row)) ?? fresh(grid);
  if (!target) return;
  cells(source).forEach((field, index) => { cells(target)[index].value = field.value; });
  for (const name of ["product", "fee"]) target.querySelector(`[name$='-${name}']`).value = source.querySelector(`[name$='-${name}']`).value;
  target.classList.toggle("fee", source.classList.contains("fee"));
  spare(grid);
  cells(target)[0].focus();
  told(cells(target)[0]);
}

// Choosing a product fills what is still empty in its line.
function choose(field) {
  const row = field.closest("tr"), code = row.querySelector("[name$='-product']");
  if (code && field.value.trim() === "") code.value = "";
  const option = [...(field.list?.options ?? [])].find((one) => one.value === field.value || one.dataset.code === field.value);
  if (!option) return;
  if (code) code.value = option.dataset.code;
  field.value = option.dataset.name;
  for (const column of ["specification", "unit", "unit_price"]) {
    const other = cell(row, column);
    if (other && other.value.trim() === "" && option.dataset[column]) other.value = option.dataset[column];
  }
  told(field);
}

// A line that is a charge beside the goods: one of it, and nothing to make.
function charge(row, unit) {
  if (!row) return;
  row.classList.add("fee");
  row.querySelector("[name$='-fee']").value = "True";
  cell(row, "unit").value = unit;
  cell(row, "quantity").value = "1";
  cells(row)[0].focus();
  told(cells(row)[0]);
}

function forward(field, back) {
  const grid = field.closest("[data-grid]");
  const fields = rows(grid).flatMap(cells);
  let next = fields[fields.indexOf(field) + (back ? -1 : 1)];
  if (!next && !back) next = cells(fresh(grid) ?? field.closest("tr"))[0];
  next?.focus();
  next?.select?.();
}

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.closest?.("[data-grid]") || event.isComposing) return;
  if (event.key === "Enter" && !event.altKey) { event.preventDefault(); forward(field, event.shiftKey); }
  const up = event.key === "ArrowUp", down = event.key === "ArrowDown";
  if ((up || down) && !field.list && field.tagName !== "SELECT") {
    const all = rows(field.closest("[data-grid]")), row = field.closest("tr");
    const next = all[all.indexOf(row) + (up ? -1 : 1)];
    if (next) { event.preventDefault(); cells(next)[cells(row).indexOf(field)]?.focus(); }
  }
});

document.addEventListener("paste", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!grid || !/[\t\n]/.test(text.replace(/\n+$/, ""))) return;
  event.preventDefault();
  paste(grid, event.target, text);
});

document.addEventListener("input", (event) => {
  const grid = event.target.closest?.("[data-grid]") ?? event.target.querySelector?.("[data-grid]");
  if (!grid) return;
  event.target.closest?.("td")?.classList.remove("bad");
  spare(grid);
  reckon(grid);
});

document.addEventListener("change", (event) => { if (event.target.closest?.("[data-grid]") && event.target.list) choose(event.target); });

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-line]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.line === "remove") { remove(button.closest("tr")); return; }
  const grid = document.querySelector("[data-grid]");
  if (button.dataset.line === "copy") copyDown(grid);
  const blank = () => rows(grid).find(empty) ?? fresh(grid);
  if (button.dataset.line === "add") cells(blank())[0].focus();
  if (button.dataset.line === "fee") charge(blank(), button.dataset.unit);
  if (button.dataset.line === "paste") {
    const text = await navigator.clipboard?.readText().catch(() => "");
    if (text) paste(grid, cells(blank())[0], text); else cells(blank())[0].focus();
  }
});

for (const grid of document.querySelectorAll("[data-grid]")) { spare(grid); reckon(grid); }
