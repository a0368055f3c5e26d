// Makes src/assets/countries.json: the shapes of the world-atlas package, by alpha-3 code.
//
// The package (Natural Earth, public domain; ISC) numbers countries as ISO 3166-1 does; everything else here goes by
// alpha-3, and the names are the gazetteer's.

import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { iso31661 } from "iso-3166";

const atlas = JSON.parse(readFileSync(new URL("../node_modules/world-atlas/countries-110m.json", import.meta.url)));
const alpha3 = new Map(iso31661.map((country) => [country.numeric, country.alpha3]));
const unnumbered = { Kosovo: "KOS", "N. Cyprus": "CYP", Somaliland: "SOM" };

for (const shape of atlas.objects.countries.geometries) {
  shape.id = alpha3.get(shape.id) ?? unnumbered[shape.properties.name];
  delete shape.properties;
}
delete atlas.objects.land;
mkdirSync(new URL("../src/assets", import.meta.url), { recursive: true });
writeFileSync(new URL("../src/assets/countries.json", import.meta.url), JSON.stringify(atlas));
