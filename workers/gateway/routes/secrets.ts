import * as z from "zod";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import { deleted } from "#protocol/api/app";
import { listedSecret, secretName, secrets, setSecret } from "#protocol/api/secret";
import { id } from "#protocol/ids";
import { countSecrets, listSecrets, removeSecret, setSecret as set } from "#secrets/secret-store";
import { secretDeps } from "../../secret-deps.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Secrets"];
const params = z.object({ enterprise_id: id });
const one = params.extend({ name: secretName });
const path = "/api/apps/{enterprise_id}/secrets";

export const secretRoutes = routes();

secretRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "Names of an app's secrets, never their values",
    access: "session",
    request: { params },
    responses: answers(200, secrets, "All names"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "secrets.change");
    const items = (await listSecrets(c.env.deps.db, scope)).map(
      ({ name, version, setBy, setAt, usedOn }) => ({
        name,
        version,
        set_by: setBy,
        set_at: isoTime(setAt),
        used_on: usedOn === null ? null : isoTime(usedOn).slice(0, 10),
      }),
    );
    return c.json({ items }, 200);
  },
);

secretRoutes.openapi(
  route({
    method: "put",
    path: `${path}/{name}`,
    tags,
    summary: "Set a secret for the app's tools; nobody can read it back",
    access: "session",
    request: { params: one, body: jsonBody(setSecret) },
    responses: answers(200, listedSecret, "Set"),
  }),
  async (c) => {
    const { enterprise_id, name } = c.req.valid("param");
    const { value } = c.req.valid("json");
    const { deps } = c.env;
    const now = deps.clock.now();
    const { user_id } = c.var.principal;
    const deed = { action: "secrets.set", target: name };
    const version = await privileged(c, enterprise_id, "secrets.change", deed, async ({ scope }) => {
      const max = LIMITS.secretsPerApp;
      if ((await countSecrets(deps.db, scope)) >= max) {
        const known = (await listSecrets(deps.db, scope)).some((it) => it.name === name);
        if (!known) throw appError("FORBIDDEN", { max_secrets: max }, `An app may have ${max} secrets.`);
      }
      return set(secretDeps(deps), scope, { name, value, setBy: user_id, now });
    });
    return c.json({ name, version, set_by: user_id, set_at: isoTime(now), used_on: null }, 200);
  },
);

secretRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/{name}`,
    tags,
    summary: "Remove a secret",
    access: "session",
    request: { params: one },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, name } = c.req.valid("param");
    const deed = { action: "secrets.remove", target: name };
    await privileged(c, enterprise_id, "secrets.change", deed, async ({ scope }) => {
      if (!(await removeSecret(c.env.deps.db, scope, name))) throw appError("NOT_FOUND");
    });
    return c.json({ deleted: true } as const, 200);
  },
);
