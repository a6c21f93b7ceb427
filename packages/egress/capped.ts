import { EgressError } from "./egress-error.ts";
import type { EgressClock } from "./guarded-fetch.ts";

/**
 * The same answer with a body that ends with an EgressError once it is larger than `maxBytes`, as it comes off the
 * network and decompressed, or once the clock has run out: so neither a bomb nor a trickle costs more than that (T48).
 */
export function capped(response: Response, maxBytes: number, clock: EgressClock): Response {
  const tooLarge = () => new EgressError("too_large", `The answer is larger than ${maxBytes} bytes.`, true);
  const { status, statusText, headers } = response;
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    void response.body?.cancel().catch(() => undefined);
    throw tooLarge();
  }
  if (response.body === null) {
    clock.stop();
    return new Response(null, { status, statusText, headers });
  }
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  let bytes = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const part = await clock.race(reader.read());
          if (part.done) {
            clock.stop();
            return controller.close();
          }
          bytes += part.value.byteLength;
          if (bytes > maxBytes) throw tooLarge();
          controller.enqueue(part.value);
        } catch (cause) {
          clock.stop();
          cancel();
          const lost = new EgressError("unreachable", "The answer broke off.", true);
          controller.error(
            cause instanceof EgressError ? cause : clock.signal.aborted ? clock.reason(true) : lost,
          );
        }
      },
      cancel() {
        clock.stop();
        cancel();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status, statusText, headers });
}
