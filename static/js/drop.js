// Files for an order: chosen, dropped on the page, pasted or photographed, each sent at once with its progress and a small picture.
// [data-drop="<where to>"] holds the fields and [data-sending], where files stand on their way; a refused one stays there with
// its sentence. Those that came stand in the list that [data-list] names.
const PICTURES = /^image\/(png|jpeg|webp)$/;
const zone = () => [...document.querySelectorAll("[data-drop]")].find((one) => one.offsetParent !== null);
const list = (place) => document.getElementById(place.dataset.list);
const note = (file, place) => (PICTURES.test(file.type) && /^image\.\w+$/.test(file.name) ? new File([file], `${place.dataset.pasted}-${stamp()}.${file.name.split(".").pop()}`, { type: file.type }) : file);
const stamp = () => new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);

function entry(file, place) {
  const item = document.createElement("li");
  item.className = "sending";
  if (PICTURES.test(file.type)) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.width = picture.height = 48;
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    item.append(picture);
  }
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, bar);
  place.querySelector("[data-sending]").append(item);
  return item;
}

function refused(item, file, words, place) {
  item.className = "refused-file";
  item.setAttribute("role", "alert");
  item.querySelector("progress")?.remove();
  const why = document.createElement("span");
  why.className = "t-late";
  why.textContent = words;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "btn btn-s btn-bare";
  away.textContent = place.dataset.dropsAway;
  away.addEventListener("click", () => item.remove());
  item.append(why, away);
}

function send(file, place) {
  const item = entry(file, place);
  const form = place.closest("form");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.append("kind", place.dataset.kind);
  if (form.elements.token) body.append("token", form.elements.token.value);
  body.append("file", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", place.dataset.drop);
    request.setRequestHeader("X-Requested-With", "drop");
    request.upload.addEventListener("progress", (event) => { const bar = item.querySelector("progress"); if (bar && event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
    request.addEventListener("loadend", () => {
      if (request.status === 200) {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        list(place).append(document.importNode(page.querySelector("li"), true));
        item.remove();
      } else {
        const plain = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
        refused(item, file, plain ? request.responseText : place.dataset.failed, place);
      }
      resolve(request.status === 200);
    });
    request.send(body);
  });
}

async function take(files, place) {
  let came = false;
  for (const file of files) came = (await send(note(file, place), place)) || came;
  if (came) place.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-drop] input[type=file]");
  if (!field?.files.length) return;
  const files = [...field.files];
  field.value = "";
  field.required = false;
  event.stopImmediatePropagation();
  take(files, field.closest("[data-drop]"));
}, true);

const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files") && zone();
document.addEventListener("dragover", (event) => { const place = carries(event); if (place) { event.preventDefault(); place.classList.add("over"); } });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone()?.classList.remove("over"); });
document.addEventListener("drop", (event) => {
  const place = carries(event);
  if (!place) return;
  event.preventDefault();
  place.classList.remove("over");
  take([...event.dataTransfer.files], place);
});

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  const place = files.length ? zone() : null;
  if (!place) return;
  event.preventDefault();
  take(files, place);
});
