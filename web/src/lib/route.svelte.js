// Where the page is: the path and the query of the address, and nothing else. A view is its address.

export const route = $state(read());

function read() {
  return { path: decoded(location.pathname), query: new URLSearchParams(location.search), hash: location.hash.slice(1) };
}

function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    // A stray per cent sign: no page is there, and that is said.
    return path;
  }
}

function update() {
  Object.assign(route, read());
}

addEventListener("popstate", update);

/** Goes to an address of this page. `replace` leaves no step to go back to. */
export function go(address, { replace = false } = {}) {
  const target = new URL(address, location.href);
  if (target.href === location.href) return;
  const moves = target.pathname !== location.pathname;
  // Where the page stood, for those who come back.
  if (!replace) history.replaceState({ ...history.state, at: scrollY }, "");
  history[replace ? "replaceState" : "pushState"](null, "", target);
  update();
  if (moves && !target.hash) scrollTo(0, 0);
}

/** The present address with some parameters of its query changed; null, "" and [] take one out. */
export function withQuery(changes, path = location.pathname) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined && one !== "") query.append(name, one);
    }
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `${path}?${text}` : path;
}

/** Follows links within the page without loading it anew. */
export function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const isOurs = link.origin === location.origin && !link.pathname.startsWith("/api/") && link.pathname !== "/openapi.json";
  if (!isOurs || link.target || link.hasAttribute("download")) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
  event.preventDefault();
  go(link.href);
}
