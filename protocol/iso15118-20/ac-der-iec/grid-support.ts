import { oneOf } from "../../schema";

export const powerFactorExcitationType = oneOf("OverExcited", "UnderExcited");
