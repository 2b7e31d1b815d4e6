// Talks to /sandbox; a refusal becomes an Error with the reason in Russian.

export async function read(path) {
  return answer(await fetch(`/sandbox/${path}`));
}

export async function send(path, body) {
  const isForm = body instanceof FormData;
  const headers = isForm ? {} : { "Content-Type": "application/json" };
  return answer(await fetch(`/sandbox/${path}`, { method: "POST", headers, body: isForm ? body : JSON.stringify(body ?? {}) }));
}

// Listens while the page is seen: a browser gives one address only six connections, hidden tabs must not keep them.
export function listen(hear, reconnected) {
  let events = null;
  const open = () => {
    events = new EventSource("/sandbox/events");
    events.onmessage = (event) => hear(JSON.parse(event.data));
    events.onopen = () => reconnected(true);
    events.onerror = () => reconnected(false);
  };
  document.addEventListener("visibilitychange", () => {
    events?.close();
    if (!document.hidden) open();
  });
  if (!document.hidden) open();
}

async function answer(response) {
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(told.error ?? "Песочница не отвечает");
  return told;
}
