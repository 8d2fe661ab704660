// What textual-serve's script leaves to its page: where the websocket is, the keyboard, and what
// happens when the connection is lost or the reader was left.
"use strict";
{
  const ENDED = 4000, FULL = 4001, FAILED = 4002;
  const LONGEST_WAIT = 10000;
  const body = document.body;
  const terminal = document.getElementById("terminal");
  const words = document.getElementById("words");
  const again = document.getElementById("again");
  const asked = new URLSearchParams(location.search);

  const size = Number.parseInt(asked.get("fontsize") ?? "", 10);
  if (size >= 8 && size <= 48) terminal.dataset.fontSize = String(size);
  terminal.dataset.sessionWebsocketUrl =
    `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;

  function tell(text, canOpen) {
    words.textContent = text;
    again.hidden = !canOpen;
    body.classList.remove("-drawn");
    if (canOpen) again.focus();
  }
  again.addEventListener("click", () => location.reload());

  // Pages that are opened learn nothing of this one.
  const open = window.open.bind(window);
  window.open = (url, target) => open(url, target, "noopener,noreferrer");

  let wait = 250, timer = 0, isLost = false;
  async function tryAgain() {
    clearTimeout(timer);
    try {
      const answer = await fetch("alive", { cache: "no-store" });
      if (answer.ok) return location.reload();
      if (answer.status === 403) return tell(await answer.text(), true);
    } catch {
      // no network, or no server: later
    }
    wait = Math.min(2 * wait, LONGEST_WAIT);
    timer = setTimeout(tryAgain, wait);
  }
  const soon = () => { if (isLost && !document.hidden) { wait = 250; tryAgain(); } };
  window.addEventListener("online", soon);
  document.addEventListener("visibilitychange", soon);

  function closed(event) {
    if (event.code === ENDED) return tell("The reader was left.", true);
    if (event.code === FULL || event.code === FAILED) return tell(event.reason, true);
    isLost = true;
    tell("The connection is lost. Connecting again …", false);
    tryAgain();
  }
  function drawn() {
    if (body.classList.contains("-drawn")) return;
    body.classList.add("-drawn");
    terminal.querySelector("textarea")?.focus();
  }
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => {
        if (typeof event.data !== "string" && event.data.byteLength > 10) drawn();
      });
      this.addEventListener("close", closed);
    }
  };
}
