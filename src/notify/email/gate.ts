import { Transform } from "node:stream";

/** What a message passes on its way to the server: the final dot follows at once when all of it has passed. */
export interface Gate {
  readonly stream: Transform;
  /** Whether all of it has passed: from now on nobody but the server knows whether it is sent. */
  readonly isPassed: () => boolean;
  /** Lets nothing more pass: without its end the server takes the message for nothing. No use once it has passed. */
  readonly shut: () => void;
}

export function createGate(): Gate {
  let isPassed = false;
  let isShut = false;
  const stream = new Transform({
    // Nothing passes before somebody takes it: the server has said that it wants the message.
    readableHighWaterMark: 1,
    transform: (chunk, _encoding, done) => {
      if (!isShut) done(null, chunk);
    },
    flush: (done) => {
      if (isShut) return;
      isPassed = true;
      done();
    },
  });
  return {
    stream,
    isPassed: () => isPassed,
    shut: () => {
      isShut = true;
    },
  };
}
