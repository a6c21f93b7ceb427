import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { type OutsideServer, outsideServer } from "./outside-server.ts";

/** A real MCP server on this machine; `make` adds its tools, anew for each request. */
export function mcpServerOf(make: (server: McpServer) => void): Promise<OutsideServer> {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "test", version: "1" });
    make(server);
    return server;
  });
  return outsideServer(async (request, response, body) => {
    const headers = Object.entries(request.headers).map(([name, it]): [string, string] => [name, String(it)]);
    const answer = await handler.fetch(
      new Request(`http://${request.headers.host}${request.url}`, {
        method: request.method ?? "GET",
        headers,
        ...(body === "" ? {} : { body }),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    for await (const part of answer.body ?? []) response.write(part);
    response.end();
  });
}
