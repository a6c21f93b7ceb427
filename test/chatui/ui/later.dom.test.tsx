import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { later } from "../../../chatui/src/ui/later.tsx";
import { PageBoundary } from "../../../chatui/src/ui/page-boundary.tsx";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function shown(ui: React.ReactNode) {
  const page = document.body.appendChild(document.createElement("main"));
  const root = createRoot(page);
  act(() => root.render(<PageBoundary>{ui}</PageBoundary>));
  return page;
}

test("a part stands in as soon as it has come, and at once when it is shown again", async () => {
  const loading = Promise.withResolvers<(props: { name: string }) => React.ReactNode>();
  const Part = later(() => loading.promise, <p>Wait</p>);
  const page = shown(<Part name="Ada" />);
  expect(page.textContent).toBe("Wait");
  await act(async () => loading.resolve(({ name }) => <p>Hello {name}</p>));
  expect(page.textContent).toBe("Hello Ada");
  expect(shown(<Part name="Grace" />).textContent).toBe("Hello Grace");
});

test("one that can't be had breaks its page where that says so, with a way on", async () => {
  const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
  const Part = later<object>(async () => {
    throw new Error("no line");
  });
  const page = shown(<Part />);
  await act(async () => {});
  expect(page.querySelector("button")).not.toBeNull();
  silenced.mockRestore();
});
