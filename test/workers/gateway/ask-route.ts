import { type Answer, call } from "./client.ts";
import { type Kind, ROUTES } from "./route-list.ts";
import { sendFile } from "./send-file.ts";

/** The routes of these kinds, with what is known of each. */
export const routesOf = (...kinds: Kind[]) =>
  Object.entries(ROUTES).filter(([, it]) => kinds.includes(it.kind));

/** Calls a route with its example body and the given enterprise in every place one can stand; `prefix` as `/a/acme`. */
export async function askRoute(
  name: string,
  enterpriseId: string,
  token?: string,
  raw?: string,
  prefix = "",
): Promise<Answer> {
  const [method = "", path = ""] = name.split(" ");
  const { body, query, form } = ROUTES[name]!;
  const filled = `${prefix}${path}`
    .replace(":enterprise_id", enterpriseId)
    .replace(":workflow", "greeter")
    .replace("/secrets/:name", "/secrets/SHOP_KEY")
    .replace(/:(?:version|to)\b/g, "1")
    .replace(/:(\w+)/g, "none");
  if (form) {
    const fields = Object.fromEntries(
      Object.entries(form).map(([key, value]) => [key, key === "enterprise_id" ? enterpriseId : value]),
    );
    return sendFile(filled, token === undefined ? null : { token }, { name: "a.txt", bytes: "Hi" }, fields);
  }
  const json = body && ("enterprise_id" in body ? { ...body, enterprise_id: enterpriseId } : body);
  const sent = raw ?? (json && JSON.stringify(json));
  return call(query ? `${filled}?${query}=${enterpriseId}` : filled, {
    method,
    token,
    ...(sent === undefined ? {} : { raw: sent }),
  });
}
