import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { appQuery } from "../api/apps.ts";
import { AppLimitsForm } from "./app-limits-form.tsx";
import { Section } from "./section.tsx";

/** What the app may spend, and by whose days and months. */
export function AppLimitsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  if (!app.data) return null;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-4 sm:px-6">
      <Section
        title="Spending limits"
        text="An answer that could pass a limit is not begun, and people are told so. Amounts are in US dollars; leave a field empty for no limit."
      >
        <AppLimitsForm key={app.data.enterprise_id} app={app.data} />
        {app.data.can.includes("money.read") && (
          <p className="mt-6 text-soft">
            What is used up of each limit stands under{" "}
            <Link
              to="/apps/$id/usage"
              params={{ id }}
              className="text-accent-ink underline underline-offset-4"
            >
              Usage
            </Link>
            .
          </p>
        )}
      </Section>
    </div>
  );
}
