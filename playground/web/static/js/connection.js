// @ts-check
/** The page's one line to the playground: requests with answers, and events pushed to it. */

const RETRY_MS = [250, 500, 1000, 2000, 4000];
const REFUSED = 4001;

/** A request that was understood and declined; the message is for the person. */
export class Declined extends Error {}

/**
 * @typedef {{event: "message", message: import("./types.js").Message}
 *   | {event: "deleted", message: string}
 *   | {event: "commands", commands: import("./types.js").Command[]}} Pushed
 */

export class Connection {
  /**
   * @param {string} token
   * @param {object} listeners
   * @param {(place: import("./types.js").Place) => void} listeners.onReady connected, for the first time or again
   * @param {(event: Pushed) => void} listeners.onEvent
   * @param {(refused: boolean) => void} listeners.onLost
   */
  constructor(token, listeners) {
    this.token = token;
    this.listeners = listeners;
    this.attempts = 0;
    this.count = 0;
    /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
    this.waiting = new Map();
    this.connect();
  }

  connect() {
    const address = new URL("/socket", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.socket = new WebSocket(address);
    this.socket.addEventListener("open", async () => {
      try {
        const place = await this.ask("enter", { token: this.token });
        this.attempts = 0;
        this.listeners.onReady(place);
      } catch {
        // The socket closes, which is handled below.
      }
    });
    this.socket.addEventListener("message", (event) => this.receive(JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => this.lost(event.code === REFUSED));
  }

  /**
   * Ask for something.
   * @param {string} what
   * @param {object} [details]
   * @returns {Promise<any>}
   */
  ask(what, details = {}) {
    const id = (this.count += 1);
    return new Promise((resolve, reject) => {
      if (this.socket?.readyState !== WebSocket.OPEN) {
        reject(new Error("not connected"));
        return;
      }
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, do: what, ...details }));
    });
  }

  /** @param {any} said */
  receive(said) {
    if (said.event) {
      this.listeners.onEvent(said);
      return;
    }
    const asked = this.waiting.get(said.re);
    this.waiting.delete(said.re);
    if (said.error !== undefined) asked?.reject(new Declined(said.error));
    else asked?.resolve(said.ok);
  }

  /** @param {boolean} refused */
  lost(refused) {
    for (const { reject } of this.waiting.values()) reject(new Error("connection lost"));
    this.waiting.clear();
    this.listeners.onLost(refused);
    if (refused) return;
    setTimeout(() => this.connect(), RETRY_MS[Math.min(this.attempts, RETRY_MS.length - 1)]);
    this.attempts += 1;
  }
}
