// Photos taken for a form: input[type=file][data-photos="id"] shows each choice as a small canvas in that list.
async function draw(file, list) {
  const item = document.createElement("span");
  item.className = "got";
  list.append(item);
  try {
    const picture = await createImageBitmap(file, { resizeHeight: 128 });
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.name);
    item.append(canvas);
  } catch {
    item.textContent = file.name;
  }
}

document.addEventListener("change", (event) => {
  const field = event.target.closest("input[type=file][data-photos]");
  if (!field) return;
  const list = document.getElementById(field.dataset.photos);
  list.querySelectorAll(".got").forEach((old) => old.remove());
  for (const file of field.files) draw(file, list);
});

// Any other file field ([data-names]) says what was chosen.
document.addEventListener("change", (event) => {
  const field = event.target.closest("input[type=file][data-names]");
  const place = field?.parentElement.querySelector("[data-chosen]");
  if (place) place.textContent = [...field.files].map((file) => file.name).join("、");
});
