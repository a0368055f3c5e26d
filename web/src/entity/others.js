// With whom somebody acts and against whom, counted from its events.
//
// In cooperation everybody else in the event is a partner. In conflict an opponent stands on the other side: two who
// protest together are not at odds. What is said not to have happened says nothing of either.

export function othersOf(events, self) {
  const found = new Map();
  for (const event of events) {
    if (event.status === "denied") continue;
    const acts = event.actors.some((party) => party.id === self);
    const facing = event.quad <= 2 ? [...event.actors, ...event.recipients] : acts ? event.recipients : event.actors;
    const others = new Map(facing.filter((party) => party.id !== self).map((party) => [party.id, party]));
    for (const [id, party] of others) {
      const other = found.get(id) ?? found.set(id, { party, events: [], sums: [0, 0, 0, 0] }).get(id);
      other.events.push(event);
      other.sums[event.quad - 1] += 1;
    }
  }
  const all = [...found.values()].map((other) => ({ ...other, friendly: other.sums[0] + other.sums[1], hostile: other.sums[2] + other.sums[3] }));
  all.sort((a, b) => b.events.length - a.events.length || a.party.name.localeCompare(b.party.name));
  return {
    partners: all.filter((other) => other.friendly >= other.hostile),
    opponents: all.filter((other) => other.hostile > other.friendly),
  };
}
