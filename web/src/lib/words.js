// Codes of the record, as people say them.

export const QUADS = {
  1: "verbal cooperation",
  2: "material cooperation",
  3: "verbal conflict",
  4: "material conflict",
};

export const STATUSES = {
  asserted: "It happened",
  ongoing: "It is going on, or keeps happening",
  planned: "It is scheduled or promised",
  possible: "It may happen, or is feared",
  demanded: "Somebody asks for it",
  denied: "It is said not to have happened, or is refused",
};

export const SECTORS = {
  GOV: "government", MIL: "military", COP: "police", JUD: "judiciary", LEG: "legislature", SPY: "intelligence",
  OPP: "opposition", PTY: "party", REB: "rebels", UAF: "unidentified armed force", PRE: "breakaway state",
  CRM: "criminals", CVL: "civilians", EDU: "education", MED: "health", BUS: "business", LAB: "labour", AGR: "farmers",
  HLH: "health", HRI: "human rights", REF: "refugees", REL: "religion", ELI: "former officials", ENV: "environment",
  IGO: "intergovernmental", NGO: "non-governmental", PRM: "pro-government militia", UNK: "unknown", SOC: "civil society", JRN: "journalists",
};

const CODES = {
  UNO: "United Nations", EUR: "European Union", IGO: "intergovernmental organization", NGO: "non-governmental organization", MNC: "multinational company",
  IMG: "international militant group", ISM: "international movement", KOS: "Kosovo",
};

/** What a code of no country stands for: "intergovernmental organization" for IGO. */
export function codeName(code) {
  return CODES[code] ?? code;
}

export const sectorName = (code) => SECTORS[code] ?? code;

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

function day(text) {
  return new Date(`${text.slice(0, 10)}T00:00:00Z`);
}

/** "14 Mar 2023", "March 2023", "2023", "3 – 9 Mar 2023". */
export function period(from, to = from) {
  if (!from) return "";
  const [first, last] = [day(from), day(to ?? from)];
  if (Number.isNaN(+first) || Number.isNaN(+last)) return to && to !== from ? `${from} – ${to}` : from;
  if (+first === +last) return dayFormat.format(first);
  const nextDay = new Date(+last + 86400000);
  const wholeMonths = first.getUTCDate() === 1 && nextDay.getUTCDate() === 1;
  if (wholeMonths && first.getUTCMonth() === 0 && nextDay.getUTCMonth() === 0 && nextDay.getUTCFullYear() - first.getUTCFullYear() === 1)
    return String(first.getUTCFullYear());
  if (wholeMonths && +nextDay === Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1)) return monthFormat.format(first);
  return dayFormat.formatRange(first, last);
}

const wholeNumber = new Intl.NumberFormat("en");
export const number = (value) => wholeNumber.format(value);

export function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** "assault.md#drone" → the codebook's page and rule. */
export function ruleAddress(rule) {
  const [file, name] = rule.split("#");
  return file.endsWith(".md") ? { page: file.slice(0, -3).toUpperCase(), name: name ?? "", href: `/codebook/${file.slice(0, -3).toUpperCase()}#${name ?? ""}` } : null;
}

/** "31.5,34.5,100" → "within 100 km of 31.5° N, 34.5° E". */
export function aroundOf(near) {
  const [lat, lon, km] = near.split(",").map(Number);
  if (![lat, lon, km].every(Number.isFinite)) return near;
  return `within ${number(km)} km of ${pointOf(lat, lon)}`;
}

/** "31.5° N, 34.5° E" */
export function pointOf(lat, lon) {
  const degrees = (value, [positive, negative]) => `${Math.abs(value)}° ${value < 0 ? negative : positive}`;
  return `${degrees(lat, "NS")}, ${degrees(lon, "EW")}`;
}
