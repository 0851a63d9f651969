// The control API: look(...) reads, act(...) does, listen(...) hears what happens.

export async function look(name, query = {}) {
  return answered(await fetch(`/sandbox/${name}?${new URLSearchParams(query)}`));
}

export async function act(name, given = {}) {
  const clean = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined));
  return answered(
    await fetch(`/sandbox/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(clean),
    }),
  );
}

async function answered(response) {
  const body = await response.json();
  if (!body.ok) throw new Error(body.error);
  return body.result;
}

export function listen(onEvent, onState) {
  const source = new EventSource("/sandbox/events");
  let wasOpen = false;
  source.onopen = () => {
    onState(true, wasOpen);
    wasOpen = true;
  };
  source.onerror = () => onState(false, wasOpen);
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
}

export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}
