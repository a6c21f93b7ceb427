import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { appQuery } from "../api/apps.ts";
import { identityQuery } from "../api/keys.ts";
import { Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { CodeSample } from "./code-sample.tsx";
import { EmbedButtonForm } from "./embed-button-form.tsx";
import { IDENTIFY_SAMPLE, reactSample } from "./embed-samples.ts";
import { EmbedSitesForm } from "./embed-sites-form.tsx";
import { Section } from "./section.tsx";

/** The app on other sites. */
export function AppEmbedTab() {
  const { id } = useParams({ from: "/apps/$id" });
  return <Embed key={id} id={id} />;
}

export function Embed({ id }: { id: string }) {
  const app = useQuery(appQuery(id));
  const identity = useQuery(identityQuery(id));
  const failed = app.error ?? identity.error;
  if (failed)
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <Problem error={failed} retry={() => void Promise.all([app.refetch(), identity.refetch()])} />
      </div>
    );
  if (!app.data || !identity.data) return <PageLoading />;
  const { name, url, branding, sign_in } = app.data;
  return (
    <div className="mx-auto w-full max-w-6xl divide-y divide-line px-4 py-4 sm:px-6">
      <Section
        title="Your sites"
        text="Pages of these sites may show the chat and sign visitors in. No other site can."
      >
        <EmbedSitesForm id={id} set={identity.data} />
      </Section>
      <Section
        title="The button"
        text="One line for any page. It weighs 3 kB and loads the chat when it is opened."
      >
        <EmbedButtonForm name={name} url={url} colour={branding.primary_color ?? "#333333"} />
      </Section>
      <Section
        title="In a React app"
        text="The chat as a component: in your page instead of a frame, in your colours if you like."
      >
        <div className="space-y-4">
          <p className="text-soft">
            <code>npm run build:react</code> in a checkout of the platform makes the package{" "}
            <code>mozaiks-react</code>, to be installed from its folder <code>chatui/react/dist</code>. It
            also has a button for the corner (<code>MozaiksLauncher</code>) and a hook for a face of your own
            (<code>useMozaiksChat</code>).
          </p>
          <CodeSample title="Your component" text={reactSample(url, id)} />
        </div>
      </Section>
      <Section
        title="Who chats"
        text="Visitors are guests, if the app lets guests in, unless your server says who they are."
      >
        <div className="space-y-4">
          {!sign_in.guests && identity.data.algorithm === null && (
            <p className="rounded-xl bg-sunken px-4 py-3">
              Visitors have to sign in: this app lets no guests in (Settings), and its signed identity is off
              (API keys).
            </p>
          )}
          <p className="text-soft">
            To name them, turn on signed identity in the tab API keys: there is what your server does, in
            Node, PHP and Python. Your page then hands its token on.
          </p>
          <CodeSample title="On your page" text={IDENTIFY_SAMPLE} open />
        </div>
      </Section>
    </div>
  );
}
