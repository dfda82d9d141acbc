// A lost network and a failed step are said once, at the top of the page, and taken back when it works again.
const place = () => document.querySelector(".messages");
const say = (id) => { if (!document.querySelector("[data-offline]")) place()?.prepend(document.getElementById(id).content.cloneNode(true)); };
const unsay = () => document.querySelectorAll("[data-offline]").forEach((node) => node.remove());

addEventListener("offline", () => say("offline"));
addEventListener("online", unsay);
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("draft:lost", () => say("offline"));
document.addEventListener("draft:saved", unsay);
document.addEventListener("htmx:responseError", () => place()?.prepend(document.getElementById("failed").content.cloneNode(true)));

// The server has it: the copy kept in this tab goes.
for (const node of document.querySelectorAll("[data-forgets]")) sessionStorage.removeItem(`draft:${node.dataset.forgets}`);
