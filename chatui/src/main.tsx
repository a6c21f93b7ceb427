import "./style.css";
import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { ApiFailure } from "./api/failure.ts";
import { meQuery } from "./api/me.ts";
import { siteQuery } from "./api/site.ts";
import { Boot } from "./boot.tsx";

const MOST_RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => (error as ApiFailure).retryable !== false && count < MOST_RETRIES,
    },
  },
});

// A kept shell may be opened without a line; what is asked then waits for one.
onlineManager.setOnline(navigator.onLine);
void queries.prefetchQuery(siteQuery);
void queries.prefetchQuery(meQuery);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Boot />
    </QueryClientProvider>
  </StrictMode>,
);
