import { deflateRawSync, crc32 as nodeCrc32 } from "node:zlib";

export type Given = {
  name: string;
  content: string;
  packed?: Uint8Array;
  method?: number;
  size?: number;
  mode?: number;
  flags?: number;
};

/** A zip as others make it, or as nobody should. */
export function zipOf(all: readonly Given[]): Uint8Array<ArrayBuffer> {
  const heads: Buffer[] = [];
  const parts: Buffer[] = [];
  let at = 0;
  for (const { name, content, method = 8, size, mode = 0o100644, flags = 0, ...given } of all) {
    const raw = Buffer.from(content);
    const packed = Buffer.from(given.packed ?? (method === 8 ? deflateRawSync(raw) : raw));
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(flags, 2);
    fixed.writeUInt16LE(method, 4);
    fixed.writeUInt32LE(nodeCrc32(raw), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(size ?? raw.length, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), fixed, Buffer.from(name), packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(at, 10);
    heads.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), fixed, tail, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(all.length, 8);
  end.writeUInt16LE(all.length, 10);
  end.writeUInt32LE(Buffer.concat(heads).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...heads, end]));
}
