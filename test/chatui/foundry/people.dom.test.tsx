import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { afterEach, expect, test, vi } from "vitest";
import type { AppDetail } from "#protocol/api/app";
import type { EndUser } from "#protocol/api/end-user";
import type { Invitation } from "#protocol/api/invitation";
import { AdmissionForm } from "../../../chatui/src/foundry/admission-form.tsx";
import { EndUsers } from "../../../chatui/src/foundry/end-users.tsx";
import { Invitations } from "../../../chatui/src/foundry/invitations.tsx";
import { InvitePage } from "../../../chatui/src/foundry/invite-page.tsx";
import { shown } from "./shown.dom.tsx";

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const APP = {
  enterprise_id: "ent_1",
  visibility: "public",
  maintenance: null,
  join_link_made_at: null,
  roles: [
    { name: "Reader", where: "chat", default: true },
    { name: "Clerk", where: "chat" },
    { name: "Manager", where: "team" },
  ],
} as unknown as AppDetail;
const UNA: EndUser = {
  user_id: "user_1",
  kind: "account",
  name: "Una",
  email: "una@example.com",
  email_verified: true,
  roles: [],
  admitted: null,
  may_enter: true,
  created_at: "2026-11-25T10:00:00.000Z",
};

test("a member is invited with a role, an owner by an owner only, and an open invitation is taken back", async () => {
  const open: Invitation[] = [];
  const page = await shown(<Invitations id="ent_1" isOwner={false} />, {
    "GET /api/apps/ent_1/invitations": () => ({ items: open }),
    "POST /api/apps/ent_1/invitations": (body: { email: string; role: "viewer" }) => {
      open.push({
        ...body,
        invitation_id: "inv_1",
        invited_by: "o@example.com",
        created_at: UNA.created_at,
        expires_at: UNA.created_at,
      });
      return open[0];
    },
    "DELETE /api/apps/ent_1/invitations/inv_1": () => ({ deleted: open.pop() !== undefined }),
  });
  const select = page.at.querySelector("select")!;
  expect([...select.options].map(({ value }) => value)).toEqual(["admin", "editor", "operator", "viewer"]);
  await page.type(page.at.querySelector("input")!, "ann@example.com");
  await page.click(page.button("Send invitation"));
  expect(page.at.textContent).toContain("We sent a mail to ann@example.com.");
  await page.click(page.button("Take back the invitation of ann@example.com"));
  expect(page.writes().map(({ method, body }) => [method, body])).toEqual([
    ["POST", { email: "ann@example.com", role: "editor" }],
    ["DELETE", undefined],
  ]);
  expect(page.at.querySelector("ul")).toBeNull();
});

test("a user is given the roles of the chat, kept out and let in again; who may only read changes nothing", async () => {
  let una = UNA;
  const answers = {
    "GET /api/apps/ent_1/users?limit=30": () => ({ items: [una], next_cursor: null }),
    "PATCH /api/apps/ent_1/users/user_1": (body: Partial<EndUser>) => {
      una = { ...una, ...body, may_enter: (body.admitted ?? una.admitted) !== false };
      return una;
    },
  };
  const page = await shown(<EndUsers app={APP} mayChange />, answers);
  const boxes = () => [...page.at.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  expect(boxes()).toHaveLength(2);
  await page.click(boxes()[1]!);
  await page.click(page.button("Keep out Una"));
  expect(page.at.textContent).toContain("kept out");
  await page.click(page.button("Let in Una"));
  expect(page.writes().map(({ body }) => body)).toEqual([
    { roles: ["Clerk"] },
    { admitted: false },
    { admitted: null },
  ]);
  const reader = await shown(<EndUsers app={APP} mayChange={false} />, answers);
  expect(reader.at.querySelectorAll("button")).toHaveLength(0);
  expect(reader.at.querySelector("fieldset")?.disabled).toBe(true);
});

test("who may come in is chosen at once, and an app is closed for work with a message", async () => {
  const page = await shown(<AdmissionForm app={APP} />, {
    "PATCH /api/apps/ent_1": (body: object) => ({ ...APP, ...body }),
  });
  await page.click(page.at.querySelectorAll<HTMLInputElement>("input[type=radio]")[2]!);
  await page.type(page.at.querySelector<HTMLInputElement>("form input")!, "Back at noon.");
  await page.click(page.button("Close for work"));
  expect(page.writes().map(({ body }) => body)).toEqual([
    { visibility: "invited" },
    { maintenance: "Back at noon." },
  ]);
});

/** The page of a mailed link, for who is signed in with this address. */
async function invited(own: string | null, accept: () => unknown) {
  const root = createRootRoute();
  const at = (path: string) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: path === "/invite" ? InvitePage : () => <p>{path}</p>,
    });
  const router = createRouter({
    routeTree: root.addChildren(["/invite", "/sign-in", "/sign-up", "/apps/$id"].map(at)),
    history: createMemoryHistory({ initialEntries: ["/invite"] }),
  });
  await router.load();
  const offer = {
    app_name: "Shop",
    email: "ann@example.com",
    role: "editor",
    invited_by: "olga@example.com",
    expires_at: UNA.created_at,
  };
  return shown(<RouterProvider router={router as never} />, {
    "POST /api/invitations/look": ({ token }: { token: string }) => (token === "t0k3n" ? offer : null),
    "GET /api/auth/get-session": () => (own ? { user: {} } : null),
    "GET /api/me": () => ({
      user_id: "u",
      email: own,
      name: "Ann",
      realm: "foundry",
      guest: false,
      admitted: true,
      enterprises: [],
    }),
    "POST /api/invitations/accept": accept,
  });
}

test("an invitation says what it is, is kept while one signs in, and only its own account accepts it", async () => {
  location.hash = "#token=t0k3n";
  const stranger = await invited(null, () => null);
  expect(stranger.at.textContent).toContain("olga@example.com invites you as Editor");
  expect(stranger.at.querySelector("a[href='/sign-up']")).not.toBeNull();
  expect(location.hash).toBe("");
  expect(sessionStorage.getItem("mozaiks.invitation")).toBe("t0k3n");
  const other = await invited("bob@example.com", () => null);
  expect(other.at.textContent).toContain("You are signed in as bob@example.com.");
  const ann = await invited("ann@example.com", () => ({ enterprise_id: "ent_1", role: "editor" }));
  await ann.click(ann.button("Accept"));
  await vi.waitFor(() => expect(ann.at.textContent).toContain("/apps/$id"));
  expect(sessionStorage.getItem("mozaiks.invitation")).toBeNull();
});
