// A question that is asked anew whenever its address changes. What was answered before stays until the
// new answer is there, so that nothing flickers.

import { get } from "./api.js";

export function asked(address) {
  const answer = $state({ data: null, problem: null, isLoading: true, address: null });
  $effect(() => {
    const now = address();
    if (!now) return;
    const control = new AbortController();
    answer.isLoading = true;
    get(now, { signal: control.signal }).then(
      (data) => Object.assign(answer, { data, problem: null, isLoading: false, address: now }),
      (problem) => problem.name !== "AbortError" && Object.assign(answer, { problem, isLoading: false, address: now }),
    );
    return () => control.abort();
  });
  return answer;
}
