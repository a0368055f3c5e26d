// The line of code that asks what a screen shows.

export const asCurl = (address) => `curl '${address.replaceAll("'", "%27")}'`;
export const asPython = (name, csv) => `import pandas as pd\n${name} = pd.read_csv(${JSON.stringify(csv)})`;
export const asR = (name, csv) => `${name} <- read.csv(${JSON.stringify(csv)})`;
