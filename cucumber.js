/** Profiles are benches; the same features run on all of them. A plain run judges both sides on the virtual bench. */
const common = {
  requireModule: ["ts-node/register"],
  require: ["steps/*.steps.ts", "steps/support/hooks.ts", "steps/support/parameter-types.ts"],
  format: ["progress"],
  retry: 0,
};

module.exports = {
  default: {
    ...common,
    worldParameters: { profile: "virtual", bench: "virtual", seed: 1, plots: "some" },
  },
  pretty: { format: ["@cucumber/pretty-formatter"] },
};
