// A photo of a notice's QR: its address ends in /v/<number>/<hash>/; the number is looked for. Only where the browser reads codes.
const place = document.querySelector("[data-scan]");
const field = document.querySelector("[data-scan-file]");

if (place && "BarcodeDetector" in window) {
  place.hidden = false;
  field.addEventListener("change", async () => {
    const failed = place.querySelector("[data-scan-failed]");
    failed.hidden = true;
    try {
      const picture = await createImageBitmap(field.files[0]);
      const [code] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
      const number = code.rawValue.match(/\/V\/([A-Z0-9-]{3,20})\//i)[1];
      const form = document.getElementById("number").form;
      form.elements.number.value = number;
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
