// A voice note that needs no microphone: two soft tones as a little WAV file.

import { base64 } from "/api.js";

const RATE = 8000;
const SECONDS = 1.2;

export async function voiceSample() {
  const count = Math.floor(RATE * SECONDS);
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const write = (at, text) => [...text].forEach((one, index) => view.setUint8(at + index, one.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, count * 2, true);
  for (let at = 0; at < count; at += 1) {
    const tone = at < count / 2 ? 392 : 523;
    const loudness = Math.sin((Math.PI * at) / count) * 5000;
    view.setInt16(44 + at * 2, Math.sin((2 * Math.PI * tone * at) / RATE) * loudness, true);
  }
  const data = await base64(new Blob([view.buffer]));
  return { kind: "voice", data, name: "voice.wav", mime: "audio/wav", duration: Math.ceil(SECONDS) };
}
