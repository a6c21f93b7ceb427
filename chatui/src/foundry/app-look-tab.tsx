import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { appQuery } from "../api/apps.ts";
import { AppLookForm } from "./app-look-form.tsx";

/** What the app's people see: its name, colours and words. */
export function AppLookTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  if (!app.data) return null;
  return (
    <div className="mx-auto w-full max-w-6xl space-y-8 px-4 py-8 sm:px-6">
      <div>
        <h2 className="text-xl font-semibold">Look</h2>
        <p className="mt-1 text-soft">What your users see on the app’s own address.</p>
      </div>
      <AppLookForm key={app.data.enterprise_id} app={app.data} />
    </div>
  );
}
