export { catalogue, discoveryMutations, pairOf } from "./catalogue";
export { type Mutation, mutated, mutationOf } from "./mutation";
export { proxied } from "./ports";
export { Speech, writable } from "./speech";
