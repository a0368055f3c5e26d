// The record counts in UTF-8 bytes, JavaScript in UTF-16 units. This is the one place that converts.

/** A function from a byte of `text` to the index of the same place in the string. */
export function indexOfByte(text) {
  const indexes = [];
  let byte = 0;
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index);
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let step = 0; step < bytes; step++) indexes[byte++] = index;
    index += code < 0x10000 ? 1 : 2;
  }
  indexes[byte] = text.length;
  return (at) => indexes[Math.min(at, byte)];
}
