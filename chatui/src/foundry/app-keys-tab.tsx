import { useParams } from "@tanstack/react-router";
import { ApiKeys } from "./api-keys.tsx";
import { IdentityForm } from "./identity-form.tsx";
import { Section } from "./section.tsx";

/** What programs and host pages call an app with. */
export function AppKeysTab() {
  const { id } = useParams({ from: "/apps/$id" });
  return (
    <div className="mx-auto w-full max-w-6xl divide-y divide-line px-4 py-4 sm:px-6">
      <Section
        title="API keys"
        text="For programs that call this app. A key does what its scopes say, in this app alone, and can be revoked at any time."
      >
        <ApiKeys key={id} id={id} />
      </Section>
      <Section
        title="Signed identity"
        text="For your own site: its server signs who the visitor is, and they chat as themselves without a second sign-in."
      >
        <IdentityForm key={id} id={id} />
      </Section>
    </div>
  );
}
