import { Buffer } from 'node:buffer';

/** A frame of a client, right or wrong: what is not given is as it should be. */
export interface Frame {
  readonly payload: string | Buffer;
  readonly opcode?: number;
  readonly final?: boolean;
  readonly reserved?: number;
  readonly masked?: boolean;
  /** In the longest form, which is allowed for any length. */
  readonly longForm?: boolean;
}

const mask = Buffer.from([0x1b, 0xff, 0x00, 0x73]);

export function frameBytes({ payload, opcode = 1, final = true, reserved = 0, masked = true, longForm = false }: Frame): Buffer {
  const bytes = Buffer.from(payload);
  const first = (final ? 0x80 : 0) | reserved | opcode;
  const body = masked ? Buffer.concat([mask, bytes.map((byte, at) => byte ^ (mask[at & 3] ?? 0))]) : bytes;
  return Buffer.concat([Buffer.from([first]), lengthBytes(bytes.length, masked, longForm), body]);
}

export function textFrame(payload: string): Buffer {
  return frameBytes({ payload });
}

function lengthBytes(length: number, masked: boolean, longForm: boolean): Buffer {
  const bit = masked ? 0x80 : 0;
  if (length < 126 && !longForm) return Buffer.from([bit | length]);
  if (length < 65_536 && !longForm) return Buffer.from([bit | 126, length >> 8, length & 0xff]);
  const bytes = Buffer.alloc(9, bit | 127);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
