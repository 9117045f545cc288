import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/elements/screenshots/screenshots.ts"],
    globalSetup: ["tests/elements/harness/global-setup.ts"],
    testTimeout: 120_000,
  },
});
