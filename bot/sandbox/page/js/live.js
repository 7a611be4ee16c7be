// Keeps the store in step with the server: events as they come, and the whole
// state again after every (re)connection, because events may have been missed.
import { EVENTS } from "./store.js";

const RETRY_MS = 2000;

export function connect(store, api) {
  const source = new EventSource("/api/events");
  let waiting = [];
  let givenUp = false;

  const deliver = (name, payload) => (waiting ? waiting.push([name, payload]) : store.apply(name, payload));

  const refetch = async () => {
    waiting ??= [];
    store.apply("state", await api.state());
    const missed = waiting;
    waiting = null;
    for (const [name, payload] of missed) store.apply(name, payload);
    store.emit("connection", true);
  };

  const retry = () => {
    if (givenUp) return;
    givenUp = true;
    source.close();
    store.emit("connection", false);
    setTimeout(() => connect(store, api), RETRY_MS);
  };

  for (const name of EVENTS) {
    source.addEventListener(name, (event) => deliver(name, JSON.parse(event.data)));
  }
  source.addEventListener("hello", () => refetch().catch(retry));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) retry();
    else store.emit("connection", false);
  });
}
