// Talks to /sandbox; a refusal becomes an Error with the reason in Russian.

export async function read(path) {
  return answer(await fetch(`/sandbox/${path}`));
}

export async function send(path, body) {
  const isForm = body instanceof FormData;
  const headers = isForm ? {} : { "Content-Type": "application/json" };
  return answer(await fetch(`/sandbox/${path}`, { method: "POST", headers, body: isForm ? body : JSON.stringify(body ?? {}) }));
}

export function listen(hear, reconnected) {
  const events = new EventSource("/sandbox/events");
  events.onmessage = (event) => hear(JSON.parse(event.data));
  events.onopen = () => reconnected(true);
  events.onerror = () => reconnected(false);
}

async function answer(response) {
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(told.error ?? "Песочница не отвечает");
  return told;
}
