import tseslint from "typescript-eslint";

/** Biome formats and lints; this adds what needs types, and the platform's sources of time and chance. */
export default tseslint.config(
  { ignores: ["dist/", "reports/out/", "node_modules/", "**/*.mjs", "**/*.cjs", "cucumber.js"] },
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test", "describe", "it"] }] },
      ],
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.test.ts", "**/*.contract.ts", "scripts/**/*.ts", "cli/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
  {
    files: ["core/**/*.ts", "protocol/**/*.ts", "evcc/**/*.ts", "secc/**/*.ts", "drivers/virtual/**/*.ts"],
    ignores: ["**/*.test.ts", "**/*.fuzz.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        "setTimeout",
        "setInterval",
        "setImmediate",
        "queueMicrotask",
        "performance",
        "process",
        "fetch",
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now" },
        { object: "Math", property: "random" },
        { object: "crypto", property: "randomBytes" },
      ],
    },
  },
);
