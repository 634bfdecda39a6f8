/** Engine.IO's type of a packet that carries a message. */
const engineMessage = 0x34;
const finalText = 0x81;

/** Bytes of the frame that a server writes for a Socket.IO packet of so many bytes. */
export function frameLengthOf(packetLength: number): number {
  return headLengthOf(packetLength + 1) + packetLength + 1;
}

/**
 * Writes all of such a frame that stands before the packet, and returns where that begins: final, text, not masked, not compressed
 * (RFC 6455, section 5.2), and Engine.IO's `4`.
 */
export function openFrame(into: Buffer, at: number, packetLength: number): number {
  const length = packetLength + 1;
  const headLength = headLengthOf(length);
  into[at] = finalText;
  if (headLength === 2) into[at + 1] = length;
  else if (headLength === 4) {
    into[at + 1] = 126;
    into.writeUInt16BE(length, at + 2);
  } else {
    into[at + 1] = 127;
    into.writeBigUInt64BE(BigInt(length), at + 2);
  }
  into[at + headLength] = engineMessage;
  return at + headLength + 1;
}

function headLengthOf(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}
