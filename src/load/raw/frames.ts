/** What of a WebSocket frame both directions share (RFC 6455, section 5.2). */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Payload length of the second byte from which on 2 bytes, and 8 bytes, of length follow. */
export const length16 = 126;
export const length64 = 127;

/** The longest message taken, as the `ws` package has it. */
export const messageBytesMax = 100 * 1024 * 1024;

/** Close codes that one end tells the other (section 7.4.1). `none` is never sent: it stands for a close frame without a code. */
export const closeCodes = { protocolError: 1002, none: 1005, notText: 1007, tooBig: 1009 } as const;

/** The other end broke the protocol; `code` is what it is told when the connection is closed. */
export class FrameError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
