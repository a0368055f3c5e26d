// The line of code that asks what a screen shows. Where the server asks for its token, so does the line: the
// token itself is known to the browser's cookie alone, and stands in the environment of whoever runs the line.

import { live } from "./live.svelte.js";

const asksToken = () => live.summary?.asks_token;

export function asCurl(address) {
  const header = asksToken() ? ` -H "Authorization: Bearer $DATELINE_TOKEN"` : "";
  return `curl${header} '${address.replaceAll("'", "%27")}'`;
}

export function asPython(name, csv) {
  const address = JSON.stringify(csv);
  if (!asksToken()) return `import pandas as pd\n${name} = pd.read_csv(${address})`;
  return `import os, pandas as pd\ntoken = {"Authorization": "Bearer " + os.environ["DATELINE_TOKEN"]}\n${name} = pd.read_csv(${address}, storage_options=token)`;
}

export function asR(name, csv) {
  const address = JSON.stringify(csv);
  if (!asksToken()) return `${name} <- read.csv(${address})`;
  return `token <- c(Authorization = paste("Bearer", Sys.getenv("DATELINE_TOKEN")))\n${name} <- read.csv(url(${address}, headers = token))`;
}
