// Days gathered into periods, so that a small chart has neither three bars nor three thousand.

const DAY = 86400000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);

const LONGEST = [["day", 45], ["week", 400], ["month", 3660], ["year", Infinity]];

/** The period that a day lies in, by its first day: "2024-03-11" of the week of "2024-03-15". */
function startOf(day, by) {
  if (by === "year") return `${day.slice(0, 4)}-01-01`;
  if (by === "month") return `${day.slice(0, 7)}-01`;
  if (by === "day") return day;
  const time = Date.parse(day);
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return iso(time - sinceMonday * DAY);
}

function next(start, by) {
  const date = new Date(start);
  if (by === "year") date.setUTCFullYear(date.getUTCFullYear() + 1);
  else if (by === "month") date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + (by === "week" ? 7 : 1));
  return iso(date);
}

/** Days, weeks, months or years from the first to the last of `days`: { by, starts, of(day) }, or null for no day. */
export function periodsOf(days) {
  const known = days.filter((day) => /^\d{4}-\d\d-\d\d$/.test(day ?? "")).sort();
  if (known.length === 0) return null;
  const [first, last] = [known[0], known.at(-1)];
  const span = (Date.parse(last) - Date.parse(first)) / DAY + 1;
  const [by] = LONGEST.find(([, longest]) => span <= longest);
  const starts = [];
  for (let start = startOf(first, by); start <= last; start = next(start, by)) starts.push(start);
  return { by, starts, first, last, of: (day) => starts.indexOf(startOf(day, by)) };
}

/** What a period is called: "15 Mar 2024", "week of 11 Mar 2024", "March 2024", "2024". */
export function periodName(start, by, say) {
  if (by === "year") return start.slice(0, 4);
  if (by === "month") return say(start, iso(Date.parse(next(start, "month")) - DAY));
  return by === "week" ? `week of ${say(start)}` : say(start);
}

/** Events by period and class: a row of four counts for each period. */
export function countsBy(events, periods) {
  const counts = periods.starts.map(() => [0, 0, 0, 0]);
  for (const { day, quad } of events) {
    const at = periods.of(day ?? "");
    if (at >= 0) counts[at][quad - 1] += 1;
  }
  return counts;
}
