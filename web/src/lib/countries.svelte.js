// Countries by code. Until the list has come a code stands for itself.

import { get } from "./api.js";
import { codeName } from "./words.js";

const known = $state({ byCode: new Map() });

get("/api/v1/countries").then(({ countries }) => (known.byCode = new Map(countries.map((country) => [country.code, country]))), () => {});

export function countryName(code) {
  return known.byCode.get(code)?.name ?? codeName(code);
}

/** The middle of a country as [lon, lat]. */
export function middleOf(code) {
  const country = known.byCode.get(code);
  return country && [country.lon, country.lat];
}
