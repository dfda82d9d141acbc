// Passkeys: [data-passkey="get|create"] asks the server for its question, the device for an answer, and sends the form with it.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function readable(options) {
  const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  const made = { ...options, challenge: bytes(options.challenge) };
  if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) made.allowCredentials = named(options.allowCredentials);
  if (options.excludeCredentials) made.excludeCredentials = named(options.excludeCredentials);
  return made;
}

function plain({ id, rawId, type, response }) {
  const said = PARTS.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(said), clientExtensionResults: {} });
}

async function question(button) {
  const token = button.form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(button.dataset.asks, { method: "POST", headers: { "X-CSRFToken": token } });
  if (answer.status !== 200 && answer.status !== 400) throw new Error(String(answer.status));
  return answer.json();
}

async function ask(button, say) {
  const options = await question(button);
  if (options.words) { say(options.words); return; }
  const publicKey = readable(options.publicKey);
  const made = await navigator.credentials[button.dataset.passkey]({ publicKey });
  button.form.elements[button.dataset.into].value = plain(made);
  if (button.dataset.to) button.form.action = button.dataset.to;
  HTMLFormElement.prototype.submit.call(button.form);
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  const place = document.getElementById(button.getAttribute("aria-describedby"));
  const say = (words) => { place.textContent = words; };
  if (!window.PublicKeyCredential) { button.disabled = true; say(button.dataset.none); continue; }
  button.addEventListener("click", async () => {
    if (button.dataset.passkey === "create" && !button.form.reportValidity()) return;
    button.disabled = true;
    say("");
    try { await ask(button, say); } catch (error) {
      say({ NotAllowedError: button.dataset.undone, InvalidStateError: button.dataset.known }[error.name] ?? button.dataset.failed);
    }
    button.disabled = false;
  });
}
