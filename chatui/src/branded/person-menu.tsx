import { Download, LogOut, UserRound } from "lucide-react";
import { type ReactNode, useRef, useSyncExternalStore } from "react";
import type { Me } from "#protocol/api/me";
import { buttonLook } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { useWords } from "../words/words.ts";
import type { AppSite } from "./app-site.ts";
import { LanguageChoice, LookChoice } from "./choices.tsx";
import { canInstall, install, onInstallable } from "./install.ts";

type Props = { me: Me; site: AppSite; onAccount: () => void; onSignOut: () => void };

/** Who is here, and how they like their pages. */
export function PersonMenu({ me, site, onAccount, onSignOut }: Props) {
  const words = useWords();
  const menu = useRef<HTMLDivElement>(null);
  const installable = useSyncExternalStore(onInstallable, canInstall);
  const called = me.guest ? words.keepChats : me.name || me.email;
  const leave = (then: () => void) => () => {
    menu.current?.hidePopover();
    then();
  };
  return (
    <>
      <button
        type="button"
        popoverTarget="person-menu"
        aria-label={`${words.menu}: ${called}`}
        title={words.menu}
        className="grid size-9 shrink-0 place-items-center rounded-full border border-line bg-surface text-sm font-semibold text-accent-ink hover:bg-sunken"
      >
        {me.guest ? (
          <UserRound className="size-4" aria-hidden="true" />
        ) : (
          <span aria-hidden="true">{initial(called)}</span>
        )}
      </button>
      <div
        ref={menu}
        id="person-menu"
        popover="auto"
        className="inset-auto end-3 top-13 m-0 w-72 space-y-4 rounded-2xl border border-line bg-surface p-4 text-ink shadow-card"
      >
        <div>
          <p className="flex font-medium">
            <span dir="auto" className="truncate">
              {called}
            </span>
          </p>
          {!me.guest && <p className="truncate text-sm text-soft">{me.email}</p>}
        </div>
        <LookChoice ofApp={site.branding.theme} />
        <LanguageChoice />
        <div className="-mx-2 border-t border-line pt-2">
          <Line
            icon={<UserRound className="size-4" aria-hidden="true" />}
            onClick={leave(onAccount)}
            text={me.guest ? words.keepChats : words.account}
          />
          {installable && (
            <Line
              icon={<Download className="size-4" aria-hidden="true" />}
              onClick={leave(() => void install())}
              text={words.install}
            />
          )}
          <Line
            icon={<LogOut className="size-4 rtl:-scale-x-100" aria-hidden="true" />}
            onClick={leave(onSignOut)}
            text={words.signOut}
          />
        </div>
      </div>
    </>
  );
}

function initial(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "?";
}

function Line({ icon, text, onClick }: { icon: ReactNode; text: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(buttonLook("ghost", "small"), "w-full !justify-start")}
    >
      {icon}
      {text}
    </button>
  );
}
