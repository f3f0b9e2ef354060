// A photo made small enough for a poor line, and a voice note.

const LONGEST_SIDE = 1280;
const QUALITY = 0.7;
const LONGEST_VOICE = 60000;
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export function dataUrlOf(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

// A picture file → JPEG as a data URL, turned the right way up. Rejects if it is no picture.
export async function photoFrom(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
}

export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);
}

// Begins to record; resolves to `stop`, which ends it. `onDone` gets the note as a data URL.
export async function record(onDone) {
  const input = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(input, { mimeType, audioBitsPerSecond: 16000 });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = async () => {
    input.getTracks().forEach((track) => track.stop());
    onDone(await dataUrlOf(new Blob(parts, { type: recorder.mimeType })));
  };
  recorder.start();
  const stop = () => recorder.state === "inactive" || recorder.stop();
  setTimeout(stop, LONGEST_VOICE);
  return stop;
}
