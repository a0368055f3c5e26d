// Where circles and their names go, on the network and on the map.

/** Stretches a layout so that it fills the room, names at its edges included. */
export function spread(nodes, { width, height }) {
  for (const [axis, room, margin] of [["x", width, width < 560 ? 44 : 76], ["y", height, 26]]) {
    const places = nodes.map((one) => one[axis]);
    const [least, most] = [Math.min(...places), Math.max(...places)];
    const scale = most > least ? Math.min(2.5, (room - 2 * margin) / (most - least)) : 1;
    for (const one of nodes) one[axis] = room / 2 + (one[axis] - (least + most) / 2) * scale;
  }
}

const LONGEST = 26;
export const shortened = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

const LETTER = 6.1;
const LINE = 13;

/** Gives each name a place that no other name and no circle has, the first ones first; without one, no place. */
export function name(nodes, { width, height }, most = nodes.length) {
  const taken = nodes.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  for (const node of nodes.slice(0, most)) {
    const long = node.said.length * LETTER;
    const { x, y, radius } = node;
    const places = [
      { x, y: y + radius + 12, anchor: "middle", left: x - long / 2 },
      { x, y: y - radius - 5, anchor: "middle", left: x - long / 2 },
      { x: x + radius + 4, y: y + 4, anchor: "start", left: x + radius + 4 },
      { x: x - radius - 4, y: y + 4, anchor: "end", left: x - radius - 4 - long },
    ];
    node.at = places.find((place) => {
      const box = { left: place.left, right: place.left + long, top: place.y - LINE + 3, bottom: place.y + 3 };
      if (box.left < 2 || box.right > width - 2 || box.top < 2 || box.bottom > height - 2) return false;
      if (taken.some((other) => other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top)) return false;
      taken.push(box);
      return true;
    });
  }
}
