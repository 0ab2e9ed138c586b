import { boolean, byte, choice, example, int, list, short, type TypeOf } from "../../schema";
import { nameType, RationalNumberType, V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";
import { serviceIDType } from "./data-types";

export const ParameterType = commonMessages.type({
  "@Name": nameType,
  value: choice({
    boolValue: boolean,
    byteValue: byte,
    shortValue: short,
    intValue: int,
    rationalNumber: RationalNumberType,
    finiteString: nameType,
  }),
});
export type Parameter = TypeOf<typeof ParameterType>;

export const ParameterSetType = commonMessages.type({
  ParameterSetID: example(serviceIDType, 1),
  Parameter: list(ParameterType, { max: 32 }),
});
export type ParameterSet = TypeOf<typeof ParameterSetType>;

export const ServiceParameterListType = commonMessages.type({ ParameterSet: list(ParameterSetType, { max: 32 }) });
export type ServiceParameterList = TypeOf<typeof ServiceParameterListType>;

export const ServiceDetailReq = commonMessages.element(
  "ServiceDetailReq",
  commonMessages.extend(V2GRequestType, { ServiceID: example(serviceIDType, 2) }),
);
export type ServiceDetailReq = TypeOf<typeof ServiceDetailReq>;

export const ServiceDetailRes = commonMessages.element(
  "ServiceDetailRes",
  commonMessages.extend(V2GResponseType, {
    ServiceID: example(serviceIDType, 2),
    ServiceParameterList: ServiceParameterListType,
  }),
);
export type ServiceDetailRes = TypeOf<typeof ServiceDetailRes>;
