import * as z from "zod";
import { differences } from "#audit/differences";
import { appError } from "#base/app-error";
import {
  addIdentitySecret,
  changeIdentity as change,
  identityView,
  removeIdentitySecret,
} from "#identity/identity-settings";
import { isUsable } from "#identity/verify-visitor";
import { deleted } from "#protocol/api/app";
import { changeIdentity, createdIdentitySecret, identitySettings } from "#protocol/api/identity";
import { id } from "#protocol/ids";
import { secretDeps } from "../../secret-deps.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Signed identity"];
const params = z.object({ enterprise_id: id });
const path = "/api/apps/{enterprise_id}/identity";

export const identityRoutes = routes();

identityRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "How host pages sign their visitors in",
    access: "session",
    request: { params },
    responses: answers(200, identitySettings, "The settings, never a secret"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "keys.change");
    return c.json(await identityView(c.env.deps.db, scope), 200);
  },
);

identityRoutes.openapi(
  route({
    method: "patch",
    path,
    tags,
    summary: "Choose the algorithm, its public keys, and the pages that may sign visitors in",
    description:
      "HS256 with secrets made here, or RS256 or ES256 with your public keys as JWKs. `algorithm: null` turns it off.",
    access: "session",
    request: { params, body: jsonBody(changeIdentity) },
    responses: answers(200, identitySettings, "The settings as they are now"),
  }),
  async (c) => {
    const { db } = c.env.deps;
    const { algorithm, public_keys: publicKeys, origins, share_text: sharesText } = c.req.valid("json");
    const asked = {
      ...(algorithm === undefined ? {} : { algorithm }),
      ...(publicKeys === undefined ? {} : { publicKeys }),
      ...(origins === undefined ? {} : { origins: [...new Set(origins)] }),
      ...(sharesText === undefined ? {} : { sharesText }),
    };
    const details: Record<string, unknown> = {};
    const deed = { action: "identity.change", details };
    const settings = await privileged(
      c,
      c.req.valid("param").enterprise_id,
      "keys.change",
      deed,
      async (seen) => {
        for (const [n, key] of (publicKeys ?? []).entries())
          if (!(await isUsable(key))) throw unusable(`public_keys.${n}`);
        const before = await identityView(db, seen.scope);
        await change(db, seen.scope, asked);
        const after = await identityView(db, seen.scope);
        Object.assign(details, differences(before, after));
        return after;
      },
    );
    return c.json(settings, 200);
  },
);

identityRoutes.openapi(
  route({
    method: "post",
    path: `${path}/secrets`,
    tags,
    summary:
      "Make a secret to sign with; it is shown this once. At most two, to put one in the other's place",
    access: "session",
    request: { params },
    responses: answers(201, createdIdentitySecret, "The secret"),
  }),
  async (c) => {
    const { deps } = c.env;
    const setBy = c.var.principal.user_id;
    const deed = { action: "identity.add_secret" };
    const made = await privileged(
      c,
      c.req.valid("param").enterprise_id,
      "keys.change",
      deed,
      async ({ scope }) =>
        addIdentitySecret({ ...secretDeps(deps), newId: deps.newId }, scope, {
          setBy,
          now: deps.clock.now(),
        }),
    );
    return c.json(made, 201);
  },
);

identityRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/secrets/{secret_id}`,
    tags,
    summary: "Remove a secret: what it signed counts no more",
    access: "session",
    request: { params: params.extend({ secret_id: id }) },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, secret_id } = c.req.valid("param");
    const deed = { action: "identity.remove_secret", target: secret_id };
    await privileged(c, enterprise_id, "keys.change", deed, async ({ scope }) =>
      removeIdentitySecret(c.env.deps.db, scope, secret_id),
    );
    return c.json({ deleted: true } as const, 200);
  },
);

function unusable(path: string) {
  return appError("BAD_REQUEST", { issues: [{ path, message: "is not a key that can be used" }] });
}
