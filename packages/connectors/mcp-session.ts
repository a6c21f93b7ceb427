import type { CallToolResult, Client } from "@modelcontextprotocol/client";
import { LIMITS } from "#base/limits";
import { EgressError } from "#egress/egress-error";
import { type Egress, guardedFetch } from "#egress/guarded-fetch";

/** A tool as its server tells of it. */
export type RemoteTool = {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
  readOnly: boolean;
};

export type McpSession = {
  /** At most `importMaxTools` of them. */
  tools: () => Promise<RemoteTool[]>;
  call: (name: string, args: Record<string, unknown>) => Promise<CallToolResult>;
};

export type McpAt = {
  url: string;
  /** Sent to that host alone. */
  secret_headers: Record<string, string>;
  signal: AbortSignal;
  /** For the whole session. */
  timeout_ms: number;
};

/**
 * One session with an MCP server over streamable HTTP, ended with `use`. Everything it sends goes through the guard.
 * Nothing a server offers beyond answers is taken up: no sampling, no elicitation, no subscriptions, and no schema
 * of its making is run. Errors: EgressError; anything else the server did wrong is an Error of the SDK.
 */
export async function withMcp<T>(
  egress: Egress,
  at: McpAt,
  use: (session: McpSession) => Promise<T>,
): Promise<T> {
  // Loaded when first needed: it costs a tenth of a second.
  const { Client, StreamableHTTPClientTransport } = await import("@modelcontextprotocol/client");
  const over = new AbortController();
  let failure: EgressError | null = null;
  const end = (cause: EgressError) => {
    failure ??= cause;
    over.abort(cause);
  };
  const onAbort = () => end(new EgressError("aborted", "The request was stopped.", true));
  if (at.signal.aborted) onAbort();
  at.signal.addEventListener("abort", onAbort, { once: true });
  const done = new AbortController();
  void egress.wait(at.timeout_ms, done.signal).then(() => {
    if (done.signal.aborted) return;
    end(
      new EgressError("timeout", `There was no whole answer within ${at.timeout_ms / 1_000} seconds.`, true),
    );
  });
  const client = new Client(
    { name: "mozaiks", version: "1" },
    // A server's schemas are not run: what it answers is only ever read as text.
    {
      jsonSchemaValidator: {
        getValidator: () => (value) => ({ valid: true, data: value as never, errorMessage: undefined }),
      },
    },
  );
  const transport = new StreamableHTTPClientTransport(new URL(at.url), {
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 1_000,
      reconnectionDelayGrowFactor: 1,
    },
    fetch: async (url, init) => {
      const headers = Object.fromEntries(new Headers(init?.headers));
      try {
        return await guardedFetch(egress, String(url), {
          method: init?.method ?? "GET",
          headers,
          secret_headers: at.secret_headers,
          ...(typeof init?.body === "string" ? { body: init.body } : {}),
          signal: AbortSignal.any([over.signal, ...(init?.signal ? [init.signal] : [])]),
          timeout_ms: at.timeout_ms,
          max_bytes: LIMITS.toolResponseMaxBytes,
        });
      } catch (cause) {
        if (cause instanceof EgressError && cause.code !== "aborted") failure ??= cause;
        throw cause;
      }
    },
  });
  const options = { signal: over.signal, timeout: at.timeout_ms };
  try {
    return await Promise.race([
      work(client, options, () => client.connect(transport, options), use),
      aborted(over.signal),
    ]);
  } catch (cause) {
    throw failure ?? cause;
  } finally {
    done.abort();
    at.signal.removeEventListener("abort", onAbort);
    if (!over.signal.aborted) await transport.terminateSession().catch(() => undefined);
    over.abort();
    await client.close().catch(() => undefined);
  }
}

async function work<T>(
  client: Client,
  options: { signal: AbortSignal; timeout: number },
  connect: () => Promise<void>,
  use: (session: McpSession) => Promise<T>,
): Promise<T> {
  await connect();
  return use({
    tools: async () => {
      const { tools } = await client.listTools({}, options);
      return tools.slice(0, LIMITS.importMaxTools).map((tool) => ({
        name: tool.name,
        description: tool.description ?? "",
        inputSchema: tool.inputSchema,
        readOnly: tool.annotations?.readOnlyHint === true,
      }));
    },
    call: (name, args) => client.callTool({ name, arguments: args }, options),
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
