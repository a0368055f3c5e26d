-- What visitors ask, by turns: pages of events under one filter or several, counts, places, single words.
local countries = { "GHA", "BFA", "FRA", "USA", "RUS", "UKR", "CHN", "IND", "PAK", "ISR" }
local types = { "AGREE", "CONSULT", "AID", "ACCUSE", "PROTEST", "ASSAULT" }
local number = 0

local questions = {
  function(n) return "/api/v1/events?limit=40" end,
  function(n) return "/api/v1/events?limit=40&actor_country=" .. countries[n % 10 + 1] end,
  function(n) return "/api/v1/events?limit=40&event_type=" .. types[n % 6 + 1] .. "&date_from=2020-" .. string.format("%02d", n % 12 + 1) end,
  function(n) return "/api/v1/events?limit=40&actor_country=" .. countries[n % 10 + 1] .. "&recipient_country=" .. countries[(n + 3) % 10 + 1] end,
  function(n) return "/api/v1/counts?group_by=month,quad&actor_country=" .. countries[n % 10 + 1] .. "&recipient_country=" .. countries[(n + 3) % 10 + 1] end,
  function(n) return "/api/v1/summary" end,
  function(n) return "/explore" end,
}

local failed = 0

function request()
  number = number + 1
  return wrk.format("GET", questions[number % #questions + 1](number))
end

function response(status)
  if status ~= 200 then failed = failed + 1 end
end

function done(summary, latency)
  io.write(string.format("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, %d requests, %d not answered with 2xx, %d broken off\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, summary.requests,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
