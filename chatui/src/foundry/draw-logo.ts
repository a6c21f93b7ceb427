/** Sides of the square that a logo is drawn into, in pixels. The smaller one always fits into what the server takes. */
const SIDES = [512, 256];
/** What the server takes (`logoMaxBytes`). */
const MAX_BYTES = 512 * 1024;
/** Read into memory by the page, so bounded there. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** A chosen logo: what is sent, and how the page shows it before that. */
export type DrawnLogo = { file: File; url: string };

/**
 * Any picture that this browser can show, drawn anew as a square PNG with clear edges: nothing of the file itself is sent,
 * so a drawing (SVG) brings no script along, and a photo no place where it was taken. Error: an Error that says what is wrong.
 */
export async function drawLogo(file: File): Promise<DrawnLogo> {
  if (file.size > MAX_FILE_BYTES) throw new Error("That file is too large: 20 MB at most.");
  const picture = new Image();
  picture.src = await dataUrlOf(file);
  await picture.decode().catch(() => {
    throw new Error("That is no picture that this browser can show.");
  });
  for (const side of SIDES) {
    const drawn = await drawInto(picture, side);
    if (drawn.size <= MAX_BYTES) return { file: new File([drawn], "logo.png"), url: await dataUrlOf(drawn) };
  }
  throw new Error("That picture can’t be made small enough.");
}

async function drawInto(picture: HTMLImageElement, side: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser can’t draw the picture.");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, ...placeOf(picture.naturalWidth, picture.naturalHeight, side));
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("This browser can’t draw the picture.");
  return blob;
}

/** Left, top, width and height of a picture that is whole and in the middle of a square. A drawing without a size of its own fills it. */
export function placeOf(width: number, height: number, side: number): [number, number, number, number] {
  if (width <= 0 || height <= 0) return [0, 0, side, side];
  const scale = side / Math.max(width, height);
  const [w, h] = [width * scale, height * scale];
  return [(side - w) / 2, (side - h) / 2, w, h];
}

/** As the page's policy lets pictures be: from here, or written out. */
function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(new Error("That file can’t be read."));
    reader.readAsDataURL(file);
  });
}
