import { defineConfig } from "vitest/config";
import { ironIcons } from "./iron-icons.ts";

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        plugins: [ironIcons()],
        test: {
          name: "elements",
          include: ["src/elements/**/*.test.ts", "src/frame/**/*.test.ts", "tests/elements/**/*.test.ts"],
          globalSetup: ["tests/elements/harness/global-setup.ts"],
          isolate: false,
        },
      },
      { extends: true, test: { name: "app", include: ["src/app/**/*.test.ts", "tests/app/**/*.test.ts"] } },
    ],
  },
});
