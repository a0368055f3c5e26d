// Filters: the names of the API's, which are those of the address too. A view is its filters.

export const FILTERS = [
  "date_from", "date_to", "actor", "actor_country", "actor_sector", "recipient", "recipient_country", "recipient_sector",
  "event_type", "mode", "quad", "status", "place", "place_country", "near", "publisher", "text", "confidence_min", "story",
  "article", "verdict",
];

/** What a filter is called on the page. */
export const NAMES = {
  date_from: "from", date_to: "to", actor: "who", actor_country: "actor’s country", actor_sector: "actor’s sector", recipient: "to whom",
  recipient_country: "recipient’s country", recipient_sector: "recipient’s sector", event_type: "type", quad: "class",
  place_country: "country of place", confidence_min: "confidence from", near: "where",
};

/** The filters of an address, and nothing else of it, as a query string; `changes` set or remove some. */
export function questionOf(query, changes = {}) {
  const question = new URLSearchParams();
  for (const name of FILTERS) {
    const values = name in changes ? [changes[name]].flat() : query.getAll(name);
    for (const value of values) if (value !== null && value !== undefined && value !== "") question.append(name, value);
  }
  for (const [name, value] of Object.entries(changes)) {
    if (!FILTERS.includes(name) && value !== null && value !== undefined) question.set(name, value);
  }
  return question.toString().replaceAll("%2C", ",");
}

/** The set filters as pairs. */
export function setFilters(query) {
  return FILTERS.flatMap((name) => query.getAll(name).filter(Boolean).map((value) => [name, value]));
}

/** The values of a filter with one of them put in, or taken out. */
export function toggled(query, name, value) {
  const values = query.getAll(name);
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

/** Only these filters of an address, as a query string: for listings that do not have them all. */
export function questionFrom(query, names) {
  const question = new URLSearchParams(names.flatMap((name) => query.getAll(name).filter(Boolean).map((value) => [name, value])));
  return question.toString().replaceAll("%2C", ",");
}

/** A name as a filter takes it: a phrase. Commas would part it, and marks mean something there. */
export function phraseOf(name) {
  return `"${name.replace(/[",*]/g, " ").replace(/\s+/g, " ").trim()}"`;
}
