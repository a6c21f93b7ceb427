import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { appQuery } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import { EndUsers } from "./end-users.tsx";
import { HandOver } from "./hand-over.tsx";
import { Invitations } from "./invitations.tsx";
import { Section } from "./section.tsx";
import { TeamMembers } from "./team-members.tsx";

/** Who runs the app, and who uses it. */
export function AppPeopleTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  const me = useMe();
  if (!app.data || !me.data) return null;
  const { can } = app.data;
  const own = me.data.user_id;
  return (
    <div className="mx-auto w-full max-w-6xl divide-y divide-line px-4 py-4 sm:px-6">
      {can.includes("members.read") && (
        <>
          <Section title="Team" text="Who runs this app with you. A changed role counts at once.">
            <TeamMembers id={id} own={own} isOwner={can.includes("app.transfer")} />
          </Section>
          <Section
            title="Invite"
            text="They get a link by mail, good for seven days and for that address alone."
          >
            <Invitations id={id} isOwner={can.includes("app.transfer")} />
          </Section>
        </>
      )}
      <Section
        title="Users"
        text="Who chats with this app. Roles decide what it does for them, from their next message on."
      >
        <EndUsers app={app.data} mayChange={can.includes("users.change")} />
      </Section>
      {can.includes("app.transfer") && (
        <Section title="Hand over" text="Make an admin the owner. You become an admin. It happens at once.">
          <HandOver id={id} />
        </Section>
      )}
    </div>
  );
}
