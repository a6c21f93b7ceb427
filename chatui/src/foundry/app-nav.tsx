import { Link, useRouterState } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { APP_TABS, type AppTab, TAB_GROUPS } from "./app-tabs.ts";

/** The tab whose page is open; none while an address is nobody's. */
export function useOpenTab(id: string): AppTab | undefined {
  const path = useRouterState({ select: (state) => state.location.pathname.replace(/\/$/, "") });
  return APP_TABS.find((tab) => tab.to.replace("$id", id) === path);
}

type Props = {
  id: string;
  /** What the person may do there. */
  can: readonly string[];
};

/** Beside the page where there is room. */
export function SideNav(props: Props) {
  return (
    <nav
      aria-label="App"
      className="relative hidden w-56 shrink-0 overflow-y-auto border-r border-line px-3 py-4 lg:block"
    >
      <Groups {...props} />
    </nav>
  );
}

/** A menu above the page where there is not: one line that says where one is, and opens. */
export function MenuNav(props: Props) {
  const [open, setOpen] = useState(false);
  const tab = useOpenTab(props.id);
  const close = () => setOpen(false);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setOpen(false);
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [open]);
  return (
    <div className="relative border-b border-line lg:hidden">
      <button
        type="button"
        aria-expanded={open}
        aria-controls="app-menu"
        onClick={() => setOpen(!open)}
        className="flex h-12 w-full items-center gap-2.5 px-4 text-left font-medium outline-offset-[-2px] sm:px-6"
      >
        {tab && <tab.icon className="size-4.5 text-soft" aria-hidden="true" />}
        <span className="flex-1">{tab?.title ?? "Menu"}</span>
        <span className="text-sm font-normal text-soft">All pages</span>
        {APP_TABS.map(
          (it) => it.count && props.can.includes(it.needs) && <it.count key={it.to} id={props.id} />,
        )}
        <ChevronDown
          className={`size-4 text-soft transition ${open ? "rotate-180" : ""}`}
          aria-hidden="true"
        />
      </button>
      {open && (
        <nav
          id="app-menu"
          aria-label="App"
          className="absolute inset-x-0 top-full z-30 max-h-[calc(100dvh-10rem)] overflow-y-auto border-b border-line bg-paper px-3 py-3 shadow-card sm:px-5"
        >
          <Groups {...props} onChosen={close} />
        </nav>
      )}
    </div>
  );
}

/** Each group that has something for this person. */
function Groups({ id, can, onChosen }: Props & { onChosen?: () => void }) {
  return TAB_GROUPS.map((group) => {
    const tabs = APP_TABS.filter((tab) => tab.group === group && can.includes(tab.needs));
    if (tabs.length === 0) return null;
    return (
      <div key={group} className="mb-4 last:mb-0">
        <h2 className="px-3 pb-1 text-xs font-medium text-soft">{group}</h2>
        <ul className="grid gap-0.5 max-lg:grid-cols-2">
          {tabs.map((tab) => (
            <li key={tab.to}>
              <Link
                to={tab.to}
                params={{ id }}
                activeOptions={{ exact: true, includeSearch: false }}
                onClick={onChosen}
                className="flex h-10 items-center gap-2.5 rounded-lg px-3 text-[0.95rem] text-soft hover:bg-sunken hover:text-ink lg:h-8.5"
                activeProps={{ className: "!bg-accent-wash !text-ink font-medium" }}
              >
                <tab.icon className="size-4 shrink-0" aria-hidden="true" />
                <span className="truncate">{tab.title}</span>
                {tab.count && <tab.count id={id} />}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
