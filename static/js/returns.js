// A list keeps its filters: a link marked [data-return] goes back to the list as it was left in this tab.
const key = (path) => `list:${path}`;
if (document.querySelector("[data-ticks], [data-list]")) sessionStorage.setItem(key(location.pathname), location.search);
for (const link of document.querySelectorAll("a[data-return]")) {
  const query = sessionStorage.getItem(key(new URL(link.href).pathname));
  if (query) link.search = query;
}
