// Questions to the API, and what it says when it cannot answer.

/** What the server says of a failure: RFC 9457. */
export class Problem extends Error {
  constructor({ status = 0, detail = "the server cannot be reached", hint = null } = {}) {
    super(detail);
    this.status = status;
    this.hint = hint;
  }
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ hint: "is `dateline serve` still running?" });
  }
  if (response.ok) return response.json();
  const said = await response.json().catch(() => ({ status: response.status, detail: response.statusText }));
  throw new Problem(said);
}

export function get(path, { signal } = {}) {
  return answer(fetch(path, { signal, headers: { accept: "application/json" } }));
}

/** A story in, its record out; nothing is stored. */
export function read(story, { type = "", publishedAt = "" } = {}) {
  const query = publishedAt ? `?published_at=${encodeURIComponent(publishedAt)}` : "";
  const headers = { "content-type": type || "application/octet-stream" };
  return answer(fetch(`/api/v1/read${query}`, { method: "POST", body: story, headers }));
}
