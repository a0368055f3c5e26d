// A record's facts, and the stretches of the story's text that each of them rests on.
//
// A fact is an event, a quote, somebody, a place or a date. A mark is a stretch with what it is to
// its fact: { fact, kind, start, end }, in UTF-16 units of the text. Marks overlap freely.

import { indexOfByte } from "../lib/offsets.js";

/** All facts of a record in the order of its text, each with its marks. */
export function factsOf(record) {
  const at = indexOfByte(record.article.text);
  const mark = (fact, kind, stretch, more) =>
    stretch && stretch.start !== null && stretch.start !== undefined
      ? [{ fact, kind, start: at(stretch.start), end: at(stretch.end), ...more }]
      : [];
  const places = new Map(record.places.map((place) => [place.id, place]));

  const quoted = new Map(record.quotes.map((quote) => [quote.id, quote]));
  const events = record.events.map((event) => {
    const id = `event:${event.id}`;
    const marks = [
      ...mark(id, "sentence", event.sentence),
      ...mark(id, "trigger", event.trigger, { quad: event.quad }),
      ...event.actors.flatMap((party) => mark(id, "actor", party)),
      ...event.recipients.flatMap((party) => mark(id, "recipient", party)),
      ...(event.date ? mark(id, "date", event.date) : []),
      ...(event.place ? mark(id, "place", places.get(event.place.place)) : []),
      // Who said so.
      ...(event.quote ? mark(id, "speaker", quoted.get(event.quote)?.speaker) : []),
    ];
    return { id, sort: "event", event, marks };
  });
  const quotes = record.quotes.map((quote) => {
    const id = `quote:${quote.id}`;
    const marks = [
      ...mark(id, "quote", quote.content),
      ...quote.more_content.flatMap((stretch) => mark(id, "quote", stretch)),
      ...mark(id, "cue", quote.cue),
      ...mark(id, "speaker", quote.speaker),
      ...mark(id, "addressee", quote.addressee),
    ];
    return { id, sort: "quote", quote, marks };
  });
  const entities = record.entities.map((entity) => {
    const id = `entity:${entity.id}`;
    return { id, sort: "entity", entity, marks: entity.mentions.flatMap((mention) => mark(id, "entity", mention)) };
  });
  const whens = record.dates.map((date, number) => {
    const id = `date:${number + 1}`;
    return { id, sort: "date", date, marks: mark(id, "date", date) };
  });
  const wheres = record.places.map((place) => {
    const id = `place:${place.id}`;
    return { id, sort: "place", place, marks: mark(id, "place", place) };
  });
  const byStart = (a, b) => (a.marks[0]?.start ?? 0) - (b.marks[0]?.start ?? 0);
  return {
    event: events,
    quote: quotes,
    entity: entities.sort((a, b) => b.marks.length - a.marks.length),
    // A place and a date may be told in several words of their own.
    where: [...wheres, ...whens].sort(byStart),
  };
}

/** Paragraphs of the story: its parts in order, a dateline joined to the paragraph that it opens. */
export function paragraphsOf(record) {
  const at = indexOfByte(record.article.text);
  const paragraphs = [];
  for (const { part, start, end } of record.article.parts) {
    const piece = { part, start: at(start), end: at(end) };
    const last = paragraphs.at(-1);
    if (last?.part === "dateline" && last.end === piece.start) {
      paragraphs[paragraphs.length - 1] = { part, start: last.start, end: piece.end, dateline: last.end };
    } else {
      paragraphs.push(piece);
    }
  }
  return paragraphs;
}

/** Cuts a paragraph wherever a mark begins or ends: pieces with the marks that cover them. */
export function piecesOf(paragraph, marks) {
  const { start, end } = paragraph;
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  if (paragraph.dateline) cuts.add(paragraph.dateline);
  for (const mark of inside) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, number) => {
    const to = edges[number + 1];
    return { from, to, marks: inside.filter((mark) => mark.start <= from && mark.end >= to) };
  });
}
