// What is stored, in numbers that follow along while stories are added.

import { get } from "./api.js";

export const live = $state({ summary: null, problem: null });

get("/api/v1/summary").then((summary) => (live.summary ??= summary), (problem) => (live.problem = problem));

const source = new EventSource("/api/v1/live");
source.addEventListener("summary", (event) => (live.summary = JSON.parse(event.data)));
addEventListener("pagehide", () => source.close());
