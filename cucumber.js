/** Profiles are benches; the same features run on all of them. A plain run judges both sides on the virtual bench. */
const common = {
  requireModule: ["ts-node/register"],
  require: ["steps/*.steps.ts", "steps/support/hooks.ts", "steps/support/parameter-types.ts"],
  format: [
    "progress",
    ["./reports/cucumber/allure-formatter.js", "reports/out/allure.log"],
    ["./reports/cucumber/formatter.js", "reports/out/report.log"],
  ],
  formatOptions: { resultsDir: "reports/out/allure-results" },
  retry: 0,
};

module.exports = {
  default: {
    ...common,
    worldParameters: { profile: "virtual", bench: "virtual", seed: 1, plots: "some" },
  },
  /** For a quick look while writing a feature: no reports. */
  quick: {
    ...common,
    format: ["progress"],
    worldParameters: { profile: "virtual", bench: "virtual", seed: 1, plots: "none" },
  },
  /** The real commands over real interfaces, in network namespaces: needs root and Linux. */
  veth: {
    ...common,
    parallel: 8,
    plugin: ["./steps/support/selection-plugin.js"],
    worldParameters: { profile: "veth", bench: "veth", seed: 1, plots: "some" },
  },
  /** Our station behind a QCA7000, the tester's car behind another: profiles/qca7000.json says which interfaces. */
  qca7000: {
    ...common,
    plugin: ["./steps/support/selection-plugin.js"],
    worldParameters: { profile: "qca7000", bench: "qca7000", seed: 1, plots: "some" },
  },
  /** A side under test that is already there: profiles/external.json, or another file by --world-parameters. */
  external: {
    ...common,
    plugin: ["./steps/support/selection-plugin.js"],
    worldParameters: { profile: "external", bench: "external", seed: 1, plots: "some" },
  },
  pretty: { format: ["@cucumber/pretty-formatter"] },
};
