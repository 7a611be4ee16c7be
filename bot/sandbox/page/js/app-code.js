// The six digits that an authenticator app shows now (RFC 6238: SHA-1, a step of 30 seconds).
import { copyButton } from "./copy.js";
import { el } from "./dom.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;
const REFRESH_MS = 1000;

function bytesOf(base32) {
  const bits = [...base32].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, "0")).join("");
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8), 2));
}

/** The code of a moment, in seconds since 1970. */
export async function codeAt(base32, seconds) {
  const step = new DataView(new ArrayBuffer(8));
  step.setBigUint64(0, BigInt(Math.floor(seconds / STEP_SECONDS)));
  const key = await crypto.subtle.importKey("raw", bytesOf(base32), { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const sealed = new DataView(await crypto.subtle.sign("HMAC", key, step.buffer));
  const number = sealed.getUint32(sealed.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1e6).padStart(6, "0");
}

/** A line with the code, anew as it changes, for as long as it is on the page. */
export function appCode(base32) {
  const shown = el("b", { data: { appCode: "" } }, "······");
  const left = el("span", { class: "soft" });
  const draw = async () => {
    const now = Date.now() / 1000;
    shown.textContent = await codeAt(base32, now);
    left.textContent = ` ${STEP_SECONDS - Math.floor(now % STEP_SECONDS)} s`;
  };
  const timer = setInterval(() => (shown.isConnected ? draw() : clearInterval(timer)), REFRESH_MS);
  draw();
  return el("span", { class: "app-code" }, el("span", {}, shown, left), copyButton(() => shown.textContent, "Copiar el código"));
}
